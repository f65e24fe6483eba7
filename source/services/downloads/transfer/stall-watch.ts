import {stalled} from './setbacks.js';

// A line this slow would take a month for a gigabyte.
const leastBytes = 4096;
// More than this of a stretch spent elsewhere, and it says nothing about the server.
const forgivenShare = 0.25;
// A stretch that took longer: the machine was asleep or busy, and what came meanwhile has not been looked at yet.
const latestJudgement = 1.5;

export type StallWatch = {
	/**
	Aborts, with the error as its reason, when too little has come in for too long.
	*/
	readonly signal: AbortSignal;
	readonly add: (bytes: number) => void;
	/**
	Waits for the disk, or for a cap on the rate, which is not the server's fault however long it takes.
	*/
	readonly exempt: (work: Promise<void>) => Promise<void>;
	readonly stop: () => void;
};

/**
Watches one connection: each stretch of `milliseconds` has to bring at least 4 KiB, unless a good part of it was spent waiting for something else, or this process did not run.
*/
export function watchForStall(milliseconds: number, host: () => string): StallWatch {
	const controller = new AbortController();
	let received = 0;
	let begin = performance.now();
	let exemptions = 0;
	let exemptSince = 0;
	let exempted = 0;
	let timer = setTimeout(judge, milliseconds);

	function judge(): void {
		const now = performance.now();
		const isCouldReceive = exemptions === 0 && exempted < milliseconds * forgivenShare && now - begin < milliseconds * latestJudgement;
		if (received < leastBytes && isCouldReceive) {
			controller.abort(stalled(host(), milliseconds));
			return;
		}

		received = 0;
		exempted = 0;
		exemptSince = now;
		begin = now;
		timer = setTimeout(judge, milliseconds);
	}

	return {
		signal: controller.signal,
		add(bytes) {
			received += bytes;
		},
		async exempt(work) {
			if (exemptions === 0) {
				exemptSince = performance.now();
			}

			exemptions++;
			try {
				await work;
			} finally {
				exemptions--;
				if (exemptions === 0) {
					exempted += performance.now() - exemptSince;
				}
			}
		},
		stop() {
			clearTimeout(timer);
		},
	};
}
