import {type Abortable} from '../../../../types/abortable.js';

export type Race<Item> = {
	/**
	Undefined where all failed.
	*/
	readonly winner: Item | undefined;
	/**
	Those that failed on their own account, before it was over.
	*/
	readonly failures: ReadonlyMap<Item, unknown>;
};

/**
Runs all at the same time, and ends the others as soon as one is done. Resolves once all have ended.
*/
export async function firstOf<Item>(items: readonly Item[], run: (item: Item, options: Abortable) => Promise<void>, {signal}: Abortable): Promise<Race<Item>> {
	const over = new AbortController();
	const failures = new Map<Item, unknown>();
	let winner: Item | undefined;
	await Promise.all(items.map(async item => {
		try {
			await run(item, {signal: AbortSignal.any([signal, over.signal])});
			winner ??= item;
			over.abort();
		} catch (error) {
			if (!over.signal.aborted) {
				failures.set(item, error);
			}
		}
	}));
	return {winner, failures};
}
