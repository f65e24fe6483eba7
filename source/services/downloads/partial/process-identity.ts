import {readFile} from 'node:fs/promises';
import process from 'node:process';
import * as z from 'zod/mini';
import {codeOf} from '../disk/to-disk-error.js';
import {readBootId} from './boot-id.js';

/**
Names a process so that another one, that got its number later, is not taken for it.
*/
export const processIdentitySchema = z.object({
	pid: z.int().check(z.positive()),
	bootId: z.string(),
	/**
	When it started, in the system's own unit; not known everywhere.
	*/
	startedAt: z.optional(z.string()),
});

export type ProcessIdentity = Readonly<z.infer<typeof processIdentitySchema>>;

export async function ownIdentity(): Promise<ProcessIdentity> {
	const [bootId, startedAt] = await Promise.all([readBootId(), readStart(process.pid)]);
	return {pid: process.pid, bootId, ...(startedAt !== undefined && {startedAt})};
}

export async function isAlive({pid, bootId, startedAt}: ProcessIdentity): Promise<boolean> {
	if (bootId !== await readBootId()) {
		return false;
	}

	try {
		process.kill(pid, 0);
	} catch (error) {
		// A process of another user lives, although it must not be asked.
		return codeOf(error) === 'EPERM';
	}

	const start = await readStart(pid);
	return start === undefined || startedAt === undefined || start === startedAt;
}

/**
Field 22 of `/proc/PID/stat`, proc(5): ticks from the start of the system to that of the process.
*/
async function readStart(pid: number): Promise<string | undefined> {
	try {
		const text = await readFile(`/proc/${pid}/stat`, 'utf8');
		// The second field is the program's name in brackets, which may hold anything.
		return text.slice(text.lastIndexOf(')') + 2).split(' ', 20)[19];
	} catch {
		return undefined;
	}
}
