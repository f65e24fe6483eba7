import {setTimeout as wait} from 'node:timers/promises';
import {type RemudaError} from '../../../errors/remuda-error.js';
import {type Abortable} from '../../../types/abortable.js';
import {describeWait} from './lanes/lane-words.js';
import {type RetryPlan} from './retry.js';

/**
Waits for the time of a retry, and says once a second how long it still is and why.
*/
export async function countDown(plan: RetryPlan, error: RemudaError, {signal, onActivity}: Abortable & {readonly onActivity: (activity: string) => void}): Promise<void> {
	const {waitMilliseconds} = plan;
	const end = performance.now() + waitMilliseconds;
	// The first step is what is over whole seconds.
	let step = waitMilliseconds % 1000 === 0 ? 1000 : waitMilliseconds % 1000;
	for (let left = waitMilliseconds; left > 0; left = end - performance.now()) {
		onActivity(describeWait({...plan, error}, left));
		// eslint-disable-next-line no-await-in-loop -- one second after the other
		await wait(Math.min(left, step), undefined, {signal});
		step = 1000;
	}
}
