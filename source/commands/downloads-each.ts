import {type Downloads} from '../services/downloads/downloads.js';
import {type Download} from '../types/download.js';
import {type CommandContext} from './command.js';
import {findDownload} from './find-download.js';
import {errorRecord} from './job.js';
import {adviseRoom} from './no-room.js';
import {type JsonRecord} from './output.js';
import {throwFirst} from './throw-first.js';

export type Change = {
	/**
	What is done to one download; resolves once it is.
	*/
	readonly apply: (download: Download) => Promise<unknown>;
	/**
	What to tell a person afterwards. The download is undefined where the list has it no more.
	*/
	readonly say: (download: Download | undefined) => string;
};

/**
The queue as it is now, whoever works on it.
*/
export async function loadQueue(context: CommandContext): Promise<{readonly downloads: Downloads; readonly queue: readonly Download[]}> {
	const {downloads} = await context.services();
	await downloads.start();
	return {downloads, queue: downloads.list()};
}

/**
Does something to each download that is named, one after another; one that fails does not keep the others.
@throws what failed first, after all were tried.
*/
export async function changeEach(context: CommandContext, names: readonly string[], {apply, say}: Change): Promise<void> {
	const {downloads, queue} = await loadQueue(context);
	const {inventory} = await context.services();
	const results: Array<PromiseSettledResult<void>> = [];
	const records: JsonRecord[] = [];
	const lines: string[] = [];

	for (const name of new Set(names)) {
		context.signal.throwIfAborted();
		try {
			const found = findDownload(queue, name);
			// In the order that they were named in: where there is little room, the first goes first.
			await apply(found); // eslint-disable-line no-await-in-loop
			const now = downloads.list().find(({id}) => id === found.id);
			records.push({
				id: found.request.modelId, ref: found.request.ref, status: now?.status, error: undefined,
			});
			lines.push(`${found.request.modelId}: ${say(now)}`);
			results.push({status: 'fulfilled', value: undefined});
		} catch (error) {
			const advised = await adviseRoom(error, {inventory}); // eslint-disable-line no-await-in-loop
			records.push({
				id: name, ref: undefined, status: undefined, error: errorRecord(advised),
			});
			results.push({status: 'rejected', reason: advised});
		}
	}

	if (lines.length > 0 || context.output.json) {
		context.output.result(() => ({results: records}), () => lines.join('\n'));
	}

	throwFirst(context, results);
}
