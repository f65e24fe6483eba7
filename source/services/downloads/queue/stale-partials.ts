import {readdir, rm, stat} from 'node:fs/promises';
import path from 'node:path';
import {isLeased} from '../lease/lease.js';
import {readJournal} from '../partial/journal.js';

/**
Deletes the folders of partial files that nobody needs, that nobody has touched for `age` milliseconds, and that no download could go on from. What a journal vouches for stays, however old: it may be of another home, or the records were lost.
*/
export async function removeStalePartials({partials, isNeeded, age, now}: {
	readonly partials: string;
	readonly isNeeded: (id: string) => boolean;
	readonly age: number;
	readonly now: number;
}): Promise<void> {
	const names = await readdir(partials).catch(() => []);
	await Promise.all(names.filter(name => !isNeeded(name)).map(async name => {
		const folder = path.join(partials, name);
		if (now - await lastTouched(folder) >= age && !await isVouchedFor(folder) && !await isLeased(folder)) {
			await rm(folder, {recursive: true, force: true});
		}
	}));
}

async function isVouchedFor(folder: string): Promise<boolean> {
	const names = await readdir(folder).catch(() => []);
	const journals = await Promise.all(names.filter(name => name.endsWith('.json')).map(async name => readJournal(path.join(folder, name))));
	return journals.some(journal => journal !== undefined);
}

/**
When anything in a folder was last written, in milliseconds since 1970.
*/
async function lastTouched(folder: string): Promise<number> {
	const names = await readdir(folder).catch(() => []);
	const times = await Promise.all([folder, ...names.map(name => path.join(folder, name))].map(async file => {
		const found = await stat(file).catch(() => undefined);
		return found?.mtimeMs ?? 0;
	}));
	return Math.max(...times);
}
