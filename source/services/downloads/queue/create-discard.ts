import {rm, stat} from 'node:fs/promises';
import path from 'node:path';
import {isOpen} from '../../../format/download-status.js';
import {removeFiles} from '../../inventory/remove-files.js';
import {type Manifest} from '../../manifest/manifest.js';
import {removeStaged} from '../disk/install.js';
import {partialPaths} from '../partial/partial-paths.js';
import {readPartial} from '../partial/read-partial.js';
import {type QueueEntry} from './queue-entry.js';
import {type Queue} from './queue.js';
import {safeTargets} from './space-demand.js';

/**
Deletes what there is of a download that was not installed: its partial files, and what was put in place already when it ended. Never rejects: what cannot be deleted stays.
*/
export function createDiscard({queue, manifest, models}: {
	readonly queue: Pick<Queue, 'inOrder' | 'folderOf'>;
	readonly manifest: Pick<Manifest, 'list'>;
	readonly models: string;
}): (entry: QueueEntry) => Promise<void> {
	/**
	The files at final places that belong to no model. The journals tell them from what anybody else has put there: all of it was received, and the partial file is gone.
	*/
	async function findStrays(entry: QueueEntry): Promise<readonly string[]> {
		const targets = safeTargets(models, entry.request);
		const placed = await Promise.all(targets.map(async (target, index) => await wasPlaced(entry, target, index) ? target : undefined));
		if (placed.every(target => target === undefined)) {
			return [];
		}

		const installed = await manifest.list();
		const others = queue.inOrder().filter(other => other !== entry && isOpen(other.status));
		const wanted = new Set([
			...installed.flatMap(({files}) => files.map(file => path.resolve(file.path))),
			...others.flatMap(({request}) => safeTargets(models, request)),
		]);
		return placed.filter(target => target !== undefined && !wanted.has(target)) as readonly string[];
	}

	async function wasPlaced({id, request}: QueueEntry, target: string, index: number): Promise<boolean> {
		const folder = queue.folderOf(id);
		const found = await readPartial(folder, index);
		return found?.isComplete === true
			&& found.identity.path === request.files[index]!.path
			&& found.identity.repository === request.repository
			&& await sizeOf(partialPaths(folder, index).partial) === undefined
			&& await sizeOf(target) === found.identity.sizeBytes;
	}

	return async entry => {
		// Before the journals go: nothing else tells of them.
		await removeFiles(await findStrays(entry).catch(() => []), models).catch(() => undefined);
		await rm(queue.folderOf(entry.id), {recursive: true, force: true, maxRetries: 3}).catch(() => undefined);
		await removeStaged(safeTargets(models, entry.request));
		entry.setAllReceived(entry.request.files.map(() => 0));
	};
}

/**
Undefined where there is nothing.
*/
async function sizeOf(file: string): Promise<number | undefined> {
	const found = await stat(file).catch(() => undefined);
	return found?.size;
}
