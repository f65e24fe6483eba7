import {type Readable} from 'node:stream';

/**
Gives each piece of a stream to `take`, and waits where that gives a promise. Resolves at the end of the stream; rejects with its error, or with that of `take`, which ends the stream.
*/
export async function drainBody(body: Readable, take: (piece: Uint8Array) => Promise<void> | undefined, toError: (error: unknown) => unknown): Promise<void> {
	const {promise, resolve, reject} = Promise.withResolvers<void>();
	function stop(error: unknown): void {
		// First, or the end of the stream would be taken for the reason.
		reject(error);
		body.destroy();
	}

	async function resumeAfter(waiting: Promise<void>): Promise<void> {
		await waiting;
		body.resume();
	}

	body.on('data', (piece: Uint8Array) => {
		try {
			const waiting = take(piece);
			if (waiting !== undefined) {
				body.pause();
				resumeAfter(waiting).catch(stop);
			}
		} catch (error) {
			stop(error);
		}
	});
	body.once('end', resolve);
	body.once('error', error => {
		reject(toError(error));
	});
	body.once('close', () => {
		const error = Object.assign(new Error('The body ended before its end.'), {code: 'ERR_STREAM_PREMATURE_CLOSE'});
		reject(toError(error));
	});
	await promise;
}
