import {RemudaError} from '../errors/remuda-error.js';
import {type Streams} from './command.js';

export type OutputWatch = {
	/**
	Aborted once stdout cannot be written.
	*/
	readonly signal: AbortSignal;
	/**
	Resolves when all that was written is out, or cannot be any more.
	*/
	readonly flush: () => Promise<void>;
	/**
	Whether nobody reads stdout any more, as in `remuda list | head -1`: no error, but no reason to go on either.
	*/
	readonly isReaderGone: () => boolean;
	/**
	Why stdout cannot be written, for example because its disk is full.
	*/
	readonly error: () => RemudaError | undefined;
};

/**
Notices when stdout takes nothing any more.
*/
export function watchOutput({stdout, stderr}: Pick<Streams, 'stdout' | 'stderr'>): OutputWatch {
	const controller = new AbortController();
	let failure: NodeJS.ErrnoException | undefined;
	const fail = (error: NodeJS.ErrnoException) => {
		failure ??= error;
		controller.abort();
	};

	stdout.on('error', fail);
	// What cannot be said on stderr cannot be said anywhere.
	stderr.on('error', () => undefined);

	const isReaderGone = () => failure?.code === 'EPIPE';
	return {
		signal: controller.signal,
		isReaderGone,
		async flush() {
			const {promise, resolve} = Promise.withResolvers<void>();
			stdout.write('', error => {
				if (error) {
					fail(error);
				}

				resolve();
			});
			await promise;
		},
		error() {
			return failure === undefined || isReaderGone()
				? undefined
				: new RemudaError(`The output could not be written: ${failure.message}`, {code: 'output_unwritable', cause: failure});
		},
	};
}
