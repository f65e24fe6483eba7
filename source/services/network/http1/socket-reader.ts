import {Buffer} from 'node:buffer';
import {type Socket} from 'node:net';
import {cutOff} from './cut-off.js';
import {openSocket, type SocketOptions} from './open-socket.js';

/**
Whom the bytes of a connection are for.
*/
export type Receiver = {
	/**
	Takes what came in, a view of memory that is used again. Undefined if it is done with it; otherwise what is left of it, which may be nothing: its memory is left alone then, and nothing more comes, until `resume`, which begins with what is left. What it throws ends the connection.
	*/
	readonly receive: (bytes: Uint8Array) => Uint8Array | undefined;
	/**
	The connection is over, and nothing more comes: because the peer ended it in order, if there is no error, and all that it sent has been received.
	*/
	readonly end: (error: Error | undefined) => void;
};

export type SocketReaderOptions = SocketOptions & {
	readonly receiver: Receiver;
	/**
	The socket is closed; its receiver may still have to be handed what came before.
	*/
	readonly onClose: () => void;
};

// Twice as much saves no work, and there may be 64 connections. TLS hands over one record at most, which has 16 KiB (RFC 8446, 5.1).
const plainBytes = 65_536;
const recordBytes = 16_384;

/**
Reads a socket into the same memory again and again, which saves an allocation and a copy of everything, and stops where its receiver asks for it.

Node writes into the buffer that it was given last, calls `callback`, and then asks for the next buffer. Where `callback` returns false, a plain socket reads no more. TLS reads no more from the network either, but goes on with what it has read from it so far, which is a few records. So no byte is overwritten or lost, because

- the buffer that is lent to the receiver is taken away from Node at the moment when reading stops, before Node writes again, and given back only where the reading stops the next time, when the other one is lent;
- what comes while reading is stopped is copied at once, and handed on in its order before anything else is read.
*/
export class SocketReader {
	readonly #socket: Socket;
	#receiver: Receiver;
	/**
	What Node writes into next, and what may be lent to the receiver meanwhile.
	*/
	#memory: Uint8Array;
	#lent: Uint8Array;
	/**
	While reading is stopped, what is to be handed on first.
	*/
	#waiting: Uint8Array[] | undefined;
	#error: Error | undefined;
	#isCut = false;
	#isEndedByPeer = false;
	#isClosed = false;

	constructor(url: URL, {receiver, onClose, ...options}: SocketReaderOptions) {
		const size = url.protocol === 'https:' ? recordBytes : plainBytes;
		this.#receiver = receiver;
		this.#memory = Buffer.allocUnsafeSlow(size);
		this.#lent = Buffer.allocUnsafeSlow(size);
		this.#socket = openSocket(url, options, {
			buffer: () => this.#memory,
			callback: (length, buffer) => this.#read(buffer.subarray(0, length)),
		});
		this.#socket.on('error', error => {
			this.#error ??= error;
		});
		this.#socket.once('end', () => {
			this.#isEndedByPeer = true;
		});
		this.#socket.once('close', () => {
			this.#isClosed = true;
			onClose();
			if (this.#waiting === undefined) {
				this.#tellEnd();
			}
		});
	}

	#read(bytes: Uint8Array): boolean {
		if (this.#waiting !== undefined) {
			this.#waiting.push(Uint8Array.from(bytes));
			return false;
		}

		const rest = this.#handOn(bytes);
		if (rest === undefined) {
			return true;
		}

		this.#waiting = [rest];
		const free = this.#lent;
		this.#lent = this.#memory;
		this.#memory = free;
		return false;
	}

	#handOn(bytes: Uint8Array): Uint8Array | undefined {
		if (this.#isCut) {
			return undefined;
		}

		try {
			return this.#receiver.receive(bytes);
		} catch (error) {
			this.destroy(error as Error);
			return undefined;
		}
	}

	#tellEnd(): void {
		this.#receiver.end(this.#error ?? (this.#isEndedByPeer ? undefined : cutOff()));
	}

	/**
	Whether it was ended from this side. What came in before is not handed on any more, where it is if the peer ended it.
	*/
	get isCut(): boolean {
		return this.#isCut;
	}

	/**
	Whether nothing can be sent any more, by whichever side.
	*/
	get isClosed(): boolean {
		return this.#isClosed || this.#isEndedByPeer || this.#socket.destroyed;
	}

	/**
	Why it broke, or was ended from this side.
	*/
	get error(): Error | undefined {
		return this.#error;
	}

	/**
	From now on, what comes in is for this one.
	*/
	handTo(receiver: Receiver): void {
		this.#receiver = receiver;
	}

	/**
	Calls back once requests can be sent.
	*/
	onceConnected(callback: () => void): void {
		this.#socket.once('encrypted' in this.#socket ? 'secureConnect' : 'connect', callback);
	}

	/**
	Sends a text in latin1.
	*/
	write(text: string): void {
		this.#socket.write(text, 'latin1');
	}

	/**
	Goes on where the receiver had it stopped.
	*/
	resume(): void {
		const waiting = this.#waiting ?? [];
		while (!this.#isCut && waiting.length > 0) {
			const rest = this.#handOn(waiting[0]!);
			if (rest !== undefined) {
				waiting[0] = rest;
				return;
			}

			waiting.shift();
		}

		this.#waiting = undefined;
		if (this.#isCut) {
			return;
		}

		if (this.#isClosed) {
			this.#tellEnd();
		} else {
			this.#socket.resume();
		}
	}

	/**
	Ends it from this side.
	*/
	destroy(error: Error = cutOff()): void {
		if (this.#isCut) {
			return;
		}

		this.#isCut = true;
		this.#error ??= error;
		const wasStopped = this.#waiting !== undefined;
		this.#waiting = undefined;
		this.#socket.destroy();
		// The end of the socket has been heard of, but not told.
		if (this.#isClosed && wasStopped) {
			this.#tellEnd();
		}
	}

	/**
	Whether the connection keeps the process running.
	*/
	keepProcess(isKept: boolean): void {
		if (isKept) {
			this.#socket.ref();
		} else {
			this.#socket.unref();
		}
	}
}
