import {rmSync} from 'node:fs';
import {open, rename, writeFile} from 'node:fs/promises';
import path from 'node:path';

// A socket's path is far shorter.
const longestText = 1000;

/**
File that says where the worker of a home listens, where that is not in the home itself: which folder that is depends on the variables of who started it, and others may have other ones.
*/
function placeFile(home: string): string {
	return path.join(home, 'downloads.place');
}

/**
Tells clients where the worker listens. Who cannot be told may still find it.
*/
export async function tellPlace(home: string, socket: string): Promise<void> {
	const file = placeFile(home);
	try {
		const temporary = `${file}.new`;
		await writeFile(temporary, socket, {mode: 0o600});
		await rename(temporary, file);
	} catch {
		// The home cannot be written.
	}
}

/**
Takes back what was told.
*/
export function untellPlace(home: string): void {
	try {
		rmSync(placeFile(home), {force: true});
	} catch {
		// The same.
	}
}

/**
What a worker has told, unchecked; undefined where none has.
*/
export async function readPlace(home: string): Promise<string | undefined> {
	try {
		await using handle = await open(placeFile(home));
		const {buffer, bytesRead} = await handle.read({length: longestText, position: 0});
		return buffer.toString('utf8', 0, bytesRead);
	} catch {
		return undefined;
	}
}
