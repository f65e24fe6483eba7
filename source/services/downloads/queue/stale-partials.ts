import {readdir, rm, stat} from 'node:fs/promises';
import path from 'node:path';
import {isLeased} from '../lease/lease.js';

/**
Deletes the folders of partial files that nobody needs and nobody has touched for `age` milliseconds.
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
		if (now - await lastTouched(folder) >= age && !await isLeased(folder)) {
			await rm(folder, {recursive: true, force: true});
		}
	}));
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
