import {stalled} from './setbacks.js';

// A line this slow would take a month for a gigabyte.
const leastBytes = 4096;

export type StallWatch = {
	/**
	Aborts, with the error as its reason, when too little has come in for too long.
	*/
	readonly signal: AbortSignal;
	readonly add: (bytes: number) => void;
	/**
	Waits for the disk, which is not the server's fault however long it takes.
	*/
	readonly exempt: (work: Promise<void>) => Promise<void>;
	readonly stop: () => void;
};

/**
Watches one connection: each stretch of `milliseconds` has to bring at least 4 KiB.
*/
export function watchForStall(milliseconds: number, host: () => string): StallWatch {
	const controller = new AbortController();
	let received = 0;
	let exemptions = 0;
	const timer = setInterval(() => {
		if (received < leastBytes && exemptions === 0) {
			controller.abort(stalled(host(), milliseconds));
		}

		received = 0;
	}, milliseconds);
	return {
		signal: controller.signal,
		add(bytes) {
			received += bytes;
		},
		async exempt(work) {
			exemptions++;
			try {
				await work;
			} finally {
				exemptions--;
				// The stretch that it ended in is not held against the server either.
				received += leastBytes;
			}
		},
		stop() {
			clearInterval(timer);
		},
	};
}
