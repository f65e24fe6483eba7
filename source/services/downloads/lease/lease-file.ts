import {randomUUID} from 'node:crypto';
import {
	link,
	open,
	readFile,
	rename,
	rm,
	writeFile,
} from 'node:fs/promises';
import * as z from 'zod/mini';
import {codeOf} from '../disk/to-disk-error.js';
import {leaseOwnerSchema, type LeaseOwner} from './lease-owner.js';

const leaseSchema = z.object({
	owner: leaseOwnerSchema,
	/**
	Of this very lease: the same process may have had another before.
	*/
	token: z.string(),
	/**
	Counts up while the owner lives. Always as long, so that it is written in place.
	*/
	beat: z.string().check(z.regex(/^\d{10}$/v)),
});

export type LeaseContent = {readonly owner: LeaseOwner; readonly token: string};

export function formatLease({owner, token}: LeaseContent, beat: number): string {
	return JSON.stringify({owner, token, beat: String(beat % 10_000_000_000).padStart(10, '0')});
}

/**
Undefined for anything that is not a whole lease.
*/
export function parseLease(text: string): LeaseContent & {readonly beat: string} | undefined {
	try {
		return z.safeParse(leaseSchema, JSON.parse(text)).data;
	} catch {
		return undefined;
	}
}

/**
Undefined where there is none.
*/
export async function readLeaseText(file: string): Promise<string | undefined> {
	try {
		return await readFile(file, 'utf8');
	} catch (error) {
		if (codeOf(error) === 'ENOENT') {
			return undefined;
		}

		throw error;
	}
}

/**
Whether it could make the file with its content: not where there is one. Nobody ever reads half a lease, but on file systems without links, such as exFAT.
*/
export async function didCreateLease(file: string, text: string): Promise<boolean> {
	const temporary = `${file}.${randomUUID()}`;
	try {
		await writeFile(temporary, text, {flag: 'wx'});
		await link(temporary, file);
		return true;
	} catch (error) {
		if (codeOf(error) === 'EEXIST') {
			return false;
		}

		if (['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP'].includes(codeOf(error) ?? '')) {
			return await didCreateInPlace(file, text);
		}

		throw error;
	} finally {
		await rm(temporary, {force: true});
	}
}

async function didCreateInPlace(file: string, text: string): Promise<boolean> {
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

/**
Writes the next beat into the lease, if it is still the one with that token. The file is never replaced: what another process has put in its place meanwhile stays as it is.
*/
export async function beatLeaseFile(file: string, content: LeaseContent, beat: number): Promise<'beaten' | 'missing' | 'taken'> {
	try {
		await using handle = await open(file, 'r+');
		const found = parseLease(await handle.readFile('utf8'));
		if (found?.token !== content.token) {
			return 'taken';
		}

		await handle.write(formatLease(content, beat), 0);
		return 'beaten';
	} catch (error) {
		if (codeOf(error) === 'ENOENT') {
			return 'missing';
		}

		throw error;
	}
}

/**
Removes a lease if it is one that may go. It is moved away first and looked at again: somebody may have been faster, and have put a living one there.
*/
export async function removeLeaseFile(file: string, canGo: (text: string) => boolean): Promise<void> {
	const aside = `${file}.${randomUUID()}`;
	try {
		await rename(file, aside);
		const text = await readLeaseText(aside);
		if (text !== undefined && !canGo(text)) {
			await didCreateLease(file, text);
		}
	} catch (error) {
		if (codeOf(error) !== 'ENOENT') {
			throw error;
		}
	} finally {
		await rm(aside, {force: true});
	}
}
