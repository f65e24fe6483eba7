import {type Action} from '../../state/actions.js';
import {type DownloadCommand} from '../../state/reducers/downloads.js';
import {cancelDialog} from '../../state/selectors/download-dialogs.js';
import {selectChosenDownloads} from '../../state/selectors/downloads.js';
import {areDetailsBeside} from '../../state/selectors/downloads-layout.js';
import {isUnfinished} from '../../state/selectors/variant-keys.js';
import {type AppState} from '../../state/state.js';
import {type Download} from '../../types/download.js';
import {type KeyBinding, type Place} from '../key-binding.js';
import {listKeys} from './list-keys.js';

export function downloadsPlace(_state: AppState): Place {
	return {scopes: ['downloads', 'global']};
}

const isRunning = ({status}: Download) => ['pending', 'downloading', 'verifying'].includes(status);
const isPaused = ({status}: Download) => status === 'paused';
const isRetryable = ({status}: Download) => status === 'failed' || status === 'cancelled';
/**
A failed one still has what it received.
*/
const isCancellable = (download: Download) => isUnfinished(download) || download.status === 'failed';
const isClearable = ({status}: Download) => status === 'completed' || status === 'cancelled';

/**
Why a key has nothing to act on: there is no download, or none of the chosen ones is in the state it is for.
*/
function unlessAny(isMeant: (download: Download) => boolean, reason: string): (state: AppState) => string | undefined {
	return state => {
		const chosen = selectChosenDownloads(state);
		return chosen.length === 0 ? 'there is no download; 1 browse, d downloads a model' : (chosen.some(download => isMeant(download)) ? undefined : reason);
	};
}

export const downloadsBindings: readonly KeyBinding[] = [
	{
		id: 'downloads.pause',
		label: 'pause or go on',
		keys: ['p'],
		scope: 'downloads',
		hint: 1,
		actions: state => pauseOrResume(selectChosenDownloads(state)),
		disabled: unlessAny(download => isRunning(download) || isPaused(download), 'it is neither running nor paused; r starts it again'),
	},
	{
		id: 'downloads.pause-all',
		label: 'pause all, or let all go on',
		keys: ['P'],
		scope: 'downloads',
		hint: 6,
		actions: ({downloads}) => pauseOrResume(downloads.items),
		disabled: ({downloads}) => (downloads.items.some(download => isUnfinished(download)) ? undefined : 'nothing is being downloaded'),
	},
	{
		id: 'downloads.cancel',
		label: 'cancel',
		keys: ['x'],
		scope: 'downloads',
		hint: 2,
		actions: state => [{type: 'screen/dialog-opened', dialog: cancelDialog(selectChosenDownloads(state).filter(download => isCancellable(download)))}],
		disabled: unlessAny(isCancellable, 'it is over; c takes it off the list'),
	},
	{
		id: 'downloads.retry',
		label: 'try again',
		keys: ['r'],
		scope: 'downloads',
		hint: 3,
		actions: state => command('resume', selectChosenDownloads(state).filter(download => isRetryable(download))),
		disabled: unlessAny(isRetryable, 'it did not fail'),
	},
	{
		id: 'downloads.clear',
		label: 'clear finished',
		keys: ['c'],
		scope: 'downloads',
		hint: 5,
		actions: ({downloads}) => command('forget', downloads.items.filter(download => isClearable(download))),
		disabled: ({downloads}) => (downloads.items.some(download => isClearable(download)) ? undefined : 'nothing is finished'),
	},
	{
		id: 'downloads.mark',
		label: 'mark',
		keys: ['space'],
		scope: 'downloads',
		hint: 7,
		actions: () => [{type: 'downloads/mark-toggled'}],
		disabled: ({downloads}) => (downloads.items.length === 0 ? 'there is no download' : undefined),
	},
	{
		id: 'downloads.details',
		label: 'details',
		keys: ['enter'],
		scope: 'downloads',
		hint: 4,
		actions: () => [{type: 'downloads/details-toggled'}],
		disabled: ({screen, downloads}) => (areDetailsBeside(screen) ? 'they stand beside the list' : (downloads.items.length === 0 ? 'there is no download' : undefined)),
	},
	{
		id: 'downloads.back',
		label: 'back, or clear marks',
		keys: ['escape'],
		scope: 'downloads',
		actions: ({downloads}) => [{type: downloads.isDetailsOpen ? 'downloads/details-toggled' : 'downloads/marks-cleared'}],
	},
	...listKeys('downloads', move => [{type: 'downloads/moved', move}]),
];

function command(name: DownloadCommand, downloads: readonly Download[]): readonly Action[] {
	return downloads.length === 0 ? [] : [{type: 'downloads/command-requested', command: name, ids: downloads.map(({id}) => id)}];
}

/**
Pauses if any of them runs, and lets them go on otherwise.
*/
function pauseOrResume(downloads: readonly Download[]): readonly Action[] {
	const running = downloads.filter(download => isRunning(download));
	return running.length > 0 ? command('pause', running) : command('resume', downloads.filter(download => isPaused(download)));
}
