import {type ErrorReport} from '../types/error-report.js';
import {RemudaError, type RemudaErrorOptions} from './remuda-error.js';

/**
A volume has no room for what is to be written.
*/
export class NoSpaceError extends RemudaError {
	override readonly name = 'NoSpaceError';
	override readonly exitCode = 6;
	/**
	How much more room is needed, where that is known.
	*/
	readonly missingBytes: number | undefined;

	constructor(message: string, {missingBytes, ...options}: RemudaErrorOptions & {readonly missingBytes?: number}) {
		super(message, options);
		this.missingBytes = missingBytes;
	}

	override toReport(): ErrorReport {
		return {...super.toReport(), ...(this.missingBytes !== undefined && {missingBytes: this.missingBytes})};
	}
}
