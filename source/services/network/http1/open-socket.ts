import {
	isIP,
	connect as connectPlain,
	type OnReadOpts,
	type Socket,
} from 'node:net';
import {connect as connectSecurely, type SecureContext} from 'node:tls';

export type SocketOptions = {
	/**
	What Node trusts, if not given.
	*/
	readonly secureContext?: SecureContext;
};

/**
A socket to the host of a URL that is being connected. What comes in goes to `onread`.
*/
export function openSocket(url: URL, {secureContext}: SocketOptions, onread: OnReadOpts): Socket {
	const host = url.hostname.replace(/^\[(?<address>.*)\]$/v, '$<address>');
	const isSecure = url.protocol === 'https:';
	const options = {host, port: url.port === '' ? (isSecure ? 443 : 80) : Number(url.port), onread};
	const socket = isSecure
		? connectSecurely({
			...options,
			// An address cannot be asked for by name.
			...(isIP(host) === 0 && {servername: host}),
			ALPNProtocols: ['http/1.1'],
			...(secureContext !== undefined && {secureContext}),
		})
		: connectPlain(options);
	socket.setNoDelay(true);
	socket.setKeepAlive(true, 60_000);
	return socket;
}
