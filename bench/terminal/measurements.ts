import {readdirSync, readFileSync} from 'node:fs';
import {setTimeout as delay} from 'node:timers/promises';
import {startSession, type Program, type Size} from './drive.js';
import {median, quantile} from './statistics.js';

const endOfUpdate = '\u{1B}[?2026l';

async function timeToFirstFrame(program: Program, size: Size): Promise<number> {
	const session = startSession(program, size);
	const milliseconds = await session.timeUntil(endOfUpdate);
	await session.end();
	return milliseconds;
}

export type StartResult = {
	readonly milliseconds: number;
	readonly helloWorldMilliseconds: number;
	/**
	The median of the ratios of neighbouring runs.
	*/
	readonly ratio: number;
};

/**
From the start of the process to the end of its first synchronised update, which is its first whole frame; in turn with an Ink hello-world that is not bundled.
*/
export async function measureStart(subject: Program, helloWorld: Program, {size, runs}: {readonly size: Size; readonly runs: number}): Promise<StartResult> {
	const pairs: Array<readonly [subject: number, helloWorld: number]> = [];
	// The first pair warms the file cache.
	for (let run = -1; run < runs; run++) {
		const ours = await timeToFirstFrame(subject, size); // eslint-disable-line no-await-in-loop -- In turn.
		const theirs = await timeToFirstFrame(helloWorld, size); // eslint-disable-line no-await-in-loop -- In turn.
		if (run >= 0) {
			pairs.push([ours, theirs]);
		}
	}

	return {
		milliseconds: median(pairs.map(([ours]) => ours)),
		helloWorldMilliseconds: median(pairs.map(([, theirs]) => theirs)),
		ratio: median(pairs.map(([ours, theirs]) => ours / theirs)),
	};
}

export type KeysResult = {
	readonly medianMilliseconds: number;
	readonly p95Milliseconds: number;
	readonly medianBytes: number;
	readonly p95Bytes: number;
};

export type KeysOptions = {
	readonly size: Size;
	readonly presses: number;
	/**
	Pressed before, to get to a list.
	*/
	readonly before: readonly string[];
};

/**
The cursor moves up and down within the window: bytes of an answer, and the time from the key to its last byte.
*/
export async function measureKeys(program: Program, {size, presses, before}: KeysOptions): Promise<KeysResult> {
	const session = startSession(program, size);
	await session.quiet(1500);
	for (const key of [...before, 'Down', 'Down']) {
		await session.press(key, 300); // eslint-disable-line no-await-in-loop -- In order.
	}

	const answers = [];
	for (let press = 0; press < presses; press++) {
		answers.push(await session.press(press % 2 === 0 ? 'Down' : 'Up')); // eslint-disable-line no-await-in-loop -- In order.
	}

	await session.end();
	const milliseconds = answers.map(answer => answer.milliseconds);
	const bytes = answers.map(answer => answer.bytes);
	return {
		medianMilliseconds: median(milliseconds), p95Milliseconds: quantile(milliseconds, 0.95), medianBytes: median(bytes), p95Bytes: quantile(bytes, 0.95),
	};
}

export type RateOptions = {
	readonly size: Size;
	readonly seconds: number;
	readonly before: readonly string[];
};

/**
Bytes a second while nobody touches a key.
*/
export async function measureRate(program: Program, {size, seconds, before}: RateOptions): Promise<number> {
	const session = startSession(program, size);
	await session.quiet(1500);
	for (const key of before) {
		await session.press(key, 300); // eslint-disable-line no-await-in-loop -- In order.
	}

	const bytesBefore = session.byteCount();
	const begin = performance.now();
	await delay(seconds * 1000);
	const bytesPerSecond = (session.byteCount() - bytesBefore) / ((performance.now() - begin) / 1000);
	await session.end();
	return bytesPerSecond;
}

function statusOf(pid: number): {parent: number; residentBytes: number} | undefined {
	try {
		const status = readFileSync(`/proc/${pid}/status`, 'utf8');
		const field = (name: string) => Number(new RegExp(String.raw`^${name}:\s*(?<value>\d+)`, 'mv').exec(status)?.groups?.value ?? 0);
		return {parent: field('PPid'), residentBytes: field('VmRSS') * 1024};
	} catch {
		return undefined;
	}
}

/**
Resident memory of a process and all below it (Linux).
*/
function residentMemory(pid: number): number {
	const processes = readdirSync('/proc').filter(name => /^\d+$/v.test(name)).map(Number);
	const children = processes.filter(child => statusOf(child)?.parent === pid);
	return (statusOf(pid)?.residentBytes ?? 0) + children.map(child => residentMemory(child)).reduce((sum, bytes) => sum + bytes, 0);
}

/**
Resident memory of the program and its children when it has been left alone for a while.
*/
export async function measureMemory(program: Program, {size, seconds}: {readonly size: Size; readonly seconds: number}): Promise<number> {
	const session = startSession(program, size);
	await session.quiet(1500);
	await delay(seconds * 1000);
	const bytes = residentMemory(session.pid);
	await session.end();
	return bytes;
}
