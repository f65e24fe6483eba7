import {NetworkError} from '../../errors/network-error.js';
import {sanitizeLine} from '../../format/sanitize.js';
import {isLoopback} from './loopback.js';

/**
Lets only URLs through that Remuda may ask: https, and plain http to this machine itself.
@throws NetworkError `insecure_url`.
*/
export function checkUrl(url: URL): void {
	if (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url))) {
		return;
	}

	throw new NetworkError(`Refused to open ${sanitizeLine(url.protocol)}//${sanitizeLine(url.host)}: only https is safe.`, {
		code: 'insecure_url',
		hint: 'Use an https address. Plain http is allowed to this machine only.',
	});
}

/**
Lets only redirects through that Remuda may follow: none to plain http, and none from elsewhere to this machine, whose services a stranger must not have asked.
@throws NetworkError `insecure_url`.
*/
export function checkRedirect(from: URL, to: URL): void {
	if (isLoopback(to) && !isLoopback(from)) {
		throw new NetworkError(`Refused to follow ${sanitizeLine(from.host)} to ${sanitizeLine(to.host)}, which is this machine.`, {
			code: 'insecure_url',
			hint: 'Try again later; if it stays so, the server or the way to it is not to be trusted.',
		});
	}

	checkUrl(to);
}
