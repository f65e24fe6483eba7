import {RemudaError} from '../../../errors/remuda-error.js';
import {type Lease, type LeaseTiming} from './lease.js';
import {
	beatLeaseFile,
	didCreateLease,
	formatLease,
	parseLease,
	removeLeaseFile,
	type LeaseContent,
} from './lease-file.js';

export type KeepLeaseOptions = LeaseTiming & {
	readonly file: string;
	readonly content: LeaseContent;
	readonly now: () => number;
	/**
	Called once, when it is released or lost.
	*/
	readonly onEnd: () => void;
};

// Of several that took a dead lease over at the same moment, those that lost it again learn of it soon.
const firstBeatMs = 250;

/**
Renews a lease that was just taken, and notices when it is another's.
*/
export function keepLease({file, content, beat, silence, now, onEnd}: KeepLeaseOptions): Lease {
	const lost = new AbortController();
	let count = 0;
	let lastBeat = now();
	let isOver = false;
	let beating: Promise<void> = Promise.resolve();
	let timer = schedule(Math.min(beat, firstBeatMs));

	function schedule(delay: number): NodeJS.Timeout {
		return setTimeout(() => {
			beating = keepUp();
		}, delay).unref();
	}

	async function keepUp(): Promise<void> {
		if (await isKept()) {
			timer = isOver ? timer : schedule(beat);
			return;
		}

		end();
		lost.abort(new RemudaError('Another Remuda has taken this work over.', {
			code: 'lease_lost',
			hint: 'Look there for how it goes on.',
		}));
	}

	async function isKept(): Promise<boolean> {
		try {
			count++;
			const found = await beatLeaseFile(file, content, count);
			// Somebody has removed it by hand, or with its folder. As long as nobody else takes it, it is ours.
			const isOurs = found === 'beaten' || (found === 'missing' && await didCreateLease(file, formatLease(content, count)));
			lastBeat = now();
			return isOurs;
		} catch {
			// Without a beat others will take it for dead, so it has to count itself out before that.
			return now() - lastBeat < silence * 0.75;
		}
	}

	function end(): void {
		isOver = true;
		clearTimeout(timer);
		onEnd();
	}

	return {
		lost: lost.signal,
		async release() {
			if (isOver) {
				return;
			}

			end();
			await beating;
			await removeLeaseFile(file, text => parseLease(text)?.token === content.token);
		},
	};
}
