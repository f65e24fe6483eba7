import {type Readable} from 'node:stream';
import {countRead} from './young-buffers.js';

/**
Gives each piece of a stream to `take`, and waits where that gives a promise. Resolves at the end of the stream; rejects with its error as `toError` puts it, or with that of `take`, which ends the stream. Either way the last piece has been dealt with by then.
*/
export async function drainBody(body: Readable, take: (piece: Uint8Array) => Promise<void> | undefined, toError: (error: unknown) => Error): Promise<void> {
	// It may have broken off before anybody listened, and says nothing more then.
	if (body.destroyed) {
		throw toError(body.errored ?? prematureClose());
	}

	const {promise, resolve, reject} = Promise.withResolvers<void>();
	let dealing: Promise<void> | undefined;

	function stop(error: unknown): void {
		// First, or the end of the stream would be taken for the reason.
		reject(error);
		body.destroy();
	}

	async function deal(work: Promise<void>): Promise<void> {
		body.pause();
		try {
			await work;
			body.resume();
		} catch (error) {
			stop(error);
		}
	}

	async function succeed(): Promise<void> {
		// The end may be told while the last piece is still being dealt with, pause or not.
		await dealing;
		resolve();
	}

	async function fail(error: unknown): Promise<void> {
		await dealing;
		reject(toError(error));
	}

	body.on('data', (piece: Uint8Array) => {
		countRead(piece.length);
		try {
			const work = take(piece);
			dealing = work && deal(work);
		} catch (error) {
			stop(error);
		}
	});
	body.once('end', () => {
		void succeed();
	});
	body.once('error', error => {
		void fail(error);
	});
	body.once('close', () => {
		void fail(prematureClose());
	});
	await promise;
}

function prematureClose(): Error {
	return Object.assign(new Error('The body ended before its end.'), {code: 'ERR_STREAM_PREMATURE_CLOSE'});
}
