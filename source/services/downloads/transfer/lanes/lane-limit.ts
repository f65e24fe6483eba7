import {progressBytes} from '../retry.js';

/**
How many connections the servers bear, as far as they have shown it.
*/
export type LaneLimit = {
	/**
	Infinity while nobody refused one.
	*/
	readonly current: () => number;
	/**
	`lanes` are fine, one more was not: there are no more than that for a while, and at least for as long as was asked for.
	*/
	readonly lower: (lanes: number, options: {readonly now: number; readonly askedMilliseconds?: number; readonly fetched: number}) => void;
	/**
	Tries one more when the while is over. A download that did not come on meanwhile has no use for more.
	*/
	readonly relax: (now: number, fetched: number) => void;
};

export function createLaneLimit(whileMilliseconds: number): LaneLimit {
	let limit = Infinity;
	let until = 0;
	let fetchedBefore = 0;
	return {
		current: () => limit,
		lower(lanes, {now, askedMilliseconds = 0, fetched}) {
			limit = Math.max(1, Math.min(limit, lanes));
			until = Math.max(until, now + Math.max(whileMilliseconds, askedMilliseconds));
			fetchedBefore = fetched;
		},
		relax(now, fetched) {
			if (limit === Infinity || now < until || fetched - fetchedBefore < progressBytes) {
				return;
			}

			limit++;
			until = now + whileMilliseconds;
			fetchedBefore = fetched;
		},
	};
}
