import {randomUUID} from 'node:crypto';
import path from 'node:path';
import process from 'node:process';
import {makeFolder} from '../../config/make-folder.js';
import {keepLease} from './keep-lease.js';
import {
	didCreateLease,
	formatLease,
	parseLease,
	readLeaseText,
	removeLeaseFile,
} from './lease-file.js';
import {isSharedDisk} from './is-shared-disk.js';
import {areNeighbours, isAlive, ownIdentity} from './lease-owner.js';
import {createSilenceWatch, type SilenceWatch} from './silence.js';

/**
All in milliseconds of a clock that never jumps.
*/
export type LeaseTiming = {
	/**
	Between two beats of an owner.
	*/
	readonly beat: number;
	/**
	Silence of an owner that cannot be looked at (in another container, on another machine) after which it is dead.
	*/
	readonly silence: number;
	/**
	How long a lease may stay half written.
	*/
	readonly unreadable: number;
};

const defaultTiming: LeaseTiming = {beat: 10_000, silence: 60_000, unreadable: 1000};

export type LeaseOptions = {
	/**
	Of the file in the folder.
	*/
	readonly name?: string;
	readonly timing?: Partial<LeaseTiming>;
	/**
	What this process has seen of leases; all share one if not given.
	*/
	readonly silences?: SilenceWatch;
	/**
	Whether another system may be writing where a folder is.
	*/
	readonly isShared?: (folder: string) => Promise<boolean>;
	readonly now?: () => number;
};

export type Lease = {
	/**
	Aborted (with RemudaError `lease_lost`) once the lease is not this process's any more: whoever has it writes now.
	*/
	readonly lost: AbortSignal;
	readonly release: () => Promise<void>;
};

/**
Who has a lease, as far as it tells.
*/
export type LeaseHolder = {
	readonly pid: number;
	readonly host: string;
	/**
	Whether this process can look whether the holder lives.
	*/
	readonly isNeighbour: boolean;
	/**
	Another number each time the holder is heard of.
	*/
	readonly beat: number;
};

const sharedSilences = createSilenceWatch(() => performance.now());
// Leases of this process: one of an earlier process with the same number is not among them.
const held = new Set<string>();

/**
Takes a folder for this process, so that no two write the same files. Undefined while another living process has it; the lease of a dead one is taken over. It is renewed until it is released.
*/
export async function takeLease(folder: string, options: LeaseOptions = {}): Promise<Lease | undefined> {
	await makeFolder(folder);
	const file = fileOf(folder, options);
	const content = {owner: await ownIdentity(), token: randomUUID()};
	// eslint-disable-next-line no-await-in-loop -- until it is taken, or found alive
	while (!await didCreateLease(file, formatLease(content, 0))) {
		// eslint-disable-next-line no-await-in-loop -- the same
		const text = await readLeaseText(file);
		if (text === undefined) {
			continue;
		}

		// eslint-disable-next-line no-await-in-loop -- the same
		if (await isHeld(file, text, options)) {
			return undefined;
		}

		// eslint-disable-next-line no-await-in-loop -- the same
		await removeLeaseFile(file, found => found === text);
	}

	held.add(content.token);
	return keepLease({
		file,
		content,
		...defaultTiming,
		...options.timing,
		now: options.now ?? (() => performance.now()),
		onEnd() {
			held.delete(content.token);
		},
	});
}

/**
Whether a living process, this one or another, works in the folder.
*/
export async function isLeased(folder: string, options: LeaseOptions = {}): Promise<boolean> {
	const file = fileOf(folder, options);
	try {
		const text = await readLeaseText(file);
		return text !== undefined && await isHeld(file, text, options);
	} catch {
		// It is there, and not for this process to read.
		return true;
	}
}

/**
Who holds, or held, a folder; whether it lives is another question. Undefined where nobody says so.
*/
export async function readLeaseHolder(folder: string, options: LeaseOptions = {}): Promise<LeaseHolder | undefined> {
	const found = parseLease(await readLeaseText(fileOf(folder, options)) ?? '');
	if (found === undefined) {
		return undefined;
	}

	const {owner, beat} = found;
	return {
		pid: owner.pid, host: owner.host, isNeighbour: areNeighbours(owner, await ownIdentity()), beat: Number(beat),
	};
}

function fileOf(folder: string, {name = 'lease.json'}: LeaseOptions): string {
	return path.join(folder, name);
}

async function isHeld(file: string, text: string, {timing, silences = sharedSilences, isShared = isSharedDisk}: LeaseOptions): Promise<boolean> {
	const {silence, unreadable} = {...defaultTiming, ...timing};
	const found = parseLease(text);
	if (found === undefined) {
		// Where there are no links, a lease is there for a moment before its content is.
		return silences.lasts(file, text) < unreadable;
	}

	const {owner, token} = found;
	const own = await ownIdentity();
	if (areNeighbours(owner, own)) {
		silences.forget(file);
		return owner.pid === process.pid ? held.has(token) : isAlive(owner);
	}

	// On a disk of this machine alone it is from before the last restart.
	if (owner.bootId !== own.bootId && !await isShared(path.dirname(file))) {
		silences.forget(file);
		return false;
	}

	return silences.lasts(file, text) < silence;
}
