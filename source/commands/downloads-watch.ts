import {InterruptedError} from '../errors/interrupted-error.js';
import {NotFoundError} from '../errors/not-found-error.js';
import {sanitizeLine} from '../format/sanitize.js';
import {isSettled} from '../format/download-status.js';
import {type Downloads} from '../services/downloads/downloads.js';
import {type Download} from '../types/download.js';
import {takeArguments} from './arguments.js';
import {type CommandContext} from './command.js';
import {followDownloads} from './download-progress.js';
import {loadQueue} from './downloads-each.js';
import {errorRecord} from './job.js';
import {type JsonRecord} from './output.js';
import {downloadRecord} from './records.js';

/**
`downloads watch`: shows all downloads until nothing runs any more. With `--json` a line `status` tells of each change of status, and the last line is `completed` or `failed`.
@throws InterruptedError; the downloads go on.
*/
export async function watchDownloads(context: CommandContext): Promise<void> {
	takeArguments(context, {name: 'watch', maximum: 0});
	const {downloads} = await loadQueue(context);
	const {output, signal} = context;
	const followed = followDownloads(context, downloads, {all: true});
	const tellChanges = createTeller(context, downloads.list());
	try {
		await untilNothingRuns(downloads, signal, tellChanges);
		output.event({type: 'completed', downloads: downloads.list().length});
	} catch (error_) {
		const error = signal.aborted ? new InterruptedError('No longer watching. The downloads go on.') : error_;
		output.event({type: 'failed', error: errorRecord(error)});
		throw error;
	} finally {
		followed.stop();
	}

	if (downloads.list().length === 0) {
		output.notice('No downloads.');
	}
}

/**
Waits for all, also for those that are added meanwhile.
@throws why nothing happens to what is left, where no worker comes up any more.
*/
async function untilNothingRuns(downloads: Downloads, signal: AbortSignal, onChange: (queue: readonly Download[]) => void): Promise<void> {
	const unsubscribe = downloads.subscribe(onChange);
	const next = () => downloads.list().find(({status}) => !isSettled(status));
	try {
		signal.throwIfAborted();
		onChange(downloads.list());
		for (let download = next(); download !== undefined; download = next()) {
			// eslint-disable-next-line no-await-in-loop -- one after another, until nothing is left to wait for
			await settleOrVanish(downloads, download.id, signal);
		}
	} finally {
		unsubscribe();
	}
}

async function settleOrVanish(downloads: Downloads, id: string, signal: AbortSignal): Promise<void> {
	try {
		await downloads.settled(id, {signal});
	} catch (error) {
		// It may be taken off the list at any time.
		if (!(error instanceof NotFoundError)) {
			throw error;
		}
	}
}

/**
Tells of every change of status since the queue was as it is in the beginning.
*/
function createTeller({output}: CommandContext, beginning: readonly Download[]): (queue: readonly Download[]) => void {
	let known = new Map(beginning.map(({id, status}) => [id, status]));
	return queue => {
		const changed = queue.filter(({id, status}) => known.get(id) !== status);
		for (const download of changed) {
			output.event(statusRecord(download));
			output.progress.clear();
			output.text(`${download.request.modelId} ${download.status}${download.error === undefined ? '' : `: ${sanitizeLine(download.error.message)}`}\n`);
		}

		known = new Map(queue.map(({id, status}) => [id, status]));
	};
}

function statusRecord(download: Download): JsonRecord {
	const {error} = download;
	return {type: 'status', ...downloadRecord(download), error: error && {code: error.code, message: error.message, hint: error.hint}};
}
