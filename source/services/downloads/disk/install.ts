import {mkdir, rename} from 'node:fs/promises';
import path from 'node:path';
import {syncFolder} from './sync-folder.js';

export type Move = {
	readonly from: string;
	readonly to: string;
};

/**
Puts verified files at their final places, all of them, so that they stay there even when the power fails right after. A file that was there before is replaced at once.
*/
export async function install(moves: readonly Move[]): Promise<void> {
	for (const {from, to} of moves) {
		// eslint-disable-next-line no-await-in-loop -- a failure must not leave others running
		await makeFolder(path.dirname(to));
		// eslint-disable-next-line no-await-in-loop -- the same
		await rename(from, to);
	}

	await Promise.all([...new Set(moves.map(({to}) => path.dirname(to)))].map(async folder => syncFolder(folder)));
}

async function makeFolder(folder: string): Promise<void> {
	const first = await mkdir(folder, {recursive: true});
	if (first === undefined) {
		return;
	}

	// Each new folder is an entry of the one above it.
	for (let current = path.dirname(folder); current.length >= path.dirname(first).length; current = path.dirname(current)) {
		// eslint-disable-next-line no-await-in-loop -- a handful
		await syncFolder(current);
		if (path.dirname(current) === current) {
			return;
		}
	}
}
