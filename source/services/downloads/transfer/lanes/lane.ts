import {setTimeout as wait} from 'node:timers/promises';
import {type RemudaError} from '../../../../errors/remuda-error.js';
import {type Abortable} from '../../../../types/abortable.js';
import {createRetries, type Retries, type RetryPlan} from '../retry.js';
import {type Timing} from '../../timing.js';
import {type LaneClaim} from './lane-claim.js';
import {largestChunk} from './plan-range.js';
import {createLaneRate} from './rate.js';

/**
What a lane asks of those it works for.
*/
export type LaneWork = {
	/**
	What it does next; undefined where there is nothing for it.
	*/
	readonly next: (lane: Lane) => LaneClaim | undefined;
	/**
	Brings the claim, or as much of it as it can: everything that came is in the file when this ends.
	*/
	readonly fetch: (claim: LaneClaim, lane: Lane, options: Abortable) => Promise<void>;
	/**
	What to do after a failure; undefined ends the lane.
	*/
	readonly answer: (lane: Lane, claim: LaneClaim, error: unknown) => LaneWait | undefined;
};

export type LaneWait = RetryPlan & {
	readonly error: RemudaError;
};

/**
One connection after the other, for one range after the other, until there is none left.
*/
export class Lane {
	readonly #timing: Timing;
	readonly #work: LaneWork;
	readonly #leaving = new AbortController();
	readonly #signal: AbortSignal;
	#retries: Retries;
	#isLeaving = false;
	#brought = 0;

	readonly rate = createLaneRate(performance.now());
	/**
	The range that it is at.
	*/
	claim: LaneClaim | undefined;
	/**
	Why it does nothing now, and until when (milliseconds of `performance.now()`).
	*/
	waiting: (LaneWait & {readonly until: number}) | undefined;

	constructor(work: LaneWork, {timing, signal}: Abortable & {readonly timing: Timing}) {
		this.#work = work;
		this.#timing = timing;
		this.#retries = createRetries(timing);
		this.#signal = AbortSignal.any([signal, this.#leaving.signal]);
	}

	async #attempt(claim: LaneClaim): Promise<LaneWait | undefined> {
		try {
			await this.#work.fetch(claim, this, {signal: this.#signal});
			return undefined;
		} catch (error) {
			// Before it is answered, so that the range is free for whoever comes first.
			this.claim = undefined;
			if (this.#isLeaving || this.#signal.aborted || claim.relief.aborted) {
				return undefined;
			}

			const pause = this.#work.answer(this, claim, error);
			if (pause === undefined) {
				this.#isLeaving = true;
			}

			return pause;
		} finally {
			this.claim = undefined;
		}
	}

	async #pause(pause: LaneWait): Promise<void> {
		this.waiting = {...pause, until: performance.now() + pause.waitMilliseconds};
		try {
			await wait(pause.waitMilliseconds, undefined, {signal: this.#signal});
		} catch {
			// The signal is looked at next.
		} finally {
			this.waiting = undefined;
			this.rate.restart(performance.now());
		}
	}

	/**
	Whether its connection brings bytes.
	*/
	get isReceiving(): boolean {
		return this.claim !== undefined && this.claim.received > 0;
	}

	get isLeaving(): boolean {
		return this.#isLeaving;
	}

	/**
	Whether something went wrong since it last brought bytes.
	*/
	get isInTrouble(): boolean {
		return this.waiting !== undefined || this.#retries.isInTrouble();
	}

	/**
	Failures since its last progress.
	*/
	get retries(): number {
		return this.#retries.count();
	}

	/**
	Counts bytes that came in. Only those that were not there already are progress: a server that begins at 0 again and always breaks off at the same place would have a download go on for ever.
	*/
	count(bytes: number, newBytes: number): void {
		this.rate.add(bytes);
		this.#brought += newBytes;
		this.#retries.progress(this.#brought);
	}

	nextRetry(error: RemudaError): RetryPlan | undefined {
		return this.#retries.next(error);
	}

	/**
	For one that goes on with another server, which has failed nobody yet.
	*/
	renewRetries(): void {
		this.#retries = createRetries(this.#timing);
		this.#brought = 0;
	}

	/**
	Lets it bring what it is at, or the next part of a long range, and end: what is under way would have to be sent again.
	*/
	retire(): void {
		this.#isLeaving = true;
		if (this.claim === undefined || !this.isReceiving) {
			this.#leaving.abort();
			return;
		}

		this.claim.shorten(Math.min(this.claim.end, this.claim.position + largestChunk));
	}

	/**
	Ends it as soon as what has come in is in the file.
	*/
	cut(): void {
		this.#isLeaving = true;
		this.#leaving.abort();
	}

	/**
	Works until there is nothing to do; its failures are answered by those it works for.
	*/
	async run(first: LaneClaim): Promise<void> {
		for (let claim: LaneClaim | undefined = first; claim !== undefined; claim = this.#isLeaving || this.#signal.aborted ? undefined : this.#work.next(this)) {
			this.claim = claim;
			// eslint-disable-next-line no-await-in-loop -- one range after the other
			const pause = await this.#attempt(claim);
			if (pause !== undefined) {
				// eslint-disable-next-line no-await-in-loop -- the same
				await this.#pause(pause);
			}
		}
	}
}
