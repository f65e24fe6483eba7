import {NetworkError} from '../../errors/network-error.js';
import {type HttpResponse} from './http.js';
import {maximumRedirects, redirectTarget} from './redirect.js';

/**
Asks where each answer leads to, with `ask`, until one is no redirect; those on the way are thrown away.
@throws NetworkError `redirect_loop` after five, and what `ask` throws.
*/
export async function followRedirects(first: HttpResponse, ask: (url: URL) => Promise<HttpResponse>): Promise<HttpResponse> {
	let response = first;
	for (let redirects = 0; ; redirects++) {
		const target = redirectTarget(response);
		if (target === undefined) {
			return response;
		}

		// eslint-disable-next-line no-await-in-loop -- each redirect is known only from the answer before it
		await response.discard();
		if (redirects === maximumRedirects) {
			throw new NetworkError(`${response.url.host} redirects in a circle.`, {code: 'redirect_loop', hint: 'Try again later.'});
		}

		// eslint-disable-next-line no-await-in-loop -- the same
		response = await ask(target);
	}
}
