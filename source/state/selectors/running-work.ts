import {type AppState} from '../state.js';
import {isVerifying} from './cache-rows.js';
import {selectRunningDownloads} from './downloads.js';

/**
What would be cut short by quitting, a line each.
*/
export function selectRunningWork(state: AppState): readonly string[] {
	const {cache, chat, bench} = state;
	return [
		...selectRunningDownloads(state),
		...(isVerifying(state) ? ['Checking the files of installed models'] : []),
		...(cache.removing === undefined ? [] : [cache.removing]),
		...(chat.answering ? ['An answer is being generated'] : []),
		...(bench.queue.length > 0 ? [bench.queue.length === 1 ? 'A benchmark is running' : `${bench.queue.length} benchmarks are running`] : []),
	];
}
