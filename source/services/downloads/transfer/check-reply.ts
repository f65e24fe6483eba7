import {NetworkError} from '../../../errors/network-error.js';
import {RateLimitError} from '../../../errors/rate-limit-error.js';
import {type RemudaError} from '../../../errors/remuda-error.js';
import {formatBytes} from '../../../format/bytes.js';
import {type HttpResponse} from '../../network/http.js';
import {type Hub} from '../../network/hub.js';
import {retryAfterSeconds} from '../../network/retry-after.js';
import {type ByteRange} from '../partial/byte-ranges.js';
import {
	cleanEtag,
	parseSize,
	requireNoPage,
	type Located,
} from './look-up.js';
import {fileChanged, linkExpired, unexpectedSize} from './setbacks.js';

export type RangeRequest = {
	readonly hub: Hub;
	readonly located: Located;
	readonly range: ByteRange;
	readonly etagOf: (origin: string) => string | undefined;
};

/**
An answer that is about the file that was asked for.
*/
export type RangeReply = {
	readonly response: HttpResponse;
	/**
	Position in the file of the first byte of the body: that of the range, or 0 where the server does not do ranges.
	*/
	readonly start: number;
	/**
	Where the body ends, if it ends as announced.
	*/
	readonly end: number;
	/**
	Whether the server sends all of the file, whatever was asked for.
	*/
	readonly isWhole: boolean;
	/**
	Only a strong one, which vouches for every byte.
	*/
	readonly etag: string | undefined;
};

/**
Makes sure of an answer before any byte of it is used.
@throws NetworkError `link_expired`, `unexpected_reply`, `unexpected_size`, `web_page`, IntegrityError `file_changed`, and what the hub's statuses mean.
*/
export async function checkReply(response: HttpResponse, request: RangeRequest): Promise<RangeReply> {
	const {status, headers, url} = response;
	const {identity} = request.located;
	if (status === 416) {
		throw fileChanged(url.host);
	}

	if (status !== 200 && status !== 206) {
		throw await toStatusError(response, request);
	}

	requireNoPage(response, identity.path);
	if ((headers['content-encoding'] ?? 'identity') !== 'identity') {
		throw new NetworkError(`${url.host} sent the file compressed, although it was asked not to.`, {code: 'unexpected_reply', hint: 'A proxy may be in the way: check HTTPS_PROXY.'});
	}

	const isWhole = status === 200;
	const end = isWhole ? identity.sizeBytes : rangeEnd(response, request);
	const start = isWhole ? 0 : request.range.start;
	requireLength(end - start, response, request);
	const etag = /^\s*W\//v.test(headers.etag ?? '') ? undefined : cleanEtag(headers.etag);
	const known = request.etagOf(url.origin);
	if (known !== undefined && etag !== undefined && known !== etag) {
		throw fileChanged(url.host);
	}

	return {
		response, start, end, isWhole, etag,
	};
}

/**
Where the part ends that the server announces, which may be less than was asked for.
*/
function rangeEnd({headers, url}: HttpResponse, {range, located}: RangeRequest): number {
	const {start, last, size} = /^bytes (?<start>\d{1,15})-(?<last>\d{1,15})\/(?<size>\d{1,15}|\*)$/v.exec(headers['content-range']?.trim() ?? '')?.groups ?? {};
	if (size !== undefined && size !== '*' && Number(size) !== located.identity.sizeBytes) {
		throw fileChanged(url.host);
	}

	const end = Number(last) + 1;
	if (start === undefined || Number(start) !== range.start || end <= range.start || end > located.identity.sizeBytes) {
		throw new NetworkError(`${url.host} sent another part of the file than was asked for.`, {code: 'unexpected_reply', hint: 'Try again later.'});
	}

	return end;
}

function requireLength(expected: number, {headers, url}: HttpResponse, {located: {identity}, range, etagOf}: RangeRequest): void {
	const length = parseSize(headers['content-length']);
	if (length === undefined || length === expected) {
		return;
	}

	// Where a part is there already, the likely reason is another file; it is asked for once more.
	throw range.start > 0 || etagOf(url.origin) !== undefined
		? fileChanged(url.host)
		: unexpectedSize(identity.path, `the hub says ${formatBytes(identity.sizeBytes)} (${identity.sizeBytes} bytes), ${url.host} sends ${length} bytes where ${expected} were expected`);
}

async function toStatusError(response: HttpResponse, {hub, located}: RangeRequest): Promise<Error> {
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
