import {type Keypress} from '../../types/keypress.js';
import {type Fit} from '../../types/speed.js';
import {type Action} from '../actions.js';
import {
	followSelection,
	moveBy,
	startOfList,
	type ListMove,
	type ListView,
} from '../list-view.js';
import {toggleMark} from '../marks.js';
import {selectBrowseDetails} from '../selectors/browse-details.js';
import {browseListRows} from '../selectors/browse-layout.js';
import {selectBrowseRows} from '../selectors/browse-rows.js';
import {type AppState} from '../state.js';
import {editLine, emptyTextField, type TextField} from '../text-field.js';
import {type JudgedMachine} from './hardware.js';
import {reduceBrowseDetails, type BrowseDetailsAction, type BrowseDetailsByRepository} from './browse-details.js';
import {
	noSearch,
	reduceBrowseSearch,
	type BrowseSearch,
	type BrowseSearchAction,
} from './browse-search.js';

export const browseFilters = ['all', 'fits', 'recommended', 'installed'] as const;
export type BrowseFilter = (typeof browseFilters)[number];

export const browseSorts = ['recommended', 'size', 'downloads', 'name'] as const;
export type BrowseSort = (typeof browseSorts)[number];

export type BrowseFocus = 'list' | 'search' | 'details';

/**
Verdicts by registry id and by a variant's reference.
*/
export type Fits = ReadonlyMap<string, Fit>;

/**
Something to download: a variant, or a repository of which the best variant is to be chosen.
*/
export type DownloadTarget = {
	/**
	A model reference.
	*/
	readonly ref: string;
	readonly name: string;
	readonly isRepository: boolean;
};

export type BrowseState = {
	readonly query: TextField;
	readonly focus: BrowseFocus;
	readonly list: ListView;
	/**
	The selected row, once one was chosen: it stays selected when others come, go or change places.
	*/
	readonly selectedKey?: string;
	readonly filter: BrowseFilter;
	readonly sort: BrowseSort;
	/**
	Keys of rows.
	*/
	readonly marked: ReadonlySet<string>;
	readonly search: BrowseSearch;
	readonly fits: Fits;
	readonly details: BrowseDetailsByRepository;
	/**
	The selected variant in the details, once one was chosen; else the most suitable is.
	*/
	readonly variantCursor?: number;
};

export type BrowseAction = BrowseListAction | BrowseSearchAction | BrowseDetailsAction | FitsAction;

type BrowseListAction =
	{readonly type: 'browse/moved'; readonly move: ListMove}
	| {readonly type: 'browse/variant-moved'; readonly move: ListMove}
	| {readonly type: 'browse/focused'; readonly focus: BrowseFocus}
	| {readonly type: 'browse/query-typed'; readonly keypress: Keypress}
	| {readonly type: 'browse/query-cleared'}
	| {readonly type: 'browse/filter-cycled'}
	| {readonly type: 'browse/sort-cycled'}
	| {readonly type: 'browse/mark-toggled'}
	| {readonly type: 'browse/marks-cleared'}
	| {readonly type: 'browse/download-requested'; readonly targets: readonly DownloadTarget[]};

type FitsAction = {readonly type: 'browse/fits-judged'; readonly fits: Fits};

export const initialBrowse: BrowseState = {
	query: emptyTextField,
	focus: 'list',
	list: startOfList,
	filter: 'all',
	sort: 'recommended',
	marked: new Set(),
	search: noSearch,
	fits: new Map(),
	details: new Map(),
};

/**
`app` holds the screen, library and registry as they are after the action.
*/
export function reduceBrowse(browse: BrowseState, action: Action, app: AppState): BrowseState {
	if (isBrowseAction(action)) {
		return keepSelection(change(browse, action, app), app);
	}

	switch (action.type) {
		case 'hardware/probe-succeeded':
		case 'hardware/simulation-succeeded': {
			// This machine may be looked at while another is shown.
			return action.type === 'hardware/probe-succeeded' && app.hardware.simulated ? browse : withFits(browse, action.machine, app);
		}

		case 'hardware/simulation-ended': {
			const {real} = app.hardware;
			return real ? withFits(browse, real, app) : browse;
		}

		case 'screen/resized':
		case 'registry/loaded':
		case 'library/refresh-succeeded': {
			return keepSelection(browse, app);
		}

		default: {
			return browse;
		}
	}
}

function withFits(browse: BrowseState, {fits}: JudgedMachine, app: AppState): BrowseState {
	const verdicts = fits.map(({modelId, verdict}) => [modelId, verdict] as const);
	return keepSelection({...browse, fits: new Map([...browse.fits, ...verdicts])}, app);
}

function isBrowseAction(action: Action): action is BrowseAction {
	return action.type.startsWith('browse/');
}

function change(browse: BrowseState, action: BrowseAction, app: AppState): BrowseState {
	switch (action.type) {
		case 'browse/moved': {
			const rows = selectBrowseRows({...app, browse});
			return select(browse, moveBy(browse.list, action.move, rows.length, browseListRows(app.screen)), app);
		}

		case 'browse/variant-moved': {
			const {variants, cursor} = selectBrowseDetails({...app, browse}) ?? {variants: [], cursor: 0};
			return {...browse, variantCursor: moveBy({cursor, top: 0}, action.move, variants.length, 10).cursor};
		}

		case 'browse/focused': {
			return browse.focus === action.focus ? browse : {...browse, focus: action.focus, variantCursor: undefined};
		}

		case 'browse/query-typed': {
			const query = editLine(browse.query, action.keypress);
			return query.value === browse.query.value ? {...browse, query} : startOver({...browse, query});
		}

		case 'browse/query-cleared': {
			return startOver({...browse, query: emptyTextField, search: noSearch});
		}

		case 'browse/filter-cycled': {
			return startOver({...browse, filter: following(browseFilters, browse.filter)});
		}

		case 'browse/sort-cycled': {
			return startOver({...browse, sort: following(browseSorts, browse.sort)});
		}

		case 'browse/mark-toggled': {
			return markRow(browse, app);
		}

		case 'browse/marks-cleared':
		case 'browse/download-requested': {
			return browse.marked.size === 0 ? browse : {...browse, marked: new Set()};
		}

		default: {
			return changeFromOutside(browse, action);
		}
	}
}

/**
What the hub and the hardware have to say.
*/
function changeFromOutside(browse: BrowseState, action: BrowseSearchAction | BrowseDetailsAction | FitsAction): BrowseState {
	switch (action.type) {
		case 'browse/fits-judged': {
			return {...browse, fits: new Map([...browse.fits, ...action.fits])};
		}

		case 'browse/details-requested':
		case 'browse/details-succeeded':
		case 'browse/details-failed': {
			const details = reduceBrowseDetails(browse.details, action);
			return details === browse.details ? browse : {...browse, details};
		}

		default: {
			const search = reduceBrowseSearch(browse.search, action);
			return search === browse.search ? browse : {...browse, search};
		}
	}
}

/**
Another list begins at its first row.
*/
function startOver(browse: BrowseState): BrowseState {
	return {
		...browse, list: startOfList, selectedKey: undefined, variantCursor: undefined,
	};
}

/**
A mark is set on the way down, so that a row of keys marks a row of models.
*/
function markRow(browse: BrowseState, app: AppState): BrowseState {
	const rows = selectBrowseRows({...app, browse});
	const key = rows[browse.list.cursor]?.key;
	if (key === undefined) {
		return browse;
	}

	const marked = toggleMark(browse.marked, key);
	return select({...browse, marked}, moveBy(browse.list, 'down', rows.length, browseListRows(app.screen)), app);
}

function select(browse: BrowseState, list: ListView, app: AppState): BrowseState {
	if (list === browse.list) {
		return browse;
	}

	const selectedKey = selectBrowseRows({...app, browse})[list.cursor]?.key;
	return {
		...browse, list, selectedKey, variantCursor: undefined,
	};
}

function keepSelection(browse: BrowseState, app: AppState): BrowseState {
	return followSelection(browse, selectBrowseRows({...app, browse}), row => row?.key, browseListRows(app.screen));
}

function following<Value>(values: readonly Value[], value: Value): Value {
	return values[(values.indexOf(value) + 1) % values.length] ?? value;
}
