import {stat} from 'node:fs/promises';
import {type QueueEntry} from './queue-entry.js';

/**
Remembers the folder of the partial files of a download. Where it was another before, and that is still there, the log says so: nothing of it is used or deleted.
*/
export async function tellMove(entry: QueueEntry, folder: string): Promise<void> {
	const {folder: before} = entry.record;
	if (before === folder) {
		return;
	}

	if (before !== undefined && await isThere(before)) {
		entry.log(`the models folder is another one now: what was received before is still in ${before}`);
	}

	entry.update({folder});
}

async function isThere(folder: string): Promise<boolean> {
	try {
		await stat(folder);
		return true;
	} catch {
		return false;
	}
}
