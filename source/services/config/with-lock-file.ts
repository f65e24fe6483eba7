import {
	open,
	readFile,
	rm,
	stat,
} from 'node:fs/promises';
import process from 'node:process';
import {setInterval as every} from 'node:timers/promises';
import {RemudaError} from '../../errors/remuda-error.js';
import {sanitizeLine} from '../../format/sanitize.js';
import {codeOf} from './to-home-error.js';

const retryMs = 15;
// What is done under the lock takes milliseconds; who holds it this long is gone.
const abandonedMs = 5000;
const patienceMs = 2 * abandonedMs;

/**
Runs one change at a time among all processes, by a file that only one of them can create. A lock whose owner died is taken over.
@throws RemudaError `locked` when others keep it busy for 10 s.
*/
export async function withLockFile<Result>(file: string, run: () => Promise<Result>): Promise<Result> {
	await acquire(file);
	try {
		return await run();
	} finally {
		await rm(file, {force: true});
	}
}

async function acquire(file: string): Promise<void> {
	if (await canTake(file)) {
		return;
	}

	for await (const started of every(retryMs, Date.now())) {
		if (await canTake(file)) {
			return;
		}

		if (Date.now() - started > patienceMs) {
			throw new RemudaError(`Other processes keep ${sanitizeLine(file)} busy.`, {code: 'locked', hint: 'Try again in a moment.'});
		}
	}
}

async function canTake(file: string): Promise<boolean> {
	try {
		await using handle = await open(file, 'wx', 0o600);
		await handle.writeFile(String(process.pid));
		return true;
	} catch (error) {
		if (codeOf(error) !== 'EEXIST') {
			throw error;
		}

		if (await isAbandoned(file)) {
			await rm(file, {force: true});
		}

		return false;
	}
}

async function isAbandoned(file: string): Promise<boolean> {
	try {
		const {mtimeMs} = await stat(file);
		const owner = Number(await readFile(file, 'utf8'));
		return Date.now() - mtimeMs > abandonedMs || (owner > 0 && !isAlive(owner));
	} catch {
		// It was released meanwhile.
		return false;
	}
}

function isAlive(processId: number): boolean {
	try {
		return process.kill(processId, 0);
	} catch (error) {
		return codeOf(error) === 'EPERM';
	}
}
