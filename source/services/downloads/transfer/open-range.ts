import {IntegrityError} from '../../../errors/integrity-error.js';
import {NetworkError} from '../../../errors/network-error.js';
import {RateLimitError} from '../../../errors/rate-limit-error.js';
import {type RemudaError} from '../../../errors/remuda-error.js';
import {formatBytes} from '../../../format/bytes.js';
import {type Abortable} from '../../../types/abortable.js';
import {type Http, type HttpResponse} from '../../network/http.js';
import {type Hub} from '../../network/hub.js';
import {retryAfterSeconds} from '../../network/retry-after.js';
import {
	cleanEtag,
	parseSize,
	redirectTarget,
	requireNoPage,
	type Located,
} from './look-up.js';
import {fileChanged, linkExpired} from './setbacks.js';

export type OpenRangeOptions = Abortable & {
	readonly hub: Hub;
	readonly http: Http;
	readonly located: Located;
	/**
	First byte wanted.
	*/
	readonly from: number;
	/**
	ETag that the bytes before `from` came with.
	*/
	readonly etag: string | undefined;
};

export type RangeReply = {
	readonly response: HttpResponse;
	/**
	Position in the file of the first byte of the body: `from`, or 0 where the server does not do ranges.
	*/
	readonly start: number;
	/**
	Only a strong one, which vouches for every byte.
	*/
	readonly etag: string | undefined;
};

const maximumRedirects = 5;

/**
Asks for a file from a position on, and checks that the answer is about this file before any byte of it is used.
@throws NetworkError `link_expired`, IntegrityError `file_changed`, `wrong_size`, `not_a_model`, and what the hub's statuses mean.
*/
export async function openRange(options: OpenRangeOptions): Promise<RangeReply> {
	const response = await request(options);
	try {
		return await check(response, options);
	} catch (error) {
		// An answer that is not wanted must not hold its connection.
		await response.discard();
		throw error;
	}
}

async function request({hub, http, located, from, etag, signal}: OpenRangeOptions): Promise<HttpResponse> {
	const headers = from === 0 ? {} : {range: `bytes=${from}-`, ...(etag !== undefined && {'if-range': `"${etag}"`})};
	let response = located.isOnHub
		? await hub.request({
			url: located.url, headers, bodyTimeout: 0, signal,
		})
		: await http.request({
			url: located.url, headers, bodyTimeout: 0, signal,
		});
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
		response = await http.request({
			url: target, headers, bodyTimeout: 0, signal,
		});
	}
}

async function check(response: HttpResponse, options: OpenRangeOptions): Promise<RangeReply> {
	const {status, headers, url} = response;
	const {identity} = options.located;
	if (status === 416) {
		throw fileChanged(url.host);
	}

	if (status !== 200 && status !== 206) {
		throw await toStatusError(response, options);
	}

	requireNoPage(response, identity.path);
	if ((headers['content-encoding'] ?? 'identity') !== 'identity') {
		throw new NetworkError(`${url.host} sent the file compressed, although it was asked not to.`, {code: 'unexpected_reply', hint: 'A proxy may be in the way: check HTTPS_PROXY.'});
	}

	const etag = /^\s*W\//v.test(headers.etag ?? '') ? undefined : cleanEtag(headers.etag);
	if (status === 206) {
		requireRange(response, options);
		if (options.etag !== undefined && etag !== undefined && options.etag !== etag) {
			throw fileChanged(url.host);
		}

		return {response, start: options.from, etag};
	}

	requireSize(parseSize(headers['content-length']), response, options);
	return {response, start: 0, etag};
}

function requireRange({headers, url}: HttpResponse, {from, located}: OpenRangeOptions): void {
	const {start, size} = /^bytes (?<start>\d{1,15})-\d+\/(?<size>\d{1,15}|\*)$/v.exec(headers['content-range']?.trim() ?? '')?.groups ?? {};
	if (size !== undefined && size !== '*' && Number(size) !== located.identity.sizeBytes) {
		throw fileChanged(url.host);
	}

	if (start === undefined || Number(start) !== from) {
		throw new NetworkError(`${url.host} sent another part of the file than was asked for.`, {code: 'unexpected_reply', hint: 'Try again later.'});
	}
}

function requireSize(length: number | undefined, {url}: HttpResponse, {located: {identity}, from}: OpenRangeOptions): void {
	if (length === undefined || length === identity.sizeBytes) {
		return;
	}

	// Where a part is there already, the likely reason is another file; it is asked for once more.
	throw from > 0 ? fileChanged(url.host) : wrongSize(identity.path, `the hub says ${formatBytes(identity.sizeBytes)} (${identity.sizeBytes} bytes), ${url.host} says ${length} bytes`);
}

export function wrongSize(path: string, what: string): IntegrityError {
	return new IntegrityError(`${path} has the wrong size: ${what}.`, {
		code: 'wrong_size',
		hint: 'Try again later, or choose another variant.',
	});
}

async function toStatusError(response: HttpResponse, {hub, located}: OpenRangeOptions): Promise<Error> {
	const {identity: {repository, commit, path}} = located;
	return located.isOnHub && response.url.origin === located.url.origin ? hub.toError(response, {repository, revision: commit, filePath: path}) : toStorageError(response);
}

/**
The second host knows no accounts: whatever it refuses is the address.
*/
function toStorageError({status, headers, url}: HttpResponse): RemudaError {
	const seconds = retryAfterSeconds(headers, Date.now());
	if (status === 429) {
		return new RateLimitError(`${url.host} asks to wait${seconds === undefined ? '' : ` ${seconds} s`}: too many requests.`, {
			code: 'rate_limited',
			hint: 'Wait, then resume the download.',
			retryAfterSeconds: seconds,
		});
	}

	if (status >= 400 && status < 500 && status !== 408) {
		return linkExpired(url.host, status);
	}

	return new NetworkError(`${url.host} answered with status ${status}.`, {
		code: status >= 500 || status === 408 ? 'server_error' : 'unexpected_reply',
		hint: 'Try again later.',
		retryAfterSeconds: seconds,
	});
}
