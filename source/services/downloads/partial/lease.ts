import {randomUUID} from 'node:crypto';
import {
	link,
	readFile,
	rename,
	rm,
	writeFile,
} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import * as z from 'zod/mini';
import {makeFolder} from '../../config/make-folder.js';
import {codeOf} from '../disk/to-disk-error.js';
import {isAlive, ownIdentity, processIdentitySchema} from './process-identity.js';

const leaseSchema = z.object({owner: processIdentitySchema, token: z.string()});

const fileName = 'lease.json';

// Leases of this process: one of an earlier process with the same number is not among them.
const held = new Set<string>();

export type Lease = {
	readonly release: () => Promise<void>;
};

/**
Takes the folder of a download for this process, so that no two write the same file. Undefined while another living process has it; the lease of a dead one is taken over.
*/
export async function takeLease(folder: string): Promise<Lease | undefined> {
	await makeFolder(folder);
	const file = path.join(folder, fileName);
	const token = randomUUID();
	const own = JSON.stringify({owner: await ownIdentity(), token});
	// eslint-disable-next-line no-await-in-loop -- until it is taken, or found alive
	while (!await isCreated(file, own)) {
		// eslint-disable-next-line no-await-in-loop -- the same
		const text = await readText(file);
		// eslint-disable-next-line no-await-in-loop -- the same
		if (await isHeld(text)) {
			return undefined;
		}

		// eslint-disable-next-line no-await-in-loop -- the same
		await removeDead(file, text);
	}

	held.add(token);
	return {
		async release() {
			held.delete(token);
			if (await readText(file) === own) {
				await rm(file, {force: true});
			}
		},
	};
}

/**
Whether a living process, this one or another, works in the folder.
*/
export async function isLeased(folder: string): Promise<boolean> {
	return isHeld(await readText(path.join(folder, fileName)));
}

/**
Whether it could make the file with its content: not where there is one. Nobody ever reads half a lease.
*/
async function isCreated(file: string, text: string): Promise<boolean> {
	const temporary = `${file}.${randomUUID()}`;
	try {
		await writeFile(temporary, text, {flag: 'wx'});
		await link(temporary, file);
		return true;
	} catch (error) {
		if (codeOf(error) === 'EEXIST') {
			return false;
		}

		// A file system without links, such as exFAT.
		if (['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP'].includes(codeOf(error) ?? '')) {
			return await isCreatedInPlace(file, text);
		}

		throw error;
	} finally {
		await rm(temporary, {force: true});
	}
}

async function isCreatedInPlace(file: string, text: string): Promise<boolean> {
	try {
		await writeFile(file, text, {flag: 'wx'});
		return true;
	} catch (error) {
		if (codeOf(error) === 'EEXIST') {
			return false;
		}

		throw error;
	}
}

async function isHeld(text: string): Promise<boolean> {
	try {
		const {owner, token} = leaseSchema.parse(JSON.parse(text));
		return owner.pid === process.pid ? held.has(token) : await isAlive(owner);
	} catch {
		return false;
	}
}

/**
Moves the dead lease away before it is deleted, and looks at it again: somebody may have been faster and have put a living one there.
*/
async function removeDead(file: string, seen: string): Promise<void> {
	const aside = `${file}.${randomUUID()}`;
	try {
		await rename(file, aside);
		if (await readText(aside) !== seen) {
			await link(aside, file);
		}
	} catch (error) {
		if (codeOf(error) !== 'ENOENT' && codeOf(error) !== 'EEXIST') {
			throw error;
		}
	} finally {
		await rm(aside, {force: true});
	}
}

async function readText(file: string): Promise<string> {
	return readFile(file, 'utf8').catch(() => '');
}
