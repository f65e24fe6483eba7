import {type VerifyResult} from '../../types/cache.js';
import {type ErrorReport} from '../../types/error-report.js';

/**
How far the check of one model's files has come.
*/
export type Verification =
	{readonly status: 'waiting'}
	| {readonly status: 'running'; readonly doneBytes: number; readonly totalBytes: number; readonly bytesPerSecond?: number}
	| {readonly status: 'failed'; readonly error: ErrorReport}
	| {readonly status: 'done'; readonly result: VerifyResult};

/**
By model id.
*/
export type Verifications = ReadonlyMap<string, Verification>;

export type VerificationAction =
	{readonly type: 'cache/verify-requested'; readonly ids: readonly string[]}
	| {readonly type: 'cache/verify-progressed'; readonly id: string; readonly doneBytes: number; readonly totalBytes: number; readonly bytesPerSecond?: number}
	| {readonly type: 'cache/verify-done'; readonly result: VerifyResult}
	| {readonly type: 'cache/verify-failed'; readonly id: string; readonly error: ErrorReport}
	| {readonly type: 'cache/verify-ended'}
	| {readonly type: 'cache/verify-stop-requested'};

/**
Progress of a check that is not under way is ignored.
*/
export function reduceVerifications(verifications: Verifications, action: VerificationAction): Verifications {
	switch (action.type) {
		case 'cache/verify-requested': {
			const waiting = action.ids.map(id => [id, {status: 'waiting'} as const] as const);
			return new Map<string, Verification>([...finished(verifications), ...waiting]);
		}

		case 'cache/verify-progressed': {
			const {id, doneBytes, totalBytes, bytesPerSecond} = action;
			return change(verifications, id, {
				status: 'running', doneBytes, totalBytes, bytesPerSecond,
			});
		}

		case 'cache/verify-done': {
			return change(verifications, action.result.id, {status: 'done', result: action.result});
		}

		case 'cache/verify-failed': {
			return change(verifications, action.id, {status: 'failed', error: action.error});
		}

		case 'cache/verify-ended': {
			return new Map(finished(verifications));
		}

		case 'cache/verify-stop-requested': {
			return verifications;
		}
	}
}

export function isUnderWay(verification: Verification | undefined): boolean {
	return verification?.status === 'waiting' || verification?.status === 'running';
}

function finished(verifications: Verifications): ReadonlyArray<readonly [string, Verification]> {
	return [...verifications].filter(([, verification]) => !isUnderWay(verification));
}

function change(verifications: Verifications, id: string, verification: Verification): Verifications {
	return isUnderWay(verifications.get(id)) ? new Map([...verifications, [id, verification]]) : verifications;
}
