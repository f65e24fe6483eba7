import {RemudaError} from '../errors/remuda-error.js';
import {toErrorReport} from '../errors/to-error-report.js';
import {sanitizeText} from '../format/sanitize.js';
import {createColors} from './colors.js';
import {type OutputStream} from './command.js';
import {DetailedError} from './detailed-error.js';
import {toJson} from './output.js';

/**
Writes an error on stderr, for people or as one line of JSON, and returns the exit code it stands for.
The stack of a defect is shown with `REMUDA_DEBUG=1` only.
*/
export function reportError(error: unknown, {stderr, json, environment}: {
	readonly stderr: OutputStream;
	readonly json: boolean;
	readonly environment: NodeJS.ProcessEnv;
}): number {
	const {code, message, hint} = toErrorReport(error);
	if (json) {
		const fields = error instanceof DetailedError ? error.details.fields : {};
		stderr.write(`${toJson({
			error: {
				code, message: sanitizeText(message), hint: hint === undefined ? undefined : sanitizeText(hint), ...fields,
			},
		})}\n`);
	} else {
		const colors = createColors(stderr, environment);
		stderr.write(`${colors.red('error:')} ${sanitizeText(message)}\n`);
		if (error instanceof DetailedError) {
			stderr.write(`${sanitizeText(error.details.text)}\n`);
		}

		if (hint !== undefined) {
			stderr.write(`${colors.yellow('hint:')} ${sanitizeText(hint)}\n`);
		}
	}

	if (environment.REMUDA_DEBUG === '1' && error instanceof Error) {
		stderr.write(`${sanitizeText(describe(error))}\n`);
	}

	return error instanceof RemudaError ? error.exitCode : 1;
}

function describe(error: Error): string {
	const cause = error.cause instanceof Error ? `\ncaused by ${describe(error.cause)}` : '';
	return `${error.stack ?? error.message}${cause}`;
}
