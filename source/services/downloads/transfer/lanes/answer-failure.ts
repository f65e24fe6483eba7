import {RemudaError} from '../../../../errors/remuda-error.js';
import {askedMilliseconds, isTransient, type RetryPlan} from '../retry.js';
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
	/**
	Whether another connection waits already, because a server asks for it.
	*/
	readonly isAwaited: boolean;
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
	Another connection waits for the same server already: it is enough that one knocks.
	*/
	| {readonly kind: 'yield'; readonly error: RemudaError}
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
// Where another server is there to ask, this one gets one more chance only, and is not waited for.
const retriesBesideOthers = 1;

/**
What a failed connection means for the file.
*/
export function answerFailure(situation: FailureSituation): Answer {
	const {thrown, isHub, hasOtherLanes, isServing} = situation;
	const error = toSetback(thrown);
	const isRefusal = refusalCodes.has(error.code);
	if (wholeFileCodes.has(error.code) || !(isTransient(error) || isRefusal)) {
		// What a mirror says decides nothing; what the disk says does.
		const isOfServer = thrown instanceof RemudaError && error.code !== 'partial_lost';
		return isOfServer && !isHub ? {kind: 'leave', error, isForGood: true} : {kind: 'fail', error};
	}

	const isOneTooMany = isRefusal && (isServing || (error.code === 'ranges_ignored' && hasOtherLanes));
	return isOneTooMany ? close(error) : answerTransient(error, situation);
}

function answerTransient(error: RemudaError, {nextRetry, hasOtherServer, hasOtherLanes, isServing, isAwaited}: FailureSituation): Answer {
	const canLeave = hasOtherServer && !isServing;
	// Where nobody is reached, a second knock does not help either.
	const plan = canLeave && error.code === 'offline' ? undefined : nextRetry(error);
	if (plan?.isAsked === true && !canLeave && isAwaited) {
		return {kind: 'yield', error};
	}

	if (plan !== undefined && !(canLeave && (plan.isAsked || plan.retry > retriesBesideOthers))) {
		return {kind: 'retry', wait: {...plan, error}};
	}

	if (canLeave) {
		return {kind: 'leave', error, isForGood: false};
	}

	return hasOtherLanes ? close(error) : {kind: 'fail', error};
}

function close(error: RemudaError): Answer {
	return {kind: 'close', error, askedMilliseconds: askedMilliseconds(error)};
}
