import {type ErrorReport} from '../../types/error-report.js';
import {type SearchPage, type SearchResult} from '../../types/search.js';

/**
What Hugging Face was asked for and has answered so far.
*/
export type BrowseSearch = {
	readonly status: 'idle' | 'searching' | 'ready' | 'failed';
	/**
	Asked for last; empty where nothing was.
	*/
	readonly text: string;
	readonly results: readonly SearchResult[];
	/**
	What `results` belong to: they stay on the screen until the next ones are there.
	*/
	readonly resultsText: string;
	readonly nextCursor?: string;
	readonly isLoadingPage: boolean;
	readonly error?: ErrorReport;
};

export type BrowseSearchAction =
	{readonly type: 'browse/search-requested'; readonly text: string; readonly delayMs: number}
	| {readonly type: 'browse/search-succeeded'; readonly text: string; readonly page: SearchPage}
	| {readonly type: 'browse/search-failed'; readonly text: string; readonly error: ErrorReport}
	| {readonly type: 'browse/page-requested'; readonly text: string; readonly cursor: string}
	| {readonly type: 'browse/page-succeeded'; readonly text: string; readonly page: SearchPage}
	| {readonly type: 'browse/page-failed'; readonly text: string; readonly error: ErrorReport};

export const noSearch: BrowseSearch = {
	status: 'idle', text: '', results: [], resultsText: '', isLoadingPage: false,
};

/**
What comes for another text than the last one asked for is ignored.
*/
export function reduceBrowseSearch(search: BrowseSearch, action: BrowseSearchAction): BrowseSearch {
	if (action.type === 'browse/search-requested') {
		return action.text === ''
			? noSearch
			: {
				...search, status: 'searching', text: action.text, nextCursor: undefined, isLoadingPage: false, error: undefined,
			};
	}

	if (action.text !== search.text) {
		return search;
	}

	switch (action.type) {
		case 'browse/search-succeeded': {
			const {results, nextCursor} = action.page;
			return {
				...search, status: 'ready', results, resultsText: action.text, nextCursor,
			};
		}

		case 'browse/search-failed': {
			const isSameText = search.resultsText === action.text;
			return {
				...search, status: 'failed', results: isSameText ? search.results : [], resultsText: action.text, error: action.error,
			};
		}

		case 'browse/page-requested': {
			return {...search, isLoadingPage: true, error: undefined};
		}

		case 'browse/page-succeeded': {
			const known = new Set(search.results.map(({ref}) => ref));
			const fresh = action.page.results.filter(({ref}) => !known.has(ref));
			return {
				...search, status: 'ready', results: [...search.results, ...fresh], nextCursor: action.page.nextCursor, isLoadingPage: false,
			};
		}

		case 'browse/page-failed': {
			return {
				...search, status: 'failed', isLoadingPage: false, error: action.error,
			};
		}
	}
}
