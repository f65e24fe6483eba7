import {type Abortable} from '../../../types/abortable.js';
import {type TokenBucket} from './token-bucket.js';

export type Throttle = (bytes: number, options: Abortable) => Promise<void> | undefined;

/**
Counts bytes against several caps at once: the wait is that of the tightest. Cheap where none makes anyone wait.
*/
export function throttleBy(...buckets: readonly TokenBucket[]): Throttle {
	// eslint-disable-next-line @typescript-eslint/promise-function-async -- called for every piece that comes in, most of which wait for nothing
	return (bytes, options) => {
		// eslint-disable-next-line @typescript-eslint/promise-function-async -- the same
		const waits = buckets.map(bucket => bucket.take(bytes, options)).filter(wait => wait !== undefined);
		return waits.length === 0 ? undefined : all(waits);
	};
}

async function all(waits: ReadonlyArray<Promise<void>>): Promise<void> {
	await Promise.all(waits);
}
