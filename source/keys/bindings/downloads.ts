import {isOpen, isSettled} from '../../format/download-status.js';
import {type Action} from '../../state/actions.js';
import {type ListMove} from '../../state/list-view.js';
import {type DownloadCommand} from '../../state/reducers/download-work.js';
import {cancelDialog} from '../../state/selectors/download-dialogs.js';
import {selectLastDetailTop} from '../../state/selectors/download-details.js';
import {selectChosenDownloads, selectDownload} from '../../state/selectors/downloads.js';
import {bodyRows} from '../../state/selectors/layout.js';
import {type AppState} from '../../state/state.js';
import {type Download} from '../../types/download.js';
import {type KeyBinding, type Place} from '../key-binding.js';
import {downloadQueueBindings, downloadSettingsBindings} from './download-settings.js';
import {listKeys} from './list-keys.js';

/**
The list, or the details over the whole body; what can be done to a download can be done in both.
*/
export function downloadsPlace({downloads}: AppState): Place {
	return {scopes: ['downloads', downloads.isDetailsOpen && downloads.items.length > 0 ? 'downloads.details' : 'downloads.list', 'global']};
}

const isPaused = ({status}: Download) => status === 'paused';
const isFailed = ({status}: Download) => status === 'failed';
/**
One that waits to be tried again may be tried at once.
*/
const canBeTried = (download: Download) => isFailed(download) || download.retryAt !== undefined;
const isRetryable = (download: Download) => canBeTried(download) || download.status === 'cancelled';

/**
A failed one still has what it received.
*/
const isCancellable = (download: Download) => isOpen(download.status) || isFailed(download);
const isClearable = ({status}: Download) => status === 'completed' || status === 'cancelled';

const noDownload = (state: AppState) => (selectDownload(state) ? undefined : 'there is no download; 1 browse, d downloads a model');

const stillWorking = 'what was asked for before is still being done';

/**
The downloads that a key acts on: what is being done to one already is not begun again, so that the same key pressed twice does not undo it.
*/
function actsOn(downloads: readonly Download[], {downloads: {working}}: AppState, isMeant: (download: Download) => boolean): readonly Download[] {
	return downloads.filter(download => isMeant(download) && !working.has(download.id));
}

/**
Why a key has nothing to act on: there is no download, none of the chosen ones is in the state it is for, or it is being done already.
*/
function unlessAny(isMeant: (download: Download) => boolean, reason: string): (state: AppState) => string | undefined {
	return state => {
		const chosen = selectChosenDownloads(state);
		return noDownload(state)
			?? (chosen.some(download => isMeant(download)) ? undefined : reason)
			?? (actsOn(chosen, state, isMeant).length > 0 ? undefined : stillWorking);
	};
}

/**
The same for a key that acts on all there are.
*/
function unlessAnyOfAll(isMeant: (download: Download) => boolean, reason: string): (state: AppState) => string | undefined {
	return state => {
		const {items} = state.downloads;
		return items.some(download => isMeant(download)) ? (actsOn(items, state, isMeant).length > 0 ? undefined : stillWorking) : reason;
	};
}

const canPauseOrGoOn = (download: Download) => isOpen(download.status);

const commandBindings: readonly KeyBinding[] = [
	{
		id: 'downloads.pause',
		label: 'pause or go on',
		keys: ['p'],
		scope: 'downloads',
		hint: 1,
		actions: state => pauseOrResume(actsOn(selectChosenDownloads(state), state, canPauseOrGoOn)),
		disabled: unlessAny(canPauseOrGoOn, 'it is neither running nor paused; r starts it again'),
	},
	{
		id: 'downloads.pause-all',
		label: 'pause all, or let all go on',
		keys: ['P'],
		scope: 'downloads',
		actions: state => pauseOrResume(actsOn(state.downloads.items, state, canPauseOrGoOn)),
		disabled: unlessAnyOfAll(canPauseOrGoOn, 'nothing is being downloaded'),
	},
	{
		id: 'downloads.cancel',
		label: 'cancel',
		keys: ['x', 'delete'],
		scope: 'downloads',
		hint: 2,
		// Also one that is just being paused: who cancels does not wait for that.
		actions: state => [{type: 'screen/dialog-opened', dialog: cancelDialog(selectChosenDownloads(state).filter(download => isCancellable(download)))}],
		disabled(state) {
			return noDownload(state) ?? (selectChosenDownloads(state).some(download => isCancellable(download)) ? undefined : 'it is over; c takes it off the list');
		},
	},
	{
		id: 'downloads.retry',
		label: 'try again',
		keys: ['r'],
		scope: 'downloads',
		hint: 3,
		actions: state => command('resume', actsOn(selectChosenDownloads(state), state, isRetryable)),
		disabled: unlessAny(isRetryable, 'it did not fail'),
	},
	{
		id: 'downloads.retry-all',
		label: 'try all failed ones again',
		keys: ['R'],
		scope: 'downloads',
		actions: state => command('resume', actsOn(state.downloads.items, state, canBeTried)),
		disabled: unlessAnyOfAll(canBeTried, 'none failed'),
	},
	{
		id: 'downloads.clear',
		label: 'clear finished',
		keys: ['c'],
		scope: 'downloads',
		hint: 7,
		actions: state => command('forget', actsOn(state.downloads.items, state, isClearable)),
		disabled: unlessAnyOfAll(isClearable, 'nothing is finished'),
	},
];

const listBindings: readonly KeyBinding[] = [
	{
		id: 'downloads.details',
		label: 'details',
		keys: ['enter'],
		scope: 'downloads.list',
		hint: 4,
		actions: () => [{type: 'downloads/details-toggled'}],
		disabled: noDownload,
	},
	{
		id: 'downloads.mark',
		label: 'mark',
		keys: ['space'],
		scope: 'downloads.list',
		hint: 8,
		actions: () => [{type: 'downloads/mark-toggled'}],
		disabled: noDownload,
	},
	{
		id: 'downloads.clear-marks',
		label: 'clear marks',
		keys: ['escape'],
		scope: 'downloads.list',
		actions: () => [{type: 'downloads/marks-cleared'}],
	},
	...listKeys('downloads.list', move => [{type: 'downloads/moved', move}]),
];

const detailsBindings: readonly KeyBinding[] = [
	{
		id: 'downloads.details.close',
		label: 'back to the list',
		keys: ['escape', 'enter', 'backspace'],
		scope: 'downloads.details',
		hint: 0,
		actions: () => [{type: 'downloads/details-toggled'}],
		disabled: ({downloads}) => (downloads.isDetailsOpen ? undefined : 'the list is open'),
	},
	{
		id: 'downloads.details.previous',
		label: 'the download before',
		keys: ['left'],
		scope: 'downloads.details',
		actions: () => [{type: 'downloads/moved', move: 'up'}],
	},
	{
		id: 'downloads.details.next',
		label: 'the next download',
		keys: ['right'],
		scope: 'downloads.details',
		hint: 8,
		actions: () => [{type: 'downloads/moved', move: 'down'}],
	},
	...listKeys('downloads.details', scroll),
];

export const downloadsBindings: readonly KeyBinding[] = [...commandBindings, ...downloadQueueBindings, ...downloadSettingsBindings, ...listBindings, ...detailsBindings];

function command(name: DownloadCommand, downloads: readonly Download[]): readonly Action[] {
	return downloads.length === 0 ? [] : [{type: 'downloads/command-requested', command: name, ids: downloads.map(({id}) => id)}];
}

/**
Pauses if any of them runs, and lets them go on otherwise.
*/
function pauseOrResume(downloads: readonly Download[]): readonly Action[] {
	const running = downloads.filter(({status}) => !isSettled(status));
	return running.length > 0 ? command('pause', running) : command('resume', downloads.filter(download => isPaused(download)));
}

function scroll(move: ListMove, state: AppState): readonly Action[] {
	const page = bodyRows(state.screen) - 1;
	const steps: Readonly<Record<ListMove, number>> = {
		up: -1,
		down: 1,
		'page-up': -page,
		'page-down': page,
		first: -Infinity,
		last: Infinity,
	};
	return [{type: 'downloads/details-scrolled', by: steps[move], last: selectLastDetailTop(state)}];
}
