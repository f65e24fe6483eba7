import {fork, spawn} from 'node:child_process';
import {once} from 'node:events';
import path from 'node:path';
import {type Run} from './run-pairs.js';
import {type Served} from './serve-files.js';

export type DownloadOptions = {
	readonly count: number;
	readonly connections: number;
};

/**
The service in a process of its own, from the first request to the last record in the manifest; start-up is not counted.
*/
export async function download(folder: string, served: Served, options: DownloadOptions): Promise<Run & {readonly peakBytes: number}> {
	const child = fork(path.join(import.meta.dirname, 'download-once.ts'), [JSON.stringify({home: folder, ...served, ...options})], {execArgv: ['--import', 'tsx']});
	let run: (Run & {readonly peakBytes: number}) | undefined;
	child.once('message', message => {
		run = message as Run & {peakBytes: number};
	});
	const [code] = await once(child, 'exit') as [number | undefined];
	if (run === undefined) {
		throw new Error(`The download failed: exit code ${code}.`);
	}

	return run;
}

/**
A line of shell, with its own time and that of everything it starts.
*/
export async function shell(script: string, parameters: readonly string[]): Promise<Run> {
	const begin = performance.now();
	const child = spawn('bash', ['-c', `TIMEFORMAT="%U %S"; set -e; time { ${script}; }`, 'bash', ...parameters], {stdio: ['ignore', 'ignore', 'pipe']});
	let errors = '';
	child.stderr.on('data', (text: Uint8Array) => {
		errors += new TextDecoder().decode(text);
	});
	const [code] = await once(child, 'close') as [number | undefined];
	if (code !== 0) {
		throw new Error(`The other side failed: ${errors}`);
	}

	const milliseconds = performance.now() - begin;
	const [user = 0, system = 0] = (errors.trim().split('\n').at(-1) ?? '').split(' ').map(Number);
	return {milliseconds, cpuMilliseconds: (user + system) * 1000};
}
