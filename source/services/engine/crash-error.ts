import {constants} from 'node:os';
import {RemudaError, type RemudaErrorOptions} from '../../errors/remuda-error.js';
import {sanitizeLine} from '../../format/sanitize.js';
import {allocationFailure} from './allocation-failure.js';

/**
How an engine host ended.
*/
export type HostExit = {
	readonly code?: number | undefined;
	readonly signal?: string | undefined;
	/**
	Why the client ended it, if the client did.
	*/
	readonly reason?: string | undefined;
	/**
	The client ended it, with or without a reason.
	*/
	readonly wasKilled?: boolean;
	/**
	What it last printed to stderr, sanitised.
	*/
	readonly stderr: string;
	/**
	Whether it ever spoke.
	*/
	readonly started: boolean;
	readonly sandboxed: boolean;
};

const badFileSignals = new Set(['SIGABRT', 'SIGSEGV', 'SIGBUS', 'SIGFPE', 'SIGILL', 'SIGTRAP']);
const firstSignalCode = 128;

/**
An engine host that ended by itself, or was ended.
*/
export class CrashError extends RemudaError {
	override readonly name = 'CrashError';
	/**
	It ended for want of memory: an allocation failed, or the system killed it, which is what Linux and control groups do.
	*/
	readonly isOutOfMemory: boolean;

	constructor(message: string, {isOutOfMemory, ...options}: RemudaErrorOptions & {readonly isOutOfMemory: boolean}) {
		super(message, options);
		this.isOutOfMemory = isOutOfMemory;
	}
}

/**
The end of an engine host as an error for a person.
*/
export function crashError(exit: HostExit): CrashError {
	const signal = signalOf(exit);
	const lastWords = sanitizeLine(exit.stderr.split('\n').findLast(line => /assert|abort|error|bwrap|fail|terminate/iv.test(line)) ?? '').slice(0, 200);
	const how = exit.reason ?? (signal === undefined ? `it exited with code ${exit.code ?? 'unknown'}` : `it was ended by ${signal}`);
	return new CrashError(`${exit.started ? 'The engine stopped unexpectedly' : 'The engine could not be started'}: ${how}${lastWords === '' ? '' : ` (${lastWords})`}.`, {
		code: 'engine_crashed',
		hint: hintFor(exit, signal),
		isOutOfMemory: exit.started && exit.wasKilled !== true && (signal === 'SIGKILL' || allocationFailure.test(exit.stderr)),
		cause: exit.stderr === '' ? undefined : new Error(exit.stderr),
	});
}

/**
Bubblewrap, like a shell, passes on a signal as 128 plus its number.
*/
function signalOf({code, signal}: HostExit): string | undefined {
	return signal !== undefined || code === undefined || code <= firstSignalCode ? signal : Object.entries(constants.signals).find(([, number]) => number === code - firstSignalCode)?.[0];
}

function hintFor({started, sandboxed}: HostExit, signal: string | undefined): string {
	if (!started) {
		return sandboxed
			? 'Run remuda doctor. If the sandbox is the reason: remuda config set engine.sandbox off'
			: 'Run remuda doctor.';
	}

	if (signal === 'SIGKILL') {
		return 'If nobody ended it, the system ran out of memory: choose a smaller model or context. The next prompt starts it again.';
	}

	return signal !== undefined && badFileSignals.has(signal)
		? 'The model file may be broken: run remuda cache verify. The next prompt starts the engine again.'
		: 'The next prompt starts it again.';
}
