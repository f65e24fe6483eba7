import {InterruptedError} from '../errors/interrupted-error.js';
import {type CommandContext} from './command.js';
import {reportError} from './report-error.js';

/**
The first failure decides how the command ends; the others are told here.
*/
export function throwFirst({signal, output, streams: {stderr}, environment}: CommandContext, results: ReadonlyArray<PromiseSettledResult<unknown>>): void {
	const [first, ...others] = results.filter(result => result.status === 'rejected').map(({reason}): unknown => reason);
	if (first === undefined) {
		return;
	}

	if (signal.aborted) {
		throw new InterruptedError();
	}

	output.progress.clear();
	if (!output.json) {
		for (const error of others) {
			reportError(error, {stderr, json: false, environment});
		}
	}

	throw first; // eslint-disable-line @typescript-eslint/only-throw-error
}
