import {allocationFailure} from '../allocation-failure.js';
import {type HostFailure} from '../protocol.js';

/**
A failure whose kind is known where it is thrown.
*/
export class HostError extends Error {
	override readonly name = 'HostError';
	readonly code: HostFailure['code'];

	constructor(code: HostFailure['code'], message: string) {
		super(message);
		this.code = code;
	}
}

/**
Any error of a job as the code and message of a `failed` event; `fallback` is the code of one that nothing is known about.
*/
export function describeFailure(error: unknown, {log, fallback}: {
	readonly log: string;
	readonly fallback: HostFailure['code'];
}): Pick<HostFailure, 'code' | 'message'> {
	const message = (error instanceof Error ? error.message : String(error)).slice(0, 4096);
	if (error instanceof HostError) {
		return {code: error.code, message};
	}

	const name = error instanceof Error ? error.constructor.name : '';
	if (name === 'NoBinaryFoundError') {
		return {code: 'engine_missing', message};
	}

	const isMemory = name === 'InsufficientMemoryError' || [message, log].some(text => allocationFailure.test(text));
	return {code: isMemory ? 'out_of_memory' : fallback, message};
}
