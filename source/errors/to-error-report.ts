import {sanitizeText} from '../format/sanitize.js';
import {type ErrorReport} from '../types/error-report.js';
import {RemudaError} from './remuda-error.js';

/**
Anything that was thrown, as plain data: a RemudaError as it is, all else as `internal_error`, whose words may come from anywhere.
*/
export function toErrorReport(error: unknown): ErrorReport {
	if (error instanceof RemudaError) {
		return error.toReport();
	}

	return {
		code: 'internal_error',
		message: sanitizeText(error instanceof Error ? error.message : String(error)),
		hint: 'This is a defect in Remuda. Please report it with the steps that led here.',
	};
}

/**
Whether `error` only says that `signal` was aborted.
*/
export function isAbort(error: unknown, signal: AbortSignal): boolean {
	return signal.aborted && (error === signal.reason || (error instanceof Error && error.name === 'AbortError'));
}
