import {type AppState} from '../state.js';
import {type ErrorReport} from '../../types/error-report.js';
import {selectBrowseRows, type BrowseRow} from './browse-rows.js';
import {memoize} from './memoize.js';

/**
How the search goes, in a line.
*/
export type BrowseStatus = {
	readonly kind: 'info' | 'busy' | 'error';
	readonly text: string;
};

export function selectBrowseStatus(state: AppState): BrowseStatus {
	const {browse, registry} = state;
	const {search} = browse;
	const rows = selectBrowseRows(state);
	const fromRegistry = countRegistry(rows);
	if (search.status === 'idle') {
		const shown = fromRegistry === registry.length ? `${registry.length} models` : `${fromRegistry} of ${registry.length} models`;
		return {kind: 'info', text: `${shown} of the registry${simulationWords(state)} · / searches Hugging Face too`};
	}

	const fromHub = rows.length - fromRegistry;
	const counts = `${fromRegistry} of the registry, ${fromHub}${search.nextCursor === undefined ? '' : '+'} on Hugging Face${simulationWords(state)}`;
	switch (search.status) {
		case 'searching': {
			return {kind: 'busy', text: `searching Hugging Face for “${search.text}” … ${fromRegistry} of the registry`};
		}

		case 'failed': {
			return {kind: 'error', text: describeFailure(search.error, rows.length)};
		}

		case 'ready': {
			return search.isLoadingPage ? {kind: 'busy', text: `${counts} · loading more …`} : {kind: 'info', text: counts};
		}
	}
}

/**
Verdicts of another machine must not be taken for those of this one.
*/
function simulationWords({hardware: {simulated}}: AppState): string {
	return simulated ? ` · fit if ${simulated.description} (4, E ends that)` : '';
}

/**
The registry's rows come first.
*/
const countRegistry = memoize((rows: readonly BrowseRow[]): number => {
	const first = rows.findIndex(({origin}) => origin === 'hub');
	return first === -1 ? rows.length : first;
});

/**
Codes of errors that mean that there is no way to the hub, rather than that it did not like the question.
*/
const offlineCodes: ReadonlySet<string> = new Set(['offline', 'offline_mode', 'timeout', 'connection_lost', 'proxy_failed', 'tls_failed']);

function describeFailure(error: ErrorReport | undefined, shown: number): string {
	const message = error?.message ?? 'The search failed.';
	const prefix = error && offlineCodes.has(error.code) ? 'Offline: ' : '';
	const hint = error?.code === 'offline_mode' ? error.hint ?? '' : 'r tries again.';
	return `${prefix}${message} ${hint} ${shown > 0 ? 'The registry is shown.' : ''}`.trim();
}

/**
The page to ask for when the cursor comes near the end of what is loaded.
*/
export function selectNextPage(state: AppState): {readonly text: string; readonly cursor: string} | undefined {
	const {search, list} = state.browse;
	const {status, text, nextCursor, isLoadingPage} = search;
	const isNearEnd = list.cursor >= selectBrowseRows(state).length - rowsAhead;
	return status === 'ready' && nextCursor !== undefined && !isLoadingPage && isNearEnd ? {text, cursor: nextCursor} : undefined;
}

const rowsAhead = 15;

/**
Why the list is empty and what to do about it; a line each.
*/
export function selectEmptyBrowse({browse}: AppState): readonly string[] {
	const {filter, query, search} = browse;
	const text = query.value.trim();
	if (search.status === 'searching' || search.isLoadingPage) {
		return [`Searching for “${text}” …`];
	}

	const isRegistryOnly = search.status === 'failed';
	return [
		text === '' ? 'No model passes the filter.' : `No match for “${text}” ${isRegistryOnly ? 'in the registry' : 'in the registry or on Hugging Face'}.`,
		...(filter === 'all' ? [] : [`Only models are shown that ${filterMeanings[filter]}: f changes the filter.`]),
		...(text === '' ? [] : ['/ edits the search, Esc clears it.']),
	];
}

const filterMeanings = {
	fits: 'fit this machine',
	recommended: 'are recommended',
	installed: 'are installed',
} as const;
