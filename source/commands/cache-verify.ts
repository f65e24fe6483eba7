import {IntegrityError} from '../errors/integrity-error.js';
import {formatBytes} from '../format/bytes.js';
import {type VerifyResult} from '../types/cache.js';
import {type CommandContext} from './command.js';
import {errorRecord} from './job.js';
import {verifyRecord} from './records.js';
import {formatTable} from './table.js';
import {createThrottle} from './throttle.js';

/**
`cache verify`: one line of JSON per model as it is done, or a table at the end.
@throws IntegrityError `verification_failed` when a file is missing or changed.
*/
export async function verify(context: CommandContext): Promise<void> {
	const {inventory} = await context.services();
	const models = context.input.length === 0 ? await inventory.list() : await Promise.all(context.input.map(async reference => inventory.find(reference)));
	const results: VerifyResult[] = [];
	for (const {id} of models) {
		const result = await verifyOne(context, id); // eslint-disable-line no-await-in-loop
		results.push(result);
		context.output.event({type: 'result', ...verifyRecord(result)});
	}

	context.output.progress.clear();
	context.output.text(`${formatResults(results, context.output.width)}\n`);
	const bad = results.filter(({status}) => status !== 'ok');
	if (bad.length > 0) {
		const error = new IntegrityError(`${bad.length} of ${results.length} models are not as they were when downloaded: ${bad.map(({id}) => id).join(', ')}.`, {
			code: 'verification_failed',
			hint: 'Remove such a model and download it again.',
		});
		context.output.event({type: 'failed', error: errorRecord(error)});
		throw error;
	}

	context.output.event({type: 'completed', verified: results.length});
}

async function verifyOne({services, output, signal}: CommandContext, id: string): Promise<VerifyResult> {
	const {inventory} = await services();
	const isDue = createThrottle(500);
	return inventory.verify(id, {
		signal,
		onProgress(doneBytes, totalBytes) {
			if (!isDue()) {
				return;
			}

			output.event({
				type: 'progress', id, doneBytes, totalBytes,
			});
			output.progress.show([`verifying ${id}  ${formatBytes(doneBytes)} of ${formatBytes(totalBytes)}`]);
		},
	});
}

function formatResults(results: readonly VerifyResult[], width: number | undefined): string {
	return formatTable(
		[{title: 'ID'}, {title: 'STATUS'}, {title: 'FILE', minimumWidth: 12}],
		results.map(({id, status, path}) => [id, status, path ?? '']),
		width,
	);
}
