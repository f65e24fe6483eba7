import {type PrunePlan} from '../../types/cache.js';
import {type Keypress} from '../../types/keypress.js';
import {type Action} from '../actions.js';
import {
	followSelection,
	moveBy,
	startOfList,
	type ListMove,
	type ListView,
} from '../list-view.js';
import {keepMarks, toggleMark} from '../marks.js';
import {cacheListRows} from '../selectors/cache-layout.js';
import {selectCacheRows} from '../selectors/cache-rows.js';
import {type AppState} from '../state.js';
import {editLine, emptyTextField, type TextField} from '../text-field.js';
import {reduceVerifications, type VerificationAction, type Verifications} from './cache-verification.js';

export const cacheSorts = ['name', 'size', 'last used'] as const;
export type CacheSort = (typeof cacheSorts)[number];

export type CacheState = {
	readonly list: ListView;
	/**
	The selected model, once one was chosen: it stays selected when others come, go or change places.
	*/
	readonly selectedKey?: string;
	readonly focus: 'list' | 'filter';
	readonly filter: TextField;
	readonly sort: CacheSort;
	/**
	Ids.
	*/
	readonly marked: ReadonlySet<string>;
	/**
	Results are kept until the next check.
	*/
	readonly verifications: Verifications;
	/**
	What is being removed now, in words.
	*/
	readonly removing?: string;
};

export type CacheAction = CacheListAction | RemovalAction | VerificationAction;

type CacheListAction =
	{readonly type: 'cache/moved'; readonly move: ListMove}
	| {readonly type: 'cache/focused'; readonly focus: CacheState['focus']}
	| {readonly type: 'cache/filter-typed'; readonly keypress: Keypress}
	| {readonly type: 'cache/filter-cleared'}
	| {readonly type: 'cache/sort-cycled'}
	| {readonly type: 'cache/mark-toggled'}
	| {readonly type: 'cache/marks-cleared'};

type RemovalAction =
	{readonly type: 'cache/remove-requested'; readonly ids: readonly string[]}
	| {readonly type: 'cache/clear-requested'}
	| {readonly type: 'cache/clean-requested'}
	| {readonly type: 'cache/prune-plan-requested'; readonly limitBytes: number}
	| {readonly type: 'cache/prune-requested'; readonly plan: PrunePlan}
	| {readonly type: 'cache/removal-ended'};

export const initialCache: CacheState = {
	list: startOfList,
	focus: 'list',
	filter: emptyTextField,
	sort: 'name',
	marked: new Set(),
	verifications: new Map(),
};

/**
`app` holds the screen, library and registry as they are after the action.
*/
export function reduceCache(cache: CacheState, action: Action, app: AppState): CacheState {
	if (isCacheAction(action)) {
		return keepSelection(change(cache, action, app), app);
	}

	switch (action.type) {
		case 'library/refresh-succeeded': {
			const ids = app.library.models.map(({id}) => id);
			return keepSelection(forgetGone(cache, new Set(ids)), app);
		}

		case 'screen/resized': {
			return keepSelection(cache, app);
		}

		default: {
			return cache;
		}
	}
}

function isCacheAction(action: Action): action is CacheAction {
	return action.type.startsWith('cache/');
}

function change(cache: CacheState, action: CacheAction, app: AppState): CacheState {
	switch (action.type) {
		case 'cache/moved': {
			const rows = selectCacheRows({...app, cache});
			return select(cache, moveBy(cache.list, action.move, rows.length, cacheListRows(app.screen)), app);
		}

		case 'cache/focused': {
			return cache.focus === action.focus ? cache : {...cache, focus: action.focus};
		}

		case 'cache/filter-typed': {
			const filter = editLine(cache.filter, action.keypress);
			return filter.value === cache.filter.value ? {...cache, filter} : startOver({...cache, filter});
		}

		case 'cache/filter-cleared': {
			return startOver({...cache, filter: emptyTextField});
		}

		case 'cache/sort-cycled': {
			return startOver({...cache, sort: cacheSorts[(cacheSorts.indexOf(cache.sort) + 1) % cacheSorts.length] ?? 'name'});
		}

		case 'cache/mark-toggled': {
			return markRow(cache, app);
		}

		case 'cache/marks-cleared': {
			return cache.marked.size === 0 ? cache : {...cache, marked: new Set()};
		}

		case 'cache/remove-requested':
		case 'cache/clear-requested':
		case 'cache/clean-requested':
		case 'cache/prune-plan-requested':
		case 'cache/prune-requested':
		case 'cache/removal-ended': {
			return reduceRemoval(cache, action);
		}

		default: {
			const verifications = reduceVerifications(cache.verifications, action);
			const marked = action.type === 'cache/verify-requested' ? noMarks : cache.marked;
			return verifications === cache.verifications ? cache : {...cache, marked, verifications};
		}
	}
}

const noMarks: ReadonlySet<string> = new Set();

/**
What is being removed; the dialogs before it have named every model.
*/
function reduceRemoval(cache: CacheState, action: RemovalAction): CacheState {
	switch (action.type) {
		case 'cache/remove-requested': {
			return {...cache, removing: action.ids.length === 1 ? 'Removing one model' : `Removing ${action.ids.length} models`, marked: noMarks};
		}

		case 'cache/clear-requested': {
			return {...cache, removing: 'Removing all models', marked: noMarks};
		}

		case 'cache/clean-requested': {
			return {...cache, removing: 'Removing partial files'};
		}

		case 'cache/prune-requested': {
			return {...cache, removing: `Removing ${action.plan.remove.length} models`, marked: noMarks};
		}

		case 'cache/prune-plan-requested': {
			return cache;
		}

		case 'cache/removal-ended': {
			return {...cache, removing: undefined};
		}
	}
}

function forgetGone(cache: CacheState, ids: ReadonlySet<string>): CacheState {
	return {...cache, marked: keepMarks(cache.marked, ids), verifications: new Map([...cache.verifications].filter(([id]) => ids.has(id)))};
}

function startOver(cache: CacheState): CacheState {
	return {...cache, list: startOfList, selectedKey: undefined};
}

function markRow(cache: CacheState, app: AppState): CacheState {
	const rows = selectCacheRows({...app, cache});
	const id = rows[cache.list.cursor]?.id;
	if (id === undefined) {
		return cache;
	}

	const marked = toggleMark(cache.marked, id);
	return select({...cache, marked}, moveBy(cache.list, 'down', rows.length, cacheListRows(app.screen)), app);
}

function select(cache: CacheState, list: ListView, app: AppState): CacheState {
	return list === cache.list ? cache : {...cache, list, selectedKey: selectCacheRows({...app, cache})[list.cursor]?.id};
}

function keepSelection(cache: CacheState, app: AppState): CacheState {
	return followSelection(cache, selectCacheRows({...app, cache}), model => model?.id, cacheListRows(app.screen));
}
