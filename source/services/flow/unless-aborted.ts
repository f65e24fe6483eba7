import {type Abortable} from '../../types/abortable.js';

/**
What some work resolves with, unless the signal aborts before; the work goes on alone then, and its failure is nobody's any more.
*/
export async function unlessAborted<Result>(work: Promise<Result>, {signal}: Abortable): Promise<Result> {
	const {promise: aborted, reject} = Promise.withResolvers<never>();
	const abort = () => {
		reject(signal.reason as Error);
	};

	signal.addEventListener('abort', abort);
	try {
		if (signal.aborted) {
			abort();
		}

		return await Promise.race([work, aborted]);
	} finally {
		signal.removeEventListener('abort', abort);
	}
}
