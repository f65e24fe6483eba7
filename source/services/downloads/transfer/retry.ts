import {NetworkError} from '../../../errors/network-error.js';
import {RateLimitError} from '../../../errors/rate-limit-error.js';
import {RemudaError} from '../../../errors/remuda-error.js';
import {type Timing} from '../timing.js';

export const maximumRetries = 3;

/**
Less than this is no progress: a server that gives a byte at a time must not keep a download going for ever.
*/
export const progressBytes = 16_384;

const transientCodes = new Set([
	'offline',
	'timeout',
	'connection_lost',
	'proxy_failed',
	'network_failed',
	'unexpected_reply',
	'unexpected_size',
	'web_page',
	'server_error',
	'rate_limited',
	'stalled',
	'cut_short',
	'link_expired',
	'file_changed',
	'partial_lost',
	'hashing_failed',
]);

// What is mended by starting over needs no patience the first time.
const immediateCodes = new Set(['link_expired', 'file_changed', 'partial_lost']);

/**
Whether trying again may help.
*/
export function isTransient(error: unknown): boolean {
	return error instanceof RemudaError && transientCodes.has(error.code);
}

/**
Milliseconds that a server asks to wait; 0 where it does not.
*/
export function askedMilliseconds(error: RemudaError): number {
	return error instanceof NetworkError || error instanceof RateLimitError ? (error.retryAfterSeconds ?? 0) * 1000 : 0;
}

export type RetryPlan = {
	readonly retry: number;
	readonly waitMilliseconds: number;
	/**
	Whether the server named the time; the wait for it is not a retry that counts.
	*/
	readonly isAsked: boolean;
};

export type Retries = {
	/**
	Failures since the last progress.
	*/
	readonly count: () => number;
	/**
	Whether something failed since the last progress, or a server asked to wait.
	*/
	readonly isInTrouble: () => boolean;
	/**
	Tells how many bytes came in since the start; enough of them and the count starts anew.
	*/
	readonly progress: (fetchedBytes: number) => boolean;
	/**
	When to try again after `error`; undefined when that would not help or was tried often enough.
	*/
	readonly next: (error: unknown) => RetryPlan | undefined;
};

/**
Three retries, with waits that double from the base, plus up to half of it at random so that many clients do not come back at once. A longer wait that the server asks for goes first, and does not count as one of them: such waits may take `longestWait` together.
*/
export function createRetries({retryBase, longestWait}: Pick<Timing, 'retryBase' | 'longestWait'>, random: () => number = Math.random): Retries {
	let count = 0;
	let asked = 0;
	let failedAt = 0;
	let fetched = 0;
	return {
		count: () => count,
		isInTrouble: () => count > 0 || asked > 0,
		progress(fetchedBytes) {
			fetched = fetchedBytes;
			if ((count === 0 && asked === 0) || fetched - failedAt < progressBytes) {
				return false;
			}

			count = 0;
			asked = 0;
			return true;
		},
		next(error) {
			if (!(error instanceof RemudaError) || !isTransient(error)) {
				return undefined;
			}

			const wait = askedMilliseconds(error);
			// A server that asks for next to nothing is not to be asked for ever.
			const isAsked = wait >= retryBase;
			if (isAsked ? asked + wait > longestWait : count === maximumRetries) {
				return undefined;
			}

			failedAt = fetched;
			if (isAsked) {
				asked += wait;
				return {retry: count, waitMilliseconds: wait, isAsked};
			}

			count++;
			const backoff = retryBase * (2 ** (count - 1)) * (1 + (random() / 2));
			const isImmediate = count === 1 && immediateCodes.has(error.code);
			return {retry: count, waitMilliseconds: isImmediate ? 0 : backoff, isAsked};
		},
	};
}
