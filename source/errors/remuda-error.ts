import {type ErrorReport} from '../types/error-report.js';

export type RemudaErrorOptions = {
	/**
	Stable and machine-readable, snake_case.
	*/
	readonly code: string;
	/**
	What to do next, as a sentence.
	*/
	readonly hint?: string;
	readonly cause?: unknown;
};

/**
An error made for a person: the message says what happened and to what, the hint what to do next.
Anything thrown that is not a RemudaError is a bug.
*/
export class RemudaError extends Error {
	override readonly name: string = 'RemudaError';
	readonly code: string;
	readonly hint: string | undefined;
	/**
	What the process exits with; the table is in the command contract.
	*/
	readonly exitCode: number = 1;

	constructor(message: string, {code, hint, cause}: RemudaErrorOptions) {
		super(message, {cause});
		this.code = code;
		this.hint = hint;
	}

	toReport(): ErrorReport {
		return {
			code: this.code, message: this.message, ...(this.hint !== undefined && {hint: this.hint}), exitCode: this.exitCode,
		};
	}
}
