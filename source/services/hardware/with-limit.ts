import {type Abortable} from '../../types/abortable.js';
import {sanitizeLine} from '../../format/sanitize.js';

/**
No probe may take longer.
*/
export const probeLimitMs = 2000;

/**
What a probe found, or why it found nothing, as a sentence.
*/
export type Finding<Value> = {
	readonly value?: Value;
	readonly warning?: string;
};

/**
Waits for a probe no longer than 2 s. A failure or a delay becomes a warning that begins with `what`; the probe itself must see to its own end.
*/
export async function withLimit<Value>(what: string, probe: () => Promise<Value>, limitMs: number = probeLimitMs): Promise<Finding<Value>> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<Finding<Value>>(resolve => {
		timer = setTimeout(() => {
			resolve({warning: `${what}: no answer within ${limitMs / 1000} s.`});
		}, limitMs);
	});
	try {
		return await Promise.race([probe().then(value => ({value})), late]);
	} catch (error) {
		return {warning: `${what}: ${sanitizeLine(error instanceof Error ? error.message : String(error)).slice(0, 200)}`};
	} finally {
		clearTimeout(timer);
	}
}

/**
The promise's result, or the signal's reason as soon as that is aborted. The work goes on, for others may wait for it too.
*/
export async function untilAborted<Value>(promise: Promise<Value>, {signal}: Abortable): Promise<Value> {
	signal.throwIfAborted();
	const {promise: aborted, reject} = Promise.withResolvers<never>();
	const onAbort = () => {
		reject(signal.reason as Error);
	};

	signal.addEventListener('abort', onAbort);
	try {
		return await Promise.race([promise, aborted]);
	} finally {
		signal.removeEventListener('abort', onAbort);
	}
}
