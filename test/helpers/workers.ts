import {readFile} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import {setTimeout as delay} from 'node:timers/promises';
import {isRunning} from './processes.js';

/**
The number of the downloads worker of a home (`REMUDA_HOME`), as its lease tells; undefined where there is none but in this process.
*/
export async function workerOf(home: string): Promise<number | undefined> {
	try {
		const {owner} = JSON.parse(await readFile(path.join(home, 'downloads.lease.json'), 'utf8')) as {owner: {pid: number}};
		return owner.pid !== process.pid && isRunning(owner.pid) ? owner.pid : undefined;
	} catch {
		return undefined;
	}
}

/**
Waits until a process is gone.
@throws If it is not after 30 s.
*/
export async function untilGone(processId: number): Promise<void> {
	const deadline = performance.now() + 30_000;
	while (isRunning(processId)) {
		if (performance.now() > deadline) {
			throw new Error(`Process ${processId} does not end.`);
		}

		// eslint-disable-next-line no-await-in-loop -- looks again and again
		await delay(10);
	}
}

/**
Ends the downloads worker of a home, if there is one. Every test that may have started one ends with this.
*/
export async function endWorker(home: string, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
	const worker = await workerOf(home);
	if (worker === undefined) {
		return;
	}

	try {
		process.kill(worker, signal);
	} catch {
		// It ended by itself.
	}

	await untilGone(worker);
	// Somebody may have started another meanwhile.
	await endWorker(home, signal);
}
