import {RemudaError} from '../errors/remuda-error.js';
import {type ErrorReport} from '../types/error-report.js';

/**
An error that comes out of a service as plain data, as one to be thrown: with its own exit code.
*/
export class ReportedError extends RemudaError {
	readonly #report: ErrorReport;
	override readonly name = 'ReportedError';
	override readonly exitCode: number;

	constructor(report: ErrorReport) {
		const {code, message, hint, exitCode} = report;
		super(message, {code, ...(hint !== undefined && {hint})});
		this.exitCode = exitCode ?? 1;
		this.#report = report;
	}

	override toReport(): ErrorReport {
		return this.#report;
	}
}
