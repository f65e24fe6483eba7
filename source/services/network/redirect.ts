import {type HttpResponse} from './http.js';

export const maximumRedirects = 5;

const redirectStatuses = new Set([301, 302, 303, 307, 308]);

/**
Where a redirect leads, if it is one.
*/
export function redirectTarget({status, headers: {location}, url}: Pick<HttpResponse, 'status' | 'headers' | 'url'>): URL | undefined {
	return redirectStatuses.has(status) && location !== undefined ? URL.parse(location, url.href) ?? undefined : undefined;
}
