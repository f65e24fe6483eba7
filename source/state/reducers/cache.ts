import {type PrunePlan, type VerifyResult} from '../../types/cache.js';
import {type ErrorReport} from '../../types/error-report.js';
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

export const cacheSorts = ['name', 'size', 'last used'] as const;
export type CacheSort = (typeof cacheSorts)[number];

/**
How far the check of one model's files has come.
*/
export type Verification =
	{readonly status: 'waiting'}
	| {readonly status: 'running'; readonly doneBytes: number; readonly totalBytes: number; readonly bytesPerSecond?: number}
	| {readonly status: 'failed'; readonly error: ErrorReport}
	| {readonly status: 'done'; readonly result: VerifyResult};

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
	By model id; kept until the next check.
	*/
	readonly verifications: ReadonlyMap<string, Verification>;
	/**
	What is being removed now, in words.
	*/
	readonly removing?: string;
};

export type CacheAction =
	{readonly type: 'cache/moved'; readonly move: ListMove}
	| {readonly type: 'cache/focused'; readonly focus: CacheState['focus']}
	| {readonly type: 'cache/filter-typed'; readonly keypress: Keypress}
	| {readonly type: 'cache/filter-cleared'}
	| {readonly type: 'cache/sort-cycled'}
	| {readonly type: 'cache/mark-toggled'}
	| {readonly type: 'cache/marks-cleared'}
	| {readonly type: 'cache/remove-requested'; readonly ids: readonly string[]}
	| {readonly type: 'cache/clear-requested'}
	| {readonly type: 'cache/clean-requested'}
	| {readonly type: 'cache/prune-plan-requested'; readonly limitBytes: number}
	| {readonly type: 'cache/prune-requested'; readonly plan: PrunePlan}
	| {readonly type: 'cache/removal-ended'}
	| {readonly type: 'cache/verify-requested'; readonly ids: readonly string[]}
	| {readonly type: 'cache/verify-progressed'; readonly id: string; readonly doneBytes: number; readonly totalBytes: number; readonly bytesPerSecond?: number}
	| {readonly type: 'cache/verify-done'; readonly result: VerifyResult}
	| {readonly type: 'cache/verify-failed'; readonly id: string; readonly error: ErrorReport}
	| {readonly type: 'cache/verify-ended'}
	| {readonly type: 'cache/verify-stop-requested'};

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

		case 'cache/remove-requested': {
			return {...cache, removing: action.ids.length === 1 ? 'Removing one model' : `Removing ${action.ids.length} models`, marked: new Set()};
		}

		case 'cache/clear-requested': {
			return {...cache, removing: 'Removing all models', marked: new Set()};
		}

		case 'cache/clean-requested': {
			return {...cache, removing: 'Removing partial files'};
		}

		case 'cache/prune-requested': {
			return {...cache, removing: `Removing ${action.plan.remove.length} models`, marked: new Set()};
		}

		case 'cache/prune-plan-requested': {
			return cache;
		}

		case 'cache/removal-ended': {
			return {...cache, removing: undefined};
		}

		default: {
			return reduceVerification(cache, action);
		}
	}
}

type VerifyAction = Extract<CacheAction, {type: `cache/verify-${string}`}>;

/**
Progress of a check that is not under way is ignored.
*/
function reduceVerification(cache: CacheState, action: VerifyAction): CacheState {
	switch (action.type) {
		case 'cache/verify-requested': {
			const waiting = action.ids.map(id => [id, {status: 'waiting'} as const] as const);
			return {...cache, marked: new Set(), verifications: new Map<string, Verification>([...finished(cache.verifications), ...waiting])};
		}

		case 'cache/verify-progressed': {
			const {id, doneBytes, totalBytes, bytesPerSecond} = action;
			return isUnderWay(cache, id)
				? withVerification(cache, id, {
					status: 'running', doneBytes, totalBytes, bytesPerSecond,
				})
				: cache;
		}

		case 'cache/verify-done': {
			return isUnderWay(cache, action.result.id) ? withVerification(cache, action.result.id, {status: 'done', result: action.result}) : cache;
		}

		case 'cache/verify-failed': {
			return isUnderWay(cache, action.id) ? withVerification(cache, action.id, {status: 'failed', error: action.error}) : cache;
		}

		case 'cache/verify-ended': {
			return {...cache, verifications: new Map(finished(cache.verifications))};
		}

		case 'cache/verify-stop-requested': {
			return cache;
		}
	}
}

function finished(verifications: CacheState['verifications']): ReadonlyArray<readonly [string, Verification]> {
	return [...verifications].filter(([, {status}]) => status === 'done' || status === 'failed');
}

function isUnderWay({verifications}: CacheState, id: string): boolean {
	const status = verifications.get(id)?.status;
	return status === 'waiting' || status === 'running';
}

function withVerification(cache: CacheState, id: string, verification: Verification): CacheState {
	return {...cache, verifications: new Map([...cache.verifications, [id, verification]])};
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
