// The thread that hashes. From source it runs by Node's own stripping of types, so it imports nothing but Node's modules, and types.
import {Buffer} from 'node:buffer';
import {createHash} from 'node:crypto';
import {closeSync, openSync, readSync} from 'node:fs';
import {parentPort} from 'node:worker_threads';
import type {HashFailure, HashReply, HashRequest} from './hash-messages.js';

// Of the size that stays in the cache of a processor between reading and hashing.
const pieceBytes = 262_144;
// What a file gets hashed before it is the turn of the next.
const turnBytes = 1_048_576;
// For less than this it is not worth being woken: a digest that is asked for wakes anyway. Followed files know the same.
const wakeBytes = 4_194_304;
// Slots of the shared array: bytes there from the start of the file, bytes hashed, and 1 while this thread waits to be woken for more.
const [availableSlot, positionSlot, waitingSlot] = [0, 1, 2];
// One for all files: what is hashed right after it was read is in the cache of the processor still.
const buffer = Buffer.allocUnsafeSlow(pieceBytes);

class FollowedFile {
	readonly #path: string;
	readonly #progress: BigInt64Array<SharedArrayBuffer>;
	readonly #sha256 = createHash('sha256');
	readonly #gitSha1;
	#descriptor: number | undefined;
	#position = 0;
	#failure: HashFailure | undefined;
	readonly #calls: number[] = [];

	constructor({path, gitSize, progress}: HashRequest & {readonly type: 'follow'}) {
		this.#path = path;
		this.#progress = progress;
		this.#gitSha1 = gitSize === undefined ? undefined : createHash('sha1').update(`blob ${gitSize}\0`);
	}

	#hashUpTo(end: number): void {
		this.#descriptor ??= openSync(this.#path, 'r');
		while (this.#position < end) {
			const bytesRead = readSync(this.#descriptor, buffer, 0, Math.min(pieceBytes, end - this.#position), this.#position);
			if (bytesRead === 0) {
				this.#failure = {isShort: true, message: 'The file is shorter than it was said to be.'};
				return;
			}

			const piece = buffer.subarray(0, bytesRead);
			this.#sha256.update(piece);
			this.#gitSha1?.update(piece);
			this.#position += bytesRead;
		}

		Atomics.store(this.#progress, positionSlot, BigInt(this.#position));
	}

	#answer(): void {
		for (const call of this.#calls.splice(0)) {
			reply(this.#failure === undefined
				? {call, sha256: this.#sha256.copy().digest('hex'), ...(this.#gitSha1 !== undefined && {gitSha1: this.#gitSha1.copy().digest('hex')})}
				: {call, failure: this.#failure});
		}
	}

	/**
	Bytes that are there and not hashed.
	*/
	get #left(): number {
		return this.#failure === undefined ? Number(Atomics.load(this.#progress, availableSlot)) - this.#position : 0;
	}

	/**
	Takes a turn; false once there is nothing left to do before the next request.
	*/
	advance(): boolean {
		if (this.#left > 0) {
			try {
				this.#hashUpTo(this.#position + Math.min(this.#left, turnBytes));
			} catch (error) {
				this.#failure = toFailure(error);
			}
		}

		if (this.#left > 0) {
			return true;
		}

		this.#answer();
		// Only after a look at what came in between may it be relied on to be woken.
		Atomics.store(this.#progress, waitingSlot, 1n);
		return this.#left >= wakeBytes;
	}

	/**
	Answers with the digests once all that is there is hashed.
	*/
	digest(call: number): void {
		this.#calls.push(call);
	}

	close(): void {
		this.#failure ??= {isShort: false, message: 'The hash was closed.'};
		this.#answer();
		if (this.#descriptor !== undefined) {
			closeSync(this.#descriptor);
		}
	}
}

const files = new Map<number, FollowedFile>();
let isScheduled = false;

function toFailure(error: unknown): HashFailure {
	const {message, code, syscall} = error as NodeJS.ErrnoException;
	return {
		isShort: false, message, ...(code !== undefined && {code}), ...(syscall !== undefined && {syscall}),
	};
}

function reply(message: HashReply): void {
	parentPort?.postMessage(message);
}

/**
A turn for each file; between the rounds the requests are heard.
*/
function schedule(): void {
	if (isScheduled) {
		return;
	}

	isScheduled = true;
	setImmediate(() => {
		isScheduled = false;
		let isMore = false;
		for (const file of files.values()) {
			isMore = file.advance() || isMore;
		}

		if (isMore) {
			schedule();
		}
	});
}

parentPort?.on('message', (request: HashRequest) => {
	switch (request.type) {
		case 'follow': {
			files.set(request.id, new FollowedFile(request));
			break;
		}

		case 'wake': {
			break;
		}

		case 'digest': {
			files.get(request.id)?.digest(request.call);
			break;
		}

		case 'close': {
			files.get(request.id)?.close();
			files.delete(request.id);
			reply({call: request.call});
			break;
		}
	}

	schedule();
});
