import {sanitizeLine} from '../../format/sanitize.js';

/**
A URL as it may be shown and logged: without user, password, query and fragment, where secrets and signatures live.
*/
export function redactUrl(url: URL | string): string {
	const parsed = typeof url === 'string' ? URL.parse(url) : url;
	return parsed === null ? '(invalid address)' : sanitizeLine(`${parsed.origin}${parsed.pathname}${parsed.search === '' ? '' : '?…'}`);
}
