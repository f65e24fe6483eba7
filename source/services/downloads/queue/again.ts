import {RemudaError} from '../../../errors/remuda-error.js';
import {toErrorReport} from '../../../errors/to-error-report.js';
import {type Wait} from '../schedule/wait-of.js';
import {timeOfDay} from '../schedule/describe-moment.js';
import {type Timing} from '../timing.js';
import {askedMilliseconds, isTransient} from '../transfer/retry.js';
import {type DownloadRecord} from './download-record.js';

/**
When a download that the network failed is tried again, and how often it was to be since the last progress.
*/
export type Again = NonNullable<DownloadRecord['again']>;

// Less is no progress: a server that gives a little each time must not keep a download going for ever.
const progressBytes = 1_048_576;
// Longer than any wait: one that is further away was reckoned by a clock that has been put back since.
const longestWait = 2 * 3_600_000;
// The transfer has started over by then: all of it would be fetched for the same end.
const hopelessCodes = new Set(['file_changed', 'partial_lost']);

/**
What becomes of a download that failed, at `now` (milliseconds since 1970); undefined where it fails for good: trying again would not help, it is not to keep trying, or has for long enough. Only time that it waited counts, not that in which the machine was off or the clock was changed.
*/
export function planAgain({keepTrying, again, fetchedBytes}: Pick<DownloadRecord, 'keepTrying' | 'again' | 'fetchedBytes'>, {error, now, timing: {againAfter, againFor}}: {
	readonly error: unknown;
	readonly now: number;
	readonly timing: Pick<Timing, 'againAfter' | 'againFor'>;
}): Again | undefined {
	if (!keepTrying || !(error instanceof RemudaError) || !isTransient(error) || hopelessCodes.has(error.code)) {
		return undefined;
	}

	const before = again === undefined || fetchedBytes - again.fetchedBytes >= progressBytes ? {times: 0, fetchedBytes} : again;
	const wait = againAfter[Math.min(before.times, againAfter.length - 1)];
	if (wait === undefined || waitedFor(before.times, againAfter) >= againFor) {
		return undefined;
	}

	return {
		times: before.times + 1,
		at: new Date(now + Math.max(wait, askedMilliseconds(error))).toISOString(),
		reason: toErrorReport(error).message,
		fetchedBytes: before.fetchedBytes,
	};
}

/**
Milliseconds of so many waits together.
*/
function waitedFor(times: number, waits: readonly number[]): number {
	const beyond = Math.max(0, times - waits.length);
	return waits.slice(0, times).reduce((sum, wait) => sum + wait, 0) + (beyond * (waits.at(-1) ?? 0));
}

/**
What a download that is tried again later waits for, at `now` (milliseconds since 1970); undefined once its time has come.
*/
export function waitForAgain({status, again}: Pick<DownloadRecord, 'status' | 'again'>, now: number): Wait | undefined {
	const until = status === 'pending' && again?.at !== undefined ? Date.parse(again.at) : now;
	return until > now && until - now <= longestWait ? {reason: describeAgain(again!), until} : undefined;
}

/**
`tries again at 15:04 (attempt 2): Could not reach example.com`; the first attempt is the one that failed first.
*/
export function describeAgain({times, at, reason}: Again): string {
	return `tries again at ${timeOfDay(Date.parse(at ?? ''))} (attempt ${times + 1}): ${reason.replace(/\.$/v, '')}`;
}
