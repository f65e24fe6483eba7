import {fork} from 'node:child_process';
import {once} from 'node:events';
import {
	mkdir,
	mkdtemp,
	rm,
	writeFile,
} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {runRemuda} from '../../test/e2e/run-remuda.js';
import {startRemuda} from '../../test/e2e/start-remuda.js';
import {workerOf} from '../../test/helpers/workers.js';
import {type PtyProgram} from '../../test/helpers/pty.js';

export type HerdOptions = {
	readonly count: number;
	readonly sizeBytes: number;
	readonly connections: number;
	/**
	Of each connection; 0 is as fast as it goes.
	*/
	readonly bytesPerSecond?: number;
};

/**
The built app in a pty, and a hub with models that it can be made to download all at once.
*/
export type Herd = {
	readonly app: PtyProgram;
	/**
	Queues all models from a second process.
	*/
	readonly downloadAll: () => Promise<void>;
	/**
	Process number of the downloads worker, while there is one.
	*/
	readonly worker: () => Promise<number | undefined>;
};

export async function withHerd({count, sizeBytes, connections, bytesPerSecond = 0}: HerdOptions, use: (herd: Herd) => Promise<void>): Promise<void> {
	const server = fork(path.join(import.meta.dirname, 'serve-herd.ts'), [count, sizeBytes, bytesPerSecond].map(String), {execArgv: ['--import', 'tsx']});
	const [{hubUrl}] = await once(server, 'message') as [{readonly hubUrl: string}];
	const home = await mkdtemp(path.join(tmpdir(), 'remuda-bench-'));
	await mkdir(path.join(home, '.remuda'));
	await writeFile(path.join(home, '.remuda', 'config.json'), JSON.stringify({version: 1, max_concurrent_downloads: count, downloads: {connections_per_file: connections}}));
	const surroundings = {home, hub: hubUrl};
	const app = startRemuda({...surroundings, columns: 120, rows: 40});
	const worker = async () => workerOf(path.join(home, '.remuda'));
	try {
		await use({
			app,
			worker,
			async downloadAll() {
				const {code, stderr} = await runRemuda(surroundings, 'download', '--background', ...Array.from({length: count}, (_, index) => `hf:bench/herd-${index}-GGUF:Q8_0`));
				if (code !== 0) {
					throw new Error(stderr);
				}
			},
		});
	} finally {
		await app.close();
		const pid = await worker();
		if (pid !== undefined) {
			process.kill(pid, 'SIGKILL');
		}

		server.disconnect();
		await rm(home, {recursive: true, force: true, maxRetries: 3});
	}
}
