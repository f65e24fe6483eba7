import {NetworkError} from '../../../../errors/network-error.js';
import {RateLimitError} from '../../../../errors/rate-limit-error.js';
import {RemudaError} from '../../../../errors/remuda-error.js';
import {isTransient, type RetryPlan} from '../retry.js';
import {toSetback} from '../setbacks.js';
import {type LaneWait} from './lane.js';

export type FailureSituation = {
	/**
	As the connection threw it.
	*/
	readonly thrown: unknown;
	/**
	Whether it was one to the hub, and not to a mirror.
	*/
	readonly isHub: boolean;
	/**
	Counts the failure; undefined when it was one too many.
	*/
	readonly nextRetry: (error: RemudaError) => RetryPlan | undefined;
	readonly hasOtherServer: boolean;
	/**
	Whether the file has other connections that go on.
	*/
	readonly hasOtherLanes: boolean;
	/**
	Whether others bring bytes from the same server.
	*/
	readonly isServing: boolean;
};

export type Answer =
	/**
	The same server is asked again.
	*/
	| {readonly kind: 'retry'; readonly wait: LaneWait}
	/**
	There is one connection less for a while.
	*/
	| {readonly kind: 'close'; readonly error: RemudaError; readonly askedMilliseconds: number}
	/**
	Another server is asked in its place.
	*/
	| {readonly kind: 'leave'; readonly error: RemudaError; readonly isForGood: boolean}
	/**
	All connections end.
	*/
	| {readonly kind: 'fail'; readonly error: RemudaError};

// These concern the file as a whole, not one connection.
const wholeFileCodes = new Set(['file_changed', 'partial_lost']);
// Servers say so to a connection too many.
const refusalCodes = new Set(['rate_limited', 'server_error', 'ranges_ignored']);
// Where another server is there to ask, this one gets one more chance only.
const retriesBesideOthers = 1;

/**
What a failed connection means for the file.
*/
export function answerFailure({thrown, isHub, nextRetry, hasOtherServer, hasOtherLanes, isServing}: FailureSituation): Answer {
	const error = toSetback(thrown);
	const isOfServer = thrown instanceof RemudaError && error.code !== 'partial_lost';
	const isHopeless = !isTransient(error) && !refusalCodes.has(error.code);
	if (isOfServer && !isHub && (isHopeless || wholeFileCodes.has(error.code))) {
		return {kind: 'leave', error, isForGood: true};
	}

	if (isHopeless || wholeFileCodes.has(error.code)) {
		return {kind: 'fail', error};
	}

	if (refusalCodes.has(error.code) && (isServing || (error.code === 'ranges_ignored' && hasOtherLanes))) {
		return {kind: 'close', error, askedMilliseconds: askedMilliseconds(error)};
	}

	const canLeave = hasOtherServer && !isServing;
	// Where nobody is reached, a second knock does not help either.
	const plan = canLeave && error.code === 'offline' ? undefined : nextRetry(error);
	if (plan !== undefined && !(canLeave && plan.retry > retriesBesideOthers)) {
		return {kind: 'retry', wait: {...plan, error}};
	}

	if (canLeave) {
		return {kind: 'leave', error, isForGood: false};
	}

	return hasOtherLanes ? {kind: 'close', error, askedMilliseconds: askedMilliseconds(error)} : {kind: 'fail', error};
}

function askedMilliseconds(error: RemudaError): number {
	return error instanceof NetworkError || error instanceof RateLimitError ? (error.retryAfterSeconds ?? 0) * 1000 : 0;
}
