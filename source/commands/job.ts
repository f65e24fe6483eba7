import {InterruptedError} from '../errors/interrupted-error.js';
import {isAbort, toErrorReport} from '../errors/to-error-report.js';
import {type CommandContext} from './command.js';
import {DetailedError} from './detailed-error.js';
import {type JsonRecord} from './output.js';

/**
Runs a job whose last line of JSON is `completed` with what it returns, or `failed` with the error, which is thrown on.
`about` is on that line either way.
*/
export async function runJob({output, signal}: CommandContext, about: JsonRecord, job: () => Promise<JsonRecord>): Promise<void> {
	try {
		output.event({type: 'completed', ...about, ...await job()});
	} catch (error) {
		output.event({type: 'failed', ...about, error: errorRecord(isAbort(error, signal) ? new InterruptedError() : error)});
		throw error;
	}
}

export function errorRecord(error: unknown): JsonRecord {
	const {code, message, hint} = toErrorReport(error);
	return {
		code, message, hint, ...(error instanceof DetailedError && error.details.fields),
	};
}
