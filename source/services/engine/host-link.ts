import {type Duplex} from 'node:stream';
import * as z from 'zod/mini';
import {readEvents} from './event-reader.js';
import {protocolVersion} from './protocol-version.js';
import {
	type HostEvent,
	type HostFailure,
	type HostRequest,
} from './protocol.js';

export type HostProgress = Extract<HostEvent, {type: 'progress' | 'token'}>;

// The union stays a union without its ids.
type WithoutId<Request> = Request extends unknown ? Omit<Request, 'id'> : never;

/**
A job that the host itself reported as failed.
*/
export class HostFailureError extends Error {
	override readonly name = 'HostFailureError';
	readonly failure: HostFailure;

	constructor(failure: HostFailure) {
		super(failure.message);
		this.failure = failure;
	}
}

/**
The client's end of the line to a host.
*/
export type HostLink = {
	/**
	The host's process id as it knows it, once it has said hello.
	*/
	readonly hello: Promise<number>;
	/**
	Asks for a job; rejects with HostFailureError when the host reports a failure, or with what `close` was given.
	*/
	readonly request: <Result>(request: WithoutId<HostRequest>, options: RequestOptions<Result>) => HostJob<Result>;
	readonly shutdown: () => void;
	/**
	Rejects everything in flight.
	*/
	readonly close: (error: Error) => void;
};

export type RequestOptions<Result> = {
	readonly result: z.core.$ZodType<Result>;
	readonly onProgress?: (event: HostProgress) => void;
};

export type HostJob<Result> = {
	readonly result: Promise<Result>;
	/**
	Asks the host to end the job early; its result says how far it came.
	*/
	readonly abort: () => void;
};

const brokenProtocol = 'it broke the protocol';

type Pending = {
	readonly onProgress: ((event: HostProgress) => void) | undefined;
	/**
	Whether the result was what had been asked for.
	*/
	readonly resolve: (result: unknown) => boolean;
	readonly reject: (error: unknown) => void;
};

/**
Speaks the protocol over `stream`. `onViolation` is told when the host says something that a host of ours would not.
*/
export function createHostLink(stream: Duplex, {onViolation}: {readonly onViolation: (what: string) => void}): HostLink {
	const pending = new Map<number, Pending>();
	const hello = Promise.withResolvers<number>();
	let lastId = 0;
	let closed: Error | undefined;
	const write = (request: HostRequest) => {
		if (!closed) {
			stream.write(`${JSON.stringify(request)}\n`);
		}
	};

	const handle = (event: HostEvent) => {
		switch (event.type) {
			case 'hello': {
				if (event.version === protocolVersion) {
					hello.resolve(event.processId);
				} else {
					onViolation('it speaks another version of the protocol; install Remuda anew');
				}

				break;
			}

			case 'progress':
			case 'token': {
				pending.get(event.id)?.onProgress?.(event);
				break;
			}

			case 'done': {
				// With a wrong result the job stays in flight, to be rejected with the end of the host.
				if (pending.get(event.id)?.resolve(event.result) === false) {
					onViolation(brokenProtocol);
				} else {
					pending.delete(event.id);
				}

				break;
			}

			case 'failed': {
				pending.get(event.id)?.reject(new HostFailureError(event));
				pending.delete(event.id);
				break;
			}
		}
	};

	readEvents(stream, {
		onEvent: handle,
		onViolation() {
			onViolation(brokenProtocol);
		},
	});

	return {
		hello: hello.promise,
		request<Result>(request: WithoutId<HostRequest>, {result, onProgress}: RequestOptions<Result>) {
			lastId++;
			const id = lastId;
			const {promise, resolve, reject} = Promise.withResolvers<Result>();
			if (closed) {
				reject(closed);
			} else {
				pending.set(id, {
					onProgress,
					reject,
					resolve(value) {
						const {success, data} = z.safeParse(result, value);
						if (success) {
							resolve(data);
						}

						return success;
					},
				});
				write({...request, id});
			}

			return {
				result: promise,
				abort() {
					write({type: 'abort', id});
				},
			};
		},
		shutdown() {
			write({type: 'shutdown', id: 0});
		},
		close(error) {
			closed = error;
			hello.reject(error);
			for (const job of pending.values()) {
				job.reject(error);
			}

			pending.clear();
		},
	};
}
