import {type AppState} from '../state.js';
import {isVerifying} from './cache-rows.js';

/**
What would be cut short by quitting, a line each. Downloads are not: they go on in the background.
*/
export function selectRunningWork(state: AppState): readonly string[] {
	const {cache, chat, bench} = state;
	return [
		...(isVerifying(state) ? ['Checking the files of installed models'] : []),
		...(cache.removing === undefined ? [] : [cache.removing]),
		...(chat.answering ? ['An answer is being generated'] : []),
		...(bench.queue.length > 0 ? [bench.queue.length === 1 ? 'A benchmark is running' : `${bench.queue.length} benchmarks are running`] : []),
	];
}
