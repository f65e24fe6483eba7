import {stalled} from './setbacks.js';

// A line this slow would take a month for a gigabyte.
const leastBytes = 4096;
// Timers may come a little early.
const tolerance = 2;

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
Watches one connection: each stretch of `milliseconds` has to bring at least 4 KiB. Time spent waiting for something else does not count, nor does time in which this process did not run.
*/
export function watchForStall(milliseconds: number, host: () => string): StallWatch {
	const controller = new AbortController();
	let received = 0;
	/**
	Milliseconds of the stretch that have counted.
	*/
	let counted = 0;
	let lookedAt = performance.now();
	let planned = milliseconds;
	let exemptions = 0;
	let exemptSince = 0;
	let exempted = 0;
	let immediate: NodeJS.Immediate | undefined;
	let timer = setTimeout(lookSoon, planned);

	// What has come in while the process was busy is handed over before.
	function lookSoon(): void {
		immediate = setImmediate(look);
	}

	function look(): void {
		const now = performance.now();
		const passed = Math.min(now - lookedAt, planned);
		counted += Math.max(0, passed - exempted - (exemptions > 0 ? now - exemptSince : 0));
		exempted = 0;
		exemptSince = now;
		lookedAt = now;
		if (counted < milliseconds - tolerance) {
			wait(milliseconds - counted);
		} else if (received < leastBytes) {
			controller.abort(stalled(host(), milliseconds));
		} else {
			received = 0;
			counted = 0;
			wait(milliseconds);
		}
	}

	function wait(time: number): void {
		planned = time;
		timer = setTimeout(lookSoon, time);
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
			clearImmediate(immediate);
		},
	};
}
