import {spawn, type ChildProcess} from 'node:child_process';
import {open, type FileHandle} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import {type Readable} from 'node:stream';
import {fileURLToPath} from 'node:url';
import * as z from 'zod/mini';
import {RemudaError} from '../../../errors/remuda-error.js';
import {sanitizeLine} from '../../../format/sanitize.js';
import {makeFolder} from '../../config/make-folder.js';
import {createLineReader} from '../../flow/line-reader.js';
import {type Environment} from '../../network/environment.js';
import {toError} from './errors-on-wire.js';
import {startReportSchema, type StartReport} from './start-report.js';
import {workerLogPath} from './worker-log.js';

/**
How the worker's program is started.
*/
export type WorkerProgram = {
	readonly program: string;
	readonly arguments: readonly string[];
};

export type StartWorkerOptions = {
	readonly home: string;
	readonly environment: Environment;
	readonly program?: WorkerProgram;
};

// From a slow disk, and on a busy machine.
const startLimitMs = 60_000;

/**
Starts a worker for a home, in a session of its own and tied to nothing of this process, and waits until it says how that went.
@throws RemudaError `worker_failed` when it does not come up; else the error that it reports.
*/
export async function startWorker({home, environment, program = locateWorkerProgram()}: StartWorkerOptions): Promise<Exclude<StartReport, {state: 'failed'}>> {
	const output = await openOutput(home);
	try {
		const report = await launch(program, {home, environment, output});
		if (report.state === 'failed') {
			throw toError(report.error);
		}

		return report;
	} finally {
		await output?.close();
	}
}

export function workerFailed(home: string, what: string, cause?: unknown): RemudaError {
	return new RemudaError(`The downloads worker ${what}.`, {
		code: 'worker_failed',
		hint: `What it said before is in ${sanitizeLine(workerLogPath(home))}.`,
		cause,
	});
}

/**
Where the worker's program is: beside this module. In the bundle that is `downloads-worker.js`; from source, which tests run, it is TypeScript and needs tsx.
*/
function locateWorkerProgram(): WorkerProgram {
	const here = fileURLToPath(import.meta.url);
	const directory = path.dirname(here);
	return {
		program: process.execPath,
		arguments: [
			// Little lives on here: a large young generation would only be more memory. Measured against 4 MiB, with the same limit for the thread that hashes: 30 MiB less, and no more work.
			'--max-semi-space-size=1',
			...(here.endsWith('.ts')
				? ['--import', import.meta.resolve('tsx'), path.join(directory, 'downloads-worker.ts')]
				: [path.join(directory, 'downloads-worker.js')]),
		],
	};
}

/**
The log, for what the worker's program says before it can write there itself, such as why it cannot be loaded.
*/
async function openOutput(home: string): Promise<FileHandle | undefined> {
	try {
		const file = workerLogPath(home);
		await makeFolder(path.dirname(file), {mode: 0o700});
		return await open(file, 'a', 0o600);
	} catch {
		// A full disk, or a home that cannot be written: the worker will say so.
		return undefined;
	}
}

async function launch(program: WorkerProgram, {home, environment, output}: {
	readonly home: string;
	readonly environment: Environment;
	readonly output: FileHandle | undefined;
}): Promise<StartReport> {
	const destination = output?.fd ?? 'ignore';
	let child: ChildProcess;
	try {
		child = spawn(program.program, program.arguments, {
			cwd: await existing(home),
			detached: true,
			windowsHide: true,
			// With one arena for all threads, glibc gives back what the buffers took: 28 MiB less at 64 connections.
			env: {MALLOC_ARENA_MAX: '1', ...environment, REMUDA_HOME: home},
			stdio: ['ignore', destination, destination, 'pipe'],
		});
	} catch (error) {
		throw workerFailed(home, 'could not be started', error);
	}

	child.unref();
	try {
		return await readReport(child, home);
	} finally {
		child.stdio[3]?.destroy();
	}
}

/**
The folder, or one above it where it could not be made.
*/
async function existing(folder: string): Promise<string> {
	try {
		await makeFolder(folder, {mode: 0o700});
		return folder;
	} catch {
		return path.parse(folder).root;
	}
}

async function readReport(child: ChildProcess, home: string): Promise<StartReport> {
	const {promise, resolve, reject} = Promise.withResolvers<StartReport>();
	const timer = setTimeout(() => {
		reject(workerFailed(home, 'did not come up within a minute'));
	}, startLimitMs);
	const pipe = child.stdio[3] as Readable | undefined;
	pipe?.on('error', () => undefined);
	pipe?.on('data', createLineReader({
		maximumLength: 65_536,
		onLine(line) {
			const report = parseReport(line);
			if (report !== undefined) {
				resolve(report);
			}
		},
		onOverflow() {
			reject(workerFailed(home, 'says what no worker says'));
		},
	}));
	child.once('error', error => {
		reject(workerFailed(home, 'could not be started', error));
	});
	// Not at the exit: what it said before may still be on its way.
	child.once('close', (code, signal) => {
		reject(workerFailed(home, `ended before it was ready (${signal ?? `exit code ${code ?? 'unknown'}`})`));
	});
	try {
		return await promise;
	} finally {
		clearTimeout(timer);
	}
}

function parseReport(line: string): StartReport | undefined {
	try {
		return z.safeParse(startReportSchema, JSON.parse(line)).data;
	} catch {
		return undefined;
	}
}
