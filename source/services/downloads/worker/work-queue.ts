import {type Socket} from 'node:net';
import {isSettled} from '../../../format/download-status.js';
import {type Downloads} from '../downloads.js';
import {type Environment} from '../../network/environment.js';
import {downloadIdOf} from '../queue/download-id.js';
import {carryOut} from './carry-out.js';
import {createConnection, type Connection} from './connection.js';
import {type Call, type EndReason} from './protocol.js';
import {createEventWriter, type WorkerLog} from './worker-log.js';

export type WorkQueueOptions = {
	/**
	Started.
	*/
	readonly downloads: Downloads;
	/**
	Folder of the models.
	*/
	readonly models: string;
	readonly log: WorkerLog;
	/**
	Milliseconds without anything to do after which it is over.
	*/
	readonly linger: number;
	/**
	Somebody asks for a download, with the variables that are its own.
	*/
	readonly onAsker: (id: string, environment: Environment) => void;
};

/**
The queue as clients share it, until there is nothing to do any more or `end` is called.
*/
export type Work = Disposable & {
	readonly connect: (socket: Socket) => void;
	readonly end: (reason: EndReason) => void;
	/**
	Why it has to end; the clients are still there.
	*/
	readonly over: Promise<EndReason>;
	/**
	Answers what was asked, and takes nothing more.
	*/
	readonly settle: () => Promise<void>;
	/**
	Tells the clients why it ends, and lets go of them.
	*/
	readonly disconnect: (reason: EndReason) => Promise<void>;
};

export function workQueue({downloads, models, log, linger, onAsker}: WorkQueueOptions): Work {
	const connections = new Set<Connection>();
	const {promise: over, resolve: end} = Promise.withResolvers<EndReason>();
	const writeEvents = createEventWriter(log);
	let pendingCalls = 0;
	let timer: NodeJS.Timeout | undefined;

	/**
	A paused download waits for a person, one that is pending for its time: that keeps the worker.
	*/
	function look(): void {
		const isBusy = pendingCalls > 0 || downloads.list().some(({status}) => !isSettled(status));
		if (isBusy) {
			clearTimeout(timer);
			timer = undefined;
		} else {
			timer ??= setTimeout(() => {
				end('idle');
			}, linger);
		}
	}

	async function answer(call: Call, environment: Environment) {
		pendingCalls++;
		look();
		try {
			if (call.method === 'add' || call.method === 'resume') {
				onAsker(call.method === 'add' ? downloadIdOf(call.request.modelId) : call.id, environment);
			}

			return await carryOut(downloads, call);
		} finally {
			pendingCalls--;
			look();
		}
	}

	writeEvents(downloads.list());
	const unsubscribe = downloads.subscribe(list => {
		writeEvents(list);
		for (const connection of connections) {
			connection.tell();
		}

		look();
	});
	look();

	return {
		end,
		over,
		connect(socket) {
			const connection = createConnection({
				socket,
				models,
				list: downloads.list,
				carryOut: answer,
				onRetire() {
					end('retired');
				},
			});
			connections.add(connection);
			socket.once('close', () => {
				connections.delete(connection);
			});
		},
		async settle() {
			await Promise.all([...connections].map(async connection => connection.settle()));
		},
		async disconnect(reason) {
			await Promise.all([...connections].map(async connection => connection.end(reason)));
		},
		[Symbol.dispose]() {
			unsubscribe();
			clearTimeout(timer);
		},
	};
}
