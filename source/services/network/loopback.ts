import {isIPv4} from 'node:net';

/**
Whether a URL names this machine itself. A name that merely resolves to 127.0.0.1 does not count.
*/
export function isLoopback(url: URL): boolean {
	// URL has made the host lower case and brought addresses into their one normal form.
	const host = url.hostname.replace(/\.$/v, '');
	return host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || (isIPv4(host) && host.startsWith('127.'));
}
