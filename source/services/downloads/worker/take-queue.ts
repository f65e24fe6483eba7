import {setTimeout as delay} from 'node:timers/promises';
import {
	readLeaseHolder,
	takeLease,
	type Lease,
	type LeaseOptions,
} from '../lease/lease.js';

/**
The lease of the queue of a home.
*/
export const queueLease: LeaseOptions = {name: 'downloads.lease.json'};

const pauseMs = 1000;

/**
Takes the queue of a home for this process. Undefined while another process of this system has it. Of an owner that cannot be looked at it waits to hear, and takes the queue over once that has been silent for long enough.
*/
export async function takeQueue(home: string, onElsewhere: (host: string) => void, options: LeaseOptions = queueLease): Promise<Lease | undefined> {
	for (let first: number | undefined; ;) {
		// eslint-disable-next-line no-await-in-loop -- until it is clear who has it
		const lease = await takeLease(home, options);
		// eslint-disable-next-line no-await-in-loop -- the same
		const holder = lease === undefined ? await readLeaseHolder(home, options) : undefined;
		if (lease !== undefined || holder?.isNeighbour === true) {
			return lease;
		}

		if (holder === undefined) {
			// Just released, or just being written.
			// eslint-disable-next-line no-await-in-loop -- the same
			await delay(pauseMs / 10);
			continue;
		}

		if (first === undefined) {
			first = holder.beat;
			onElsewhere(holder.host);
		} else if (first !== holder.beat) {
			return undefined;
		}

		// eslint-disable-next-line no-await-in-loop -- the same
		await delay(pauseMs);
	}
}
