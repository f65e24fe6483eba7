import {type Download} from '../../types/download.js';

/**
Milliseconds between two tellings of how far they are: more often nobody can read it, and each one draws the screen anew, which a key that is pressed meanwhile has to wait for.
*/
const interval = 333;

export type Telling = {
	readonly take: (downloads: readonly Download[]) => void;
	/**
	What was not told yet is not told any more.
	*/
	readonly stop: () => void;
};

/**
Passes the list of downloads on: at once where one of them came, went or is another now, and three times a second where they only went on. The last of a series is always told.
*/
export function createTelling(tell: (downloads: readonly Download[]) => void): Telling {
	let told: readonly Download[] = [];
	let newest = told;
	let timer: NodeJS.Timeout | undefined;

	const pass = () => {
		clearTimeout(timer);
		timer = setTimeout(() => {
			timer = undefined;
			if (newest !== told) {
				pass();
			}
		}, interval);
		told = newest;
		tell(newest);
	};

	return {
		take(downloads) {
			newest = downloads;
			if (timer === undefined || !isOnlyProgress(told, downloads)) {
				pass();
			}
		},
		stop() {
			clearTimeout(timer);
		},
	};
}

/**
Whether they differ only in how far they are.
*/
function isOnlyProgress(told: readonly Download[], downloads: readonly Download[]): boolean {
	return told.length === downloads.length && told.every((before, index) => {
		const after = downloads[index];
		return before === after || (after !== undefined && decided.every(field => before[field] === after[field]));
	});
}

const decided = ['id', 'status', 'priority', 'rateLimit', 'startAt', 'hours', 'error'] as const satisfies ReadonlyArray<keyof Download>;
