import {type Download, type DownloadStatus} from '../../types/download.js';
import {type ErrorReport} from '../../types/error-report.js';
import {type Action} from '../actions.js';
import {
	clampList,
	moveBy,
	startOfList,
	type ListMove,
	type ListView,
} from '../list-view.js';
import {keepMarks, toggleMark} from '../marks.js';
import {downloadListRows} from '../selectors/downloads-layout.js';
import {type AppState} from '../state.js';

/**
One thing that happened to a download.
*/
export type DownloadEvent = {
	/**
	Milliseconds since the epoch.
	*/
	readonly at: number;
	readonly text: string;
};

export type DownloadCommand = 'pause' | 'resume' | 'cancel' | 'forget';

export type DownloadsState = {
	/**
	`loading` until the queue on disk has been read.
	*/
	readonly status: 'loading' | 'ready' | 'failed';
	readonly error?: ErrorReport;
	/**
	In queue order.
	*/
	readonly items: readonly Download[];
	readonly list: ListView;
	/**
	Ids.
	*/
	readonly marked: ReadonlySet<string>;
	/**
	Whether the details take the whole body; only where there is no room for them beside the list.
	*/
	readonly isDetailsOpen: boolean;
	/**
	What happened to each since the app was opened, oldest first.
	*/
	readonly events: ReadonlyMap<string, readonly DownloadEvent[]>;
};

export type DownloadsAction =
	{readonly type: 'downloads/watch-requested'}
	| {readonly type: 'downloads/watch-failed'; readonly error: ErrorReport}
	/**
	`at`: milliseconds since the epoch.
	*/
	| {readonly type: 'downloads/changed'; readonly downloads: readonly Download[]; readonly at: number}
	| {readonly type: 'downloads/moved'; readonly move: ListMove}
	| {readonly type: 'downloads/mark-toggled'}
	| {readonly type: 'downloads/marks-cleared'}
	| {readonly type: 'downloads/details-toggled'}
	| {readonly type: 'downloads/command-requested'; readonly command: DownloadCommand; readonly ids: readonly string[]};

export const initialDownloads: DownloadsState = {
	status: 'loading',
	items: [],
	list: startOfList,
	marked: new Set(),
	isDetailsOpen: false,
	events: new Map(),
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

		case 'downloads/moved': {
			return withList(downloads, moveBy(downloads.list, action.move, downloads.items.length, downloadListRows(app.screen)));
		}

		case 'downloads/mark-toggled': {
			return markRow(downloads, app);
		}

		case 'downloads/marks-cleared':
		case 'downloads/command-requested': {
			return downloads.marked.size === 0 ? downloads : {...downloads, marked: new Set()};
		}

		case 'downloads/details-toggled': {
			return {...downloads, isDetailsOpen: !downloads.isDetailsOpen};
		}

		case 'screen/resized': {
			return withList(downloads, clampList(downloads.list, downloads.items.length, downloadListRows(app.screen)));
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
	const {list, marked} = downloads;
	const selectedId = downloads.items[list.cursor]?.id;
	const found = items.findIndex(({id}) => id === selectedId);
	const kept = {...list, cursor: found === -1 ? list.cursor : found};
	const ids = new Set(items.map(({id}) => id));
	return {
		...downloads,
		status: 'ready',
		error: undefined,
		items,
		list: clampList(kept, items.length, downloadListRows(app.screen)),
		marked: keepMarks(marked, ids),
		events: logChanges(downloads, items, at),
	};
}

const keptEvents = 100;

function logChanges({items, events}: DownloadsState, next: readonly Download[], at: number): DownloadsState['events'] {
	const before = new Map(items.map(download => [download.id, download]));
	const news = next
		.map(download => [download.id, describeChange(before.get(download.id), download)] as const)
		.filter((entry): entry is readonly [string, string] => entry[1] !== undefined);
	const isGone = items.some(({id}) => next.every(download => download.id !== id));
	if (news.length === 0 && !isGone) {
		return events;
	}

	const log = new Map(next.map(({id}) => [id, events.get(id) ?? []]));
	for (const [id, text] of news) {
		log.set(id, [...log.get(id) ?? [], {at, text}].slice(-keptEvents));
	}

	return log;
}

const statusEvents: Readonly<Record<DownloadStatus, string>> = {
	pending: 'waiting for its turn',
	downloading: 'downloading',
	paused: 'paused',
	verifying: 'comparing checksums',
	completed: 'completed and verified',
	failed: 'failed',
	cancelled: 'cancelled',
};

/**
A new status, or a new setback; that bytes came in is no event.
*/
function describeChange(before: Download | undefined, {status, error, retries, activity}: Download): string | undefined {
	if (before?.status !== status) {
		return status === 'failed' && error ? `failed: ${error.message}` : statusEvents[status];
	}

	return retries > before.retries ? activity ?? `setback ${retries}` : undefined;
}

function markRow(downloads: DownloadsState, app: AppState): DownloadsState {
	const id = downloads.items[downloads.list.cursor]?.id;
	if (id === undefined) {
		return downloads;
	}

	const marked = toggleMark(downloads.marked, id);
	return withList({...downloads, marked}, moveBy(downloads.list, 'down', downloads.items.length, downloadListRows(app.screen)));
}

function withList(downloads: DownloadsState, list: ListView): DownloadsState {
	return list === downloads.list ? downloads : {...downloads, list};
}
