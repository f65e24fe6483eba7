import {readFile} from 'node:fs/promises';
import {setTimeout as delay} from 'node:timers/promises';
import {withHerd, type HerdOptions} from './herd.js';

/**
Resident and peak resident bytes of a process (Linux); undefined when it is gone.
*/
async function memoryOf(pid: number): Promise<{readonly now: number; readonly peak: number} | undefined> {
	const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
	const field = (name: string) => Number(new RegExp(String.raw`^${name}:\s*(?<value>\d+)`, 'mv').exec(status)?.groups?.value ?? 0) * 1024;
	return field('VmRSS') === 0 ? undefined : {now: field('VmRSS'), peak: field('VmHWM')};
}

/**
What downloads add to the idle app: the app with its tab open and the worker, at their peaks, less the app before.
*/
export async function measureMemory(options: HerdOptions): Promise<void> {
	await withHerd(options, async ({app, downloadAll, worker}) => {
		await app.waitFor('browse');
		await delay(5000);
		const idle = await memoryOf(app.pid);
		app.press('2');
		await downloadAll();
		let appPeak = 0;
		let workerPeak = 0;
		for (;;) {
			const pid = await worker(); // eslint-disable-line no-await-in-loop -- until it has ended
			if (pid === undefined) {
				break;
			}

			const [own, other] = await Promise.all([app.pid, pid].map(async one => memoryOf(one))); // eslint-disable-line no-await-in-loop -- the same
			appPeak = Math.max(appPeak, own?.now ?? 0);
			workerPeak = Math.max(workerPeak, other?.peak ?? 0);
			await delay(50); // eslint-disable-line no-await-in-loop -- the same
		}

		const mebibytes = (bytes: number) => `${(bytes / 1_048_576).toFixed(0)} MiB`;
		console.log(`\n${options.count} downloads with ${options.connections} connections each: idle app ${mebibytes(idle?.now ?? 0)}; then app ${mebibytes(appPeak)} and worker ${mebibytes(workerPeak)} at their peaks: ${((appPeak + workerPeak - (idle?.now ?? 0)) / 1e6).toFixed(0)} MB more`);
	});
}
