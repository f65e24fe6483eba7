import process from 'node:process';
import {toErrorReport} from '../../../errors/to-error-report.js';
import {makeFolder} from '../../config/make-folder.js';
import {resolvePaths} from '../../config/resolve-paths.js';
import {toHomeError} from '../../config/to-home-error.js';
import {type Environment} from '../../network/environment.js';
import {type Lease} from '../lease/lease.js';
import {openQueue} from './open-queue.js';
import {type EndReason} from './protocol.js';
import {listenForClients} from './server.js';
import {type StartReport} from './start-report.js';
import {takeQueue} from './take-queue.js';
import {watchHome} from './watch-home.js';
import {workQueue} from './work-queue.js';
import {openWorkerLog} from './worker-log.js';

export type WorkerOptions = {
	readonly environment: Environment;
	/**
	Says how the start went.
	*/
	readonly report: (report: StartReport) => void;
	/**
	Milliseconds it stays when there is nothing to do.
	*/
	readonly linger?: number;
};

const lingerMs = 2500;
const lookMs = 1000;
const endLimitMs = 20_000;

const lastWords: Readonly<Record<EndReason, string>> = {
	idle: 'ends: nothing is left to do',
	terminated: 'ends, as a signal asks: what is not done stays in the queue',
	retired: 'ends, for a worker of another Remuda: what is not done stays in the queue',
	lost: 'ends: the home is gone, or another one works its queue',
};

/**
Works the queue of a home until there is nothing to do, unless another worker has it.
@returns The exit code.
*/
export async function runWorker({environment, report, linger = lingerMs}: WorkerOptions): Promise<number> {
	const {home} = resolvePaths(environment);
	const log = openWorkerLog(home);
	const tell = (text: string) => {
		log.write(`worker ${process.pid} ${text}`);
	};

	try {
		const lease = await takeHome(home, report);
		if (lease === undefined) {
			report({state: 'held'});
			return 0;
		}

		try {
			const begin = () => {
				tell('begins');
				report({state: 'ready'});
			};

			tell(lastWords[await work({
				environment, lost: lease.lost, log, linger, begin,
			})]);
		} finally {
			await lease.release();
		}

		return 0;
	} catch (error) {
		const {code, message, ...rest} = toErrorReport(error);
		tell(`failed: ${message} (${code})`);
		report({state: 'failed', error: {code, message, ...rest}});
		return 1;
	}
}

async function takeHome(home: string, report: WorkerOptions['report']): Promise<Lease | undefined> {
	try {
		await makeFolder(home, {mode: 0o700});
		return await takeQueue(home, host => {
			report({state: 'elsewhere', host});
		});
	} catch (error) {
		throw toHomeError(error, home);
	}
}

async function work({environment, lost, log, linger, begin}: {
	readonly environment: Environment;
	readonly lost: AbortSignal;
	readonly log: ReturnType<typeof openWorkerLog>;
	readonly linger: number;
	readonly begin: () => void;
}): Promise<EndReason> {
	await using queue = await openQueue(environment);
	const {paths: {home, models}, downloads, onAsker} = queue;
	await downloads.start();
	using clients = workQueue({
		downloads, models, log, linger, onAsker,
	});
	using server = await listenForClients({home, environment, onConnection: clients.connect});
	using _watch = await watchHome(home, {
		every: lookMs,
		onTick: server.keepListening,
		onFailure(error) {
			log.write(`worker ${process.pid} cannot be reached by new clients: ${toErrorReport(error).message}`);
		},
		onGone() {
			clients.end('lost');
		},
	});
	using _signals = watchForEnd(lost, clients.end);
	begin();
	const reason = await clients.over;
	using _limit = limitEnd();
	server.close();
	await clients.settle();
	if (reason !== 'lost') {
		await downloads.close();
	}

	await clients.disconnect(reason);
	return reason;
}

/**
A disk that does not answer keeps nobody else from the queue for long.
*/
function limitEnd(): Disposable {
	const timer = setTimeout(() => {
		process.kill(process.pid, 'SIGKILL');
	}, endLimitMs);
	return {
		[Symbol.dispose]() {
			clearTimeout(timer);
		},
	};
}

/**
Ends the work by a signal, or by the loss of the queue. A second signal ends the process at once.
*/
function watchForEnd(lost: AbortSignal, end: (reason: EndReason) => void): Disposable {
	const handleSignal = () => {
		end('terminated');
	};

	const handleLoss = () => {
		end('lost');
	};

	process.once('SIGTERM', handleSignal);
	process.once('SIGINT', handleSignal);
	lost.addEventListener('abort', handleLoss);
	if (lost.aborted) {
		handleLoss();
	}

	return {
		[Symbol.dispose]() {
			process.off('SIGTERM', handleSignal);
			process.off('SIGINT', handleSignal);
			lost.removeEventListener('abort', handleLoss);
		},
	};
}
