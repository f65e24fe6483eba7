import {readFile, readlink} from 'node:fs/promises';
import {hostname} from 'node:os';
import process from 'node:process';
import * as z from 'zod/mini';
import {codeOf} from '../disk/to-disk-error.js';
import {readBootId} from '../partial/boot-id.js';

/**
Names a process so that another one, that got its number later or has it on another machine, is not taken for it.
*/
export const leaseOwnerSchema = z.object({
	pid: z.int().check(z.positive()),
	bootId: z.string(),
	/**
	When it started, in the system's own unit; not known everywhere.
	*/
	startedAt: z.optional(z.string()),
	/**
	Where process numbers mean the same; containers have one each. Not known everywhere.
	*/
	pidNamespace: z.optional(z.string()),
	host: z.string(),
});

export type LeaseOwner = Readonly<z.infer<typeof leaseOwnerSchema>>;

export async function ownIdentity(): Promise<LeaseOwner> {
	const [bootId, startedAt, pidNamespace] = await Promise.all([readBootId(), readStart(process.pid), readNamespace()]);
	return {
		pid: process.pid,
		bootId,
		...(startedAt !== undefined && {startedAt}),
		...(pidNamespace !== undefined && {pidNamespace}),
		host: hostname(),
	};
}

/**
Whether process numbers of two owners are of the same run of the same system, so that one can look whether the other lives.
*/
export function areNeighbours(one: LeaseOwner, other: LeaseOwner): boolean {
	return one.bootId === other.bootId && one.pidNamespace === other.pidNamespace && one.host === other.host;
}

/**
Whether a process of this system, in this namespace, lives.
*/
export async function isAlive({pid, startedAt}: LeaseOwner): Promise<boolean> {
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
Field 22 of `/proc/PID/stat`, proc(5): ticks from the start of the system to that of the process. A process that has ended, and only waits for its parent to take notice, counts as one that has not started.
*/
async function readStart(pid: number): Promise<string | undefined> {
	try {
		const text = await readFile(`/proc/${pid}/stat`, 'utf8');
		// The second field is the program's name in brackets, which may hold anything.
		const [state, ...fields] = text.slice(text.lastIndexOf(')') + 2).split(' ', 20);
		return state === 'Z' || state === 'X' ? 'ended' : fields[18];
	} catch {
		return undefined;
	}
}

async function readNamespace(): Promise<string | undefined> {
	try {
		return await readlink('/proc/self/ns/pid');
	} catch {
		return undefined;
	}
}
