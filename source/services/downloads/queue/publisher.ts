import {type Download} from '../../../types/download.js';

export type Publisher = {
	readonly list: () => readonly Download[];
	readonly subscribe: (listener: (downloads: readonly Download[]) => void) => () => void;
	/**
	Something is different. Progress may wait for a moment, so that listeners hear of it at most 10 times a second; a change of status must not.
	*/
	readonly changed: (kind: 'progress' | 'status') => void;
	readonly close: () => void;
};

const shortestGap = 100;

/**
Tells listeners of the queue. Between two tellings the list stays the same array.
*/
export function createPublisher(snapshot: () => readonly Download[]): Publisher {
	const listeners = new Set<(downloads: readonly Download[]) => void>();
	let current: readonly Download[] = [];
	let publishedAt = -Infinity;
	let timer: NodeJS.Timeout | undefined;

	function publish(): void {
		clearTimeout(timer);
		timer = undefined;
		publishedAt = performance.now();
		const found = snapshot();
		if (found.length === current.length && found.every((download, index) => download === current[index])) {
			return;
		}

		current = found;
		for (const listener of listeners) {
			listener(current);
		}
	}

	return {
		list: () => current,
		subscribe(listener) {
			listeners.add(listener);
			return () => {
				listeners.delete(listener);
			};
		},
		changed(kind) {
			if (kind === 'status') {
				publish();
			} else {
				timer ??= setTimeout(publish, Math.max(0, publishedAt + shortestGap - performance.now()));
			}
		},
		close() {
			clearTimeout(timer);
			timer = undefined;
		},
	};
}
