import {type Socket} from 'node:net';
import * as z from 'zod/mini';
import {toErrorReport} from '../../../errors/to-error-report.js';
import {type Download} from '../../../types/download.js';
import {createLineReader} from '../../flow/line-reader.js';
import {type Environment} from '../../network/environment.js';
import {describeDifference, toLine} from './difference.js';
import {
	clientMessageSchema,
	maximumCallLength,
	protocolVersion,
	type Answer,
	type Call,
	type ClientMessage,
	type EndReason,
} from './protocol.js';

export type ConnectionOptions = {
	readonly socket: Socket;
	/**
	Folder that is downloaded to.
	*/
	readonly models: string;
	readonly list: () => readonly Download[];
	/**
	Does what a client asks for, with the variables that are its own.
	*/
	readonly carryOut: (call: Call, environment: Environment) => Promise<Answer>;
	/**
	Somebody wants a worker of another version, or for another folder.
	*/
	readonly onRetire: () => void;
};

/**
One client of the worker, as the worker sees it.
*/
export type Connection = {
	/**
	The list may be another now; it is told as soon as the client can take it.
	*/
	readonly tell: () => void;
	/**
	Reads nothing more, and resolves once all it has read is answered.
	*/
	readonly settle: () => Promise<void>;
	/**
	Tells the last of it and why it ends, and closes.
	*/
	readonly end: (reason: EndReason) => Promise<void>;
};

const shortestGapMs = 100;
const helloLimitMs = 10_000;
const endLimitMs = 1000;
// More are read once some of them are answered.
const maximumPending = 32;

export function createConnection({socket, models, list, carryOut, onRetire}: ConnectionOptions): Connection {
	let told: readonly Download[] | undefined;
	let toldAt = -Infinity;
	let isGreeted = false;
	let isBlocked = false;
	let environment: Environment = {};
	let timer: NodeJS.Timeout | undefined;
	const pending = new Set<Promise<void>>();
	const greeting = setTimeout(() => {
		socket.destroy();
	}, helloLimitMs).unref();

	function write(text: string): void {
		isBlocked = !socket.write(text);
		keepPace();
	}

	/**
	A client that takes nothing is not listened to either: what it is told next is only put together then.
	*/
	function keepPace(): void {
		if (isBlocked || pending.size >= maximumPending) {
			socket.pause();
		} else {
			socket.resume();
		}
	}

	function tellNow(): void {
		clearTimeout(timer);
		timer = undefined;
		if (!isGreeted || socket.destroyed) {
			return;
		}

		const downloads = list();
		const lines = describeDifference(told, downloads);
		told = downloads;
		toldAt = performance.now();
		if (lines.length > 0) {
			write(lines.join(''));
		}
	}

	function tell(): void {
		if (isGreeted && !isBlocked) {
			timer ??= setTimeout(tellNow, Math.max(0, toldAt + shortestGapMs - performance.now()));
		}
	}

	async function answer(reference: number, call: Call): Promise<void> {
		let found: Answer;
		try {
			found = await carryOut(call, environment);
		} catch (error) {
			found = {error: toErrorReport(error)};
		}

		// Who hears the answer has heard what came of it.
		tellNow();
		write(toLine({type: 'answer', reference, ...found}));
	}

	function take(message: ClientMessage | undefined): void {
		if (message?.type === 'hello') {
			clearTimeout(greeting);
			write(toLine({type: 'hello', protocol: protocolVersion, models}));
			({environment = {}} = message);
			isGreeted = message.protocol === protocolVersion;
			tellNow();
		} else if (message?.type === 'retire') {
			onRetire();
		} else if (message?.type === 'call' && isGreeted) {
			const answering = answer(message.reference, message.call);
			pending.add(answering);
			keepPace();
			void answering.finally(() => {
				pending.delete(answering);
				keepPace();
			});
		} else {
			socket.destroy();
		}
	}

	const read = createLineReader({
		maximumLength: maximumCallLength,
		onLine(line) {
			if (!socket.destroyed) {
				take(parseMessage(line));
			}
		},
		onOverflow() {
			socket.destroy();
		},
	});
	socket.on('data', read);
	socket.on('drain', () => {
		isBlocked = false;
		tellNow();
		keepPace();
	});
	// It may go at any time, and its end says all.
	socket.on('error', () => undefined);
	socket.once('close', () => {
		clearTimeout(greeting);
		clearTimeout(timer);
	});

	return {
		tell,
		async settle() {
			socket.off('data', read);
			await Promise.all(pending);
		},
		async end(reason) {
			tellNow();
			const {promise: closed, resolve} = Promise.withResolvers<void>();
			if (socket.destroyed) {
				resolve();
			}

			socket.once('close', () => {
				resolve();
			});
			socket.end(toLine({type: 'bye', reason}));
			// Whatever still comes is not for this worker.
			socket.resume();
			const limit = setTimeout(() => {
				socket.destroy();
			}, endLimitMs);
			await closed;
			clearTimeout(limit);
		},
	};
}

function parseMessage(line: string): ClientMessage | undefined {
	try {
		return z.safeParse(clientMessageSchema, JSON.parse(line)).data;
	} catch {
		return undefined;
	}
}
