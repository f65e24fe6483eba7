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
