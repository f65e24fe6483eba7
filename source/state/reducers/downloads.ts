import {type Download} from '../../types/download.js';
import {type ErrorReport} from '../../types/error-report.js';
import {type Action} from '../actions.js';
import {
	followSelection,
	moveBy,
	startOfList,
	type ListMove,
	type ListView,
} from '../list-view.js';
import {keepMarks, toggleMark} from '../marks.js';
import {selectDownloadRows} from '../selectors/download-rows.js';
import {downloadListRows} from '../selectors/downloads-layout.js';
import {type AppState} from '../state.js';
import {
	reduceWork,
	stillWorking,
	type DownloadWorkAction,
	type WorkingDownloads,
} from './download-work.js';
import {addThroughput, noThroughput, type Throughput} from './throughput.js';

/**
What the config says for all downloads together.
*/
export type DownloadLimits = {
	readonly maxConcurrentDownloads: number;
	readonly connectionsPerFile: number;
	/**
	Bytes per second; 0 is no cap.
	*/
	readonly rateLimitBytes: number;
	/**
	`HH:MM-HH:MM`; empty is always.
	*/
	readonly quietHours: string;
};

export type DownloadsState = {
	/**
	`loading` until the queue on disk has been read.
	*/
	readonly status: 'loading' | 'ready' | 'failed';
	readonly error?: ErrorReport;
	/**
	In queue order; `selectDownloadRows` has the order of the list.
	*/
	readonly items: readonly Download[];
	readonly list: ListView;
	/**
	The selected download, once one was chosen: it stays selected when others come, go or change places.
	*/
	readonly selectedKey?: string;
	/**
	Ids.
	*/
	readonly marked: ReadonlySet<string>;
	readonly working: WorkingDownloads;
	/**
	Whether the details take the whole body.
	*/
	readonly isDetailsOpen: boolean;
	/**
	First line of the details that is shown where they take the whole body.
	*/
	readonly detailsTop: number;
	readonly throughput: Throughput;
	/**
	Undefined until the config has been read.
	*/
	readonly limits?: DownloadLimits;
};

export type DownloadsAction = ListAction | DownloadWorkAction | WatchAction;

type WatchAction =
	{readonly type: 'downloads/watch-requested'}
	| {readonly type: 'downloads/watch-failed'; readonly error: ErrorReport}
	/**
	`at`: milliseconds since the epoch.
	*/
	| {readonly type: 'downloads/changed'; readonly downloads: readonly Download[]; readonly at: number}
	| {readonly type: 'downloads/limits-known'; readonly limits: DownloadLimits}
	/**
	Looks for what was changed elsewhere.
	*/
	| {readonly type: 'downloads/limits-refresh-requested'}
	/**
	Queues the recommended model for the quiet hours, where the config asks for that.
	*/
	| {readonly type: 'downloads/preload-requested'};

type ListAction =
	{readonly type: 'downloads/moved'; readonly move: ListMove}
	| {readonly type: 'downloads/mark-toggled'}
	| {readonly type: 'downloads/marks-cleared'}
	| {readonly type: 'downloads/details-toggled'}
	/**
	Moves the details by so many lines; `last` is the furthest first line.
	*/
	| {readonly type: 'downloads/details-scrolled'; readonly by: number; readonly last: number};

const noMarks: ReadonlySet<string> = new Set();

export const initialDownloads: DownloadsState = {
	status: 'loading',
	items: [],
	list: startOfList,
	marked: noMarks,
	working: new Map(),
	isDetailsOpen: false,
	detailsTop: 0,
	throughput: noThroughput,
};

/**
`app` holds the screen, library and registry as they are after the action.
*/
export function reduceDownloads(downloads: DownloadsState, action: Action, app: AppState): DownloadsState {
	switch (action.type) {
		case 'downloads/watch-failed': {
			return {...downloads, status: 'failed', error: action.error};
		}

		case 'downloads/changed': {
			return takeList(downloads, action, app);
		}

		case 'downloads/limits-known': {
			return {...downloads, limits: action.limits};
		}

		case 'downloads/moved': {
			return select(downloads, moveBy(downloads.list, action.move, downloads.items.length, downloadListRows(app.screen)));
		}

		case 'downloads/mark-toggled': {
			return markRow(downloads, app);
		}

		case 'downloads/marks-cleared': {
			return withoutMarks(downloads);
		}

		case 'downloads/details-toggled': {
			return {
				...downloads, isDetailsOpen: !downloads.isDetailsOpen, selectedKey: selectedIdOf(downloads), detailsTop: 0,
			};
		}

		case 'downloads/details-scrolled': {
			const detailsTop = Math.max(0, Math.min(action.last, Math.min(action.last, downloads.detailsTop) + action.by));
			return detailsTop === downloads.detailsTop ? downloads : {...downloads, detailsTop};
		}

		case 'downloads/command-requested': {
			return {...withoutMarks(downloads), working: reduceWork(downloads.working, action)};
		}

		case 'downloads/quit-requested':
		case 'downloads/configure-requested':
		case 'downloads/work-ended': {
			const working = reduceWork(downloads.working, action);
			return working === downloads.working ? downloads : {...downloads, working};
		}

		case 'screen/resized': {
			return keepSelection(downloads, app);
		}

		default: {
			return downloads;
		}
	}
}

type ChangedAction = Extract<Action, {type: 'downloads/changed'}>;

/**
The selected download stays selected when others leave the list.
*/
function takeList(downloads: DownloadsState, {downloads: items, at}: ChangedAction, app: AppState): DownloadsState {
	const ids = new Set(items.map(({id}) => id));
	return keepSelection({
		...downloads,
		status: 'ready',
		error: undefined,
		items,
		marked: keepMarks(downloads.marked, ids),
		working: stillWorking(downloads.working, items),
		throughput: addThroughput(downloads.throughput, downloads.items, items, at),
	}, app);
}

function selectedIdOf({items, list}: DownloadsState): string | undefined {
	return selectDownloadRows(items)[list.cursor]?.id;
}

function keepSelection(downloads: DownloadsState, app: AppState): DownloadsState {
	const kept = followSelection(downloads, selectDownloadRows(downloads.items), row => row?.id, downloadListRows(app.screen));
	return kept.selectedKey === downloads.selectedKey ? kept : {...kept, detailsTop: 0};
}

function select(downloads: DownloadsState, list: ListView): DownloadsState {
	return list === downloads.list
		? downloads
		: {
			...downloads, list, selectedKey: selectDownloadRows(downloads.items)[list.cursor]?.id, detailsTop: 0,
		};
}

function markRow(downloads: DownloadsState, app: AppState): DownloadsState {
	const id = selectedIdOf(downloads);
	if (id === undefined) {
		return downloads;
	}

	const marked = toggleMark(downloads.marked, id);
	return select({...downloads, marked}, moveBy(downloads.list, 'down', downloads.items.length, downloadListRows(app.screen)));
}

function withoutMarks(downloads: DownloadsState): DownloadsState {
	return downloads.marked.size === 0 ? downloads : {...downloads, marked: noMarks};
}
