/**
What a good connection to a file brings, by what the best one has brought of late.
*/
export type BestRate = {
	/**
	Bytes per second; 0 while not known.
	*/
	readonly current: () => number;
	/**
	To be told every 200 ms what each connection brings.
	*/
	readonly sample: (rates: readonly number[]) => void;
	/**
	A connection was relieved because of it: whoever takes over has to show that it is better, or connections to a slow server would relieve each other for ever.
	*/
	readonly spend: () => void;
};

// Half in about five seconds, because the line may have become slower for all.
const fading = 0.97;

export function createBestRate(): BestRate {
	let best = 0;
	return {
		current: () => best,
		sample(rates) {
			best = Math.max(best * fading, ...rates);
		},
		spend() {
			best = 0;
		},
	};
}
