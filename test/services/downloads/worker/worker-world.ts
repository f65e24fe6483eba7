import process from 'node:process';
import {resolvePaths} from '../../../../source/services/config/resolve-paths.js';
import {type Downloads} from '../../../../source/services/downloads/downloads.js';
import {downloadRecordSchema} from '../../../../source/services/downloads/queue/download-record.js';
import {createDownloadsClient} from '../../../../source/services/downloads/worker/create-downloads-client.js';
import {runWorker} from '../../../../source/services/downloads/worker/run-worker.js';
import {type StartReport} from '../../../../source/services/downloads/worker/start-report.js';
import {type WorkerProgram} from '../../../../source/services/downloads/worker/start-worker.js';
import {type Environment} from '../../../../source/services/network/environment.js';
import {openStorage} from '../../../../source/services/storage/open-storage.js';
import {type HubFile} from '../../../helpers/hub/hub-file.js';
import {type HubOptions} from '../../../helpers/hub/start-hub.js';
import {endWorker} from '../../../helpers/workers.js';
import {startWorld, type World} from '../world.js';

export type Client = AsyncDisposable & {
	readonly downloads: Downloads;
};

export type ClientOptions = {
	/**
	Besides what every client of this world has.
	*/
	readonly environment?: Environment;
	readonly program?: WorkerProgram;
};

/**
A worker in the process of the test.
*/
export type WorkerHere = {
	readonly reports: readonly StartReport[];
	/**
	Resolves once it says that it is ready, or has ended.
	*/
	readonly ready: Promise<void>;
	readonly exitCode: Promise<number>;
};

/**
A hub and a home with clients, and the workers that they start; none is left at the end.
*/
export type WorkerWorld = World & {
	readonly environment: Environment;
	readonly client: (options?: ClientOptions) => Client;
	readonly workHere: (options?: {readonly linger?: number}) => WorkerHere;
};

export async function startWorkerWorld(files: Readonly<Record<string, HubFile>>, {home: place, ...options}: HubOptions & {
	/**
	Makes the home from the folder of this test.
	*/
	readonly home?: (folder: string) => string;
} = {}): Promise<WorkerWorld> {
	const world = await startWorld(files, options);
	const home = place?.(world.home) ?? world.home;
	const environment: Environment = {
		PATH: process.env.PATH,
		HOME: world.home,
		REMUDA_HOME: home,
		XDG_RUNTIME_DIR: world.home,
		HF_ENDPOINT: world.hub.url,
		HF_TOKEN_PATH: '/nowhere',
		no_proxy: '*',
	};
	const workers: WorkerHere[] = [];
	return {
		...world,
		home,
		environment,
		client: ({environment: own, program} = {}) => openClient({...environment, ...own}, program),
		workHere({linger = 2000} = {}) {
			const worker = workHere(environment, linger);
			workers.push(worker);
			return worker;
		},
		async [Symbol.asyncDispose]() {
			await endWorkers(home, workers);
			await world[Symbol.asyncDispose]();
		},
	};
}

async function endWorkers(home: string, workers: readonly WorkerHere[]): Promise<void> {
	if (workers.length > 0) {
		// One in this process ends by what its own signal would do.
		process.emit('SIGTERM');
		await Promise.all(workers.map(async ({exitCode}) => exitCode));
	}

	await endWorker(home);
}

function openClient(environment: Environment, program: WorkerProgram | undefined): Client {
	const paths = resolvePaths(environment);
	const storage = openStorage({path: paths.database});
	const downloads = createDownloadsClient({
		environment, paths, records: storage.records('downloads', downloadRecordSchema), ...(program !== undefined && {program}),
	});
	return {
		downloads,
		async [Symbol.asyncDispose]() {
			await downloads.close();
			await storage.close();
		},
	};
}

function workHere(environment: Environment, linger: number): WorkerHere {
	const reports: StartReport[] = [];
	const {promise: ready, resolve} = Promise.withResolvers<void>();
	const exitCode = runWorker({
		environment,
		linger,
		report(state) {
			reports.push(state);
			resolve();
		},
	});
	return {reports, ready, exitCode};
}
