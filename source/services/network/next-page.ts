import {type HttpResponse} from './http.js';

/**
The `rel="next"` address of a Link header, if it stays on the host that sent it: a page elsewhere could lead the token, or the reader, astray.
*/
export function nextPage({url, headers}: Pick<HttpResponse, 'url' | 'headers'>): {readonly next?: string} {
	// Each link begins with `<`; what follows its `>` are its parameters.
	for (const link of (headers.link ?? '').split('<').slice(1)) {
		const end = link.indexOf('>');
		if (end !== -1 && /;\s*rel="?next"?/iv.test(link.slice(end))) {
			const next = URL.parse(link.slice(0, end), url.href);
			return next?.origin === url.origin ? {next: next.href} : {};
		}
	}

	return {};
}
