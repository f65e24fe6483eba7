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
			return next === null || !ownOrigins(url).includes(next.origin) ? {} : {next: new URL(`${next.pathname}${next.search}`, url.origin).href};
		}
	}

	return {};
}

// A mirror hands on what Hugging Face says of itself; the page is then the mirror's own.
function ownOrigins({origin}: URL): readonly string[] {
	return [origin, 'https://huggingface.co'];
}
