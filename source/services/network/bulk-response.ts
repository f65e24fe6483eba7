import {type HttpResponse} from './http.js';
import {type Reply} from './http1/connection.js';
import {toNetworkError} from './to-network-error.js';

// What may be left of a body that is thrown away, and for how many milliseconds it is waited for, so that its connection can be used again.
const discardedBytes = 65_536;
const discardTimeout = 1000;

/**
An answer on the way for large bodies, as every other is.
*/
export function toBulkResponse(url: URL, {head, drain, abandon}: Reply, signal: AbortSignal): HttpResponse {
	const toError = (error: unknown) => signal.aborted ? signal.reason as Error : toNetworkError(error, url);
	const drainAs: HttpResponse['drain'] = async take => drain(take, toError);
	return {
		url,
		status: head.status,
		headers: head.headers,
		body: iterate(drainAs, abandon),
		drain: drainAs,
		async discard() {
			const timer = setTimeout(abandon, discardTimeout);
			let bytes = 0;
			try {
				await drainAs(piece => {
					bytes += piece.length;
					if (bytes > discardedBytes) {
						abandon();
					}

					return undefined;
				});
			} catch {
				// It is thrown away in any case, also where another has begun to read it; the next request opens a connection of its own.
				abandon();
			} finally {
				clearTimeout(timer);
			}
		},
	};
}

/**
Copies of the pieces, because their memory is used again.
@yields One piece of the body.
*/
async function * iterate(drain: HttpResponse['drain'], abandon: () => void): AsyncGenerator<Uint8Array, void, void> {
	const {readable, writable} = new TransformStream<Uint8Array, Uint8Array>();
	void fill(writable.getWriter(), drain);
	try {
		yield * readable;
	} finally {
		// Where nobody reads on, nobody would notice before the server sends more.
		abandon();
	}
}

async function fill(pieces: WritableStreamDefaultWriter<Uint8Array>, drain: HttpResponse['drain']): Promise<void> {
	try {
		await drain(async piece => pieces.write(Uint8Array.from(piece)));
		await pieces.close();
	} catch (error) {
		// Nobody listens any more where that is why it failed.
		await pieces.abort(error).catch(() => undefined);
	}
}
