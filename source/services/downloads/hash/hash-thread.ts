import {Worker} from 'node:worker_threads';
import {RemudaError} from '../../../errors/remuda-error.js';
import {type HashReply, type HashRequest} from './hash-messages.js';

/**
The thread that hashes, as the main thread sees it. It keeps the process alive only while an answer is waited for.
*/
export class HashThread {
	readonly #worker: Worker;
	readonly #calls = new Map<number, PromiseWithResolvers<HashReply>>();
	#lastCall = 0;
	#end: RemudaError | undefined;

	constructor() {
		// It makes next to nothing that has to be collected.
		this.#worker = new Worker(locateHashWorker(), {name: 'hash', execArgv: [], resourceLimits: {maxYoungGenerationSizeMb: 2}});
		this.#worker.on('message', (reply: HashReply) => {
			this.#settle(reply);
		});
		this.#worker.on('error', error => {
			this.#fail(hashingFailed(error));
		});
		this.#worker.on('exit', () => {
			this.#fail(hashingFailed());
		});
		// Last, because listening for messages counts as waiting for one.
		this.#worker.unref();
	}

	#settle(reply: HashReply): void {
		const call = this.#calls.get(reply.call);
		this.#calls.delete(reply.call);
		if (this.#calls.size === 0) {
			this.#worker.unref();
		}

		call?.resolve(reply);
	}

	#fail(error: RemudaError): void {
		this.#end ??= error;
		const calls = this.#calls.values().toArray();
		this.#calls.clear();
		for (const {reject} of calls) {
			reject(this.#end);
		}
	}

	/**
	Whether it ended, for whatever reason.
	*/
	get hasEnded(): boolean {
		return this.#end !== undefined;
	}

	post(request: HashRequest): void {
		if (!this.hasEnded) {
			this.#worker.postMessage(request);
		}
	}

	/**
	Asks for something that is answered.
	@throws RemudaError `hashing_failed` if the thread ends before it answers.
	*/
	async call(request: {readonly type: 'digest' | 'close'; readonly id: number}): Promise<HashReply> {
		if (this.#end !== undefined) {
			throw this.#end;
		}

		const call = Promise.withResolvers<HashReply>();
		this.#lastCall++;
		this.#calls.set(this.#lastCall, call);
		this.#worker.ref();
		this.post({...request, call: this.#lastCall});
		return call.promise;
	}

	async close(): Promise<void> {
		this.#fail(hashingFailed());
		await this.#worker.terminate();
	}
}

/**
Beside this module: TypeScript from source, a bundle of its own beside the others.
*/
function locateHashWorker(): URL {
	return new URL(import.meta.url.endsWith('.ts') ? 'hash-worker.ts' : 'hash-worker.js', import.meta.url);
}

function hashingFailed(cause?: unknown): RemudaError {
	return new RemudaError('The checksum could not be computed: the thread that does it ended.', {
		code: 'hashing_failed',
		hint: 'Check that memory is free, then resume the download.',
		cause,
	});
}
