export type Ticker = {
	/**
	Ticks in so many milliseconds, if it would not sooner.
	*/
	readonly tickIn: (milliseconds: number) => void;
	readonly stop: () => void;
};

/**
Ticks when it is told to, one tick at a time.
*/
export function createTicker(tick: () => void): Ticker {
	let timer: NodeJS.Timeout | undefined;
	let dueAt = Infinity;

	function stop(): void {
		clearTimeout(timer);
		dueAt = Infinity;
	}

	return {
		tickIn(milliseconds) {
			const moment = performance.now() + milliseconds;
			if (moment >= dueAt) {
				return;
			}

			stop();
			dueAt = moment;
			timer = setTimeout(() => {
				dueAt = Infinity;
				tick();
			}, milliseconds);
		},
		stop,
	};
}
