import {NetworkError} from '../../errors/network-error.js';
import {RemudaError} from '../../errors/remuda-error.js';

type Failure = {
	readonly code: string;
	readonly words: (host: string) => string;
	readonly hint?: string;
};

const offline: Failure = {
	code: 'offline',
	words: host => `Cannot reach ${host}`,
	hint: 'Check the network connection, HTTPS_PROXY and HF_ENDPOINT.',
};
const timeout: Failure = {code: 'timeout', words: host => `${host} did not answer in time`, hint: 'Try again; the server or the line is slow.'};
const lost: Failure = {code: 'connection_lost', words: host => `The connection to ${host} was lost`, hint: 'Try again.'};
const unverified = {code: 'tls_failed', words: (host: string) => `The identity of ${host} could not be checked`} as const;
const untrusted: Failure = {
	...unverified,
	hint: 'If a company proxy opens TLS connections, ask for its certificate and name the file: remuda config set network.ca_certificates FILE',
};
const expired: Failure = {...unverified, hint: 'Check that the clock of this machine is right; if it is, the server has to renew its certificate.'};
const otherName: Failure = {...unverified, hint: 'The certificate is one of another server: a login page of the network may be in the way, or the address is wrong.'};
const tls: Failure = {...unverified, hint: 'A login page of the network or a proxy may be in the way; check HTTPS_PROXY and HF_ENDPOINT.'};
const proxy: Failure = {code: 'proxy_failed', words: host => `The proxy refused the way to ${host}`, hint: 'Check HTTPS_PROXY, ALL_PROXY, HTTP_PROXY and NO_PROXY.'};
const strange: Failure = {code: 'unexpected_reply', words: host => `${host} does not speak HTTP as it should`};
const other: Failure = {code: 'network_failed', words: host => `The request to ${host} failed`};

const failures: ReadonlyArray<readonly [pattern: RegExp, failure: Failure]> = [
	[/^(?:ENOTFOUND|EAI_\w+|ENETUNREACH|ENETDOWN|EHOSTUNREACH|EHOSTDOWN|ECONNREFUSED|EADDRNOTAVAIL)$/v, offline],
	[/^(?:ETIMEDOUT|UND_ERR_(?:CONNECT|HEADERS|BODY)_TIMEOUT)$/v, timeout],
	[/^(?:ECONNRESET|ECONNABORTED|EPIPE|UND_ERR_(?:SOCKET|RES_CONTENT_LENGTH_MISMATCH|ABORTED|DESTROYED|CLOSED)|HPE_INVALID_EOF_STATE|ERR_STREAM_PREMATURE_CLOSE)$/v, lost],
	[/^CERT_(?:HAS_EXPIRED|NOT_YET_VALID)$/v, expired],
	[/^(?:ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH)$/v, otherName],
	[/^(?:CERT_\w+|UNABLE_TO_\w+|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN)$/v, untrusted],
	[/^(?:ERR_TLS_\w+|ERR_SSL_\w+|EPROTO)$/v, tls],
	[/^UND_ERR_(?:PRX|SOCKS5)\w*$/v, proxy],
	[/^(?:HPE_\w+|UND_ERR_HEADERS_OVERFLOW|ERR_HTTP_SYNTAX)$/v, strange],
];

/**
What a failed request means, with the host named and nothing else of the URL, because queries hold signatures.
An error of Remuda's own passes through.
*/
export function toNetworkError(error: unknown, url: URL): RemudaError {
	if (error instanceof RemudaError) {
		return error;
	}

	const {failure, code} = classify(error);
	const {host} = url;
	return new NetworkError(`${failure.words(host)}${code === undefined ? '' : ` (${code})`}.`, {code: failure.code, hint: failure.hint, cause: error});
}

function classify(error: unknown): {readonly failure: Failure; readonly code?: string} {
	// Node and undici wrap causes: walk down until a code is known.
	let current = error;
	let first: string | undefined;
	for (let depth = 0; depth < 5 && current instanceof Error; depth++) {
		// A proxy's refusal has a code, but one that many failures share.
		if (/proxy (?:response|authentication)/iv.test(current.message)) {
			return {failure: proxy};
		}

		const code = 'code' in current && typeof current.code === 'string' ? current.code : undefined;
		const failure = failures.find(([pattern]) => code !== undefined && pattern.test(code))?.[1];
		if (failure !== undefined) {
			return {failure, code};
		}

		// Not every parser error has a code.
		if (current.name === 'HTTPParserError') {
			return {failure: strange};
		}

		first ??= code;
		current = current instanceof AggregateError ? current.errors[0] : current.cause;
	}

	return {failure: other, code: first};
}
