import {type HttpResponse} from '../../network/http.js';

/**
Where a redirect leads, if it is one.
*/
export function redirectTarget({status, headers, url}: Pick<HttpResponse, 'status' | 'headers' | 'url'>): URL | undefined {
	return status >= 300 && status < 400 && status !== 304 && headers.location !== undefined
		? URL.parse(headers.location, url.href) ?? undefined
		: undefined;
}
