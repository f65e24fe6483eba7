import {
	mkdir,
	rename,
	rm,
	stat,
} from 'node:fs/promises';
import path from 'node:path';
import {type Abortable} from '../../../types/abortable.js';
import {copyFile} from './copy-file.js';
import {syncFolder} from './sync-folder.js';
import {codeOf} from './to-disk-error.js';
import {volumeOf} from './volume.js';

export type Move = {
	readonly from: string;
	readonly to: string;
};

/**
Puts verified files at their final places, all of them, so that they stay there even when the power fails right after. A file that was there before is replaced at once.

Where a final place is on another volume, the file is copied into its folder under another name first; no final name appears before all copies are whole and on the disk. Where one file cannot be put in place, the others are taken back.
*/
export async function install(moves: readonly Move[], {signal}: Abortable): Promise<void> {
	const placed: Move[] = [];
	try {
		const staged: Move[] = [];
		for (const move of moves) {
			// eslint-disable-next-line no-await-in-loop -- one disk, one file at a time
			await makeFolder(path.dirname(move.to));
			// eslint-disable-next-line no-await-in-loop -- the same
			staged.push(await canRename(move) ? move : await stage(move, {signal}));
		}

		for (const [index, move] of staged.entries()) {
			// eslint-disable-next-line no-await-in-loop -- a failure must not leave others running
			await put(move, {signal});
			placed.push(moves[index]!);
		}
	} catch (error) {
		await Promise.all(placed.map(async move => takeBack(move)));
		await removeStaged(moves.map(({to}) => to));
		throw error;
	}

	await Promise.all([...new Set(moves.map(({to}) => path.dirname(to)))].map(async folder => syncFolder(folder)));
}

/**
Deletes copies that a crash left beside final places.
*/
export async function removeStaged(targets: readonly string[]): Promise<void> {
	await Promise.all(targets.map(async target => rm(stagingPath(target), {force: true}).catch(() => undefined)));
}

// The same for every attempt, so that what a crash left is written over.
function stagingPath(target: string): string {
	return path.join(path.dirname(target), `.${path.basename(target)}.copy`);
}

async function canRename({from, to}: Move): Promise<boolean> {
	return await volumeOf(path.dirname(from)) === await volumeOf(path.dirname(to));
}

async function stage({from, to}: Move, {signal}: Abortable): Promise<Move> {
	await copyFile(from, stagingPath(to), {signal});
	return {from: stagingPath(to), to};
}

async function put(move: Move, {signal}: Abortable): Promise<void> {
	try {
		await rename(move.from, move.to);
	} catch (error) {
		// One volume that is mounted twice.
		if (codeOf(error) !== 'EXDEV') {
			throw error;
		}

		const copy = await stage(move, {signal});
		await rename(copy.from, copy.to);
	}
}

/**
Brings a file back to where it came from, so that there is no part of a variant at its final place. What cannot be brought back stays: the journals still tell of it.
*/
async function takeBack({from, to}: Move): Promise<void> {
	try {
		await rename(to, from);
	} catch (error) {
		// From another volume it was copied, and is still there as well.
		if (codeOf(error) === 'EXDEV' && await isThere(from)) {
			await rm(to, {force: true}).catch(() => undefined);
		}
	}
}

async function isThere(file: string): Promise<boolean> {
	const found = await stat(file).catch(() => undefined);
	return found !== undefined;
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
