import {isOpen} from '../../format/download-status.js';
import {type Action} from '../../state/actions.js';
import {downloadPrompt, type DownloadPromptPurpose} from '../../state/selectors/download-prompts.js';
import {isConfigurable, selectChosenDownloads, selectDownload} from '../../state/selectors/downloads.js';
import {type AppState} from '../../state/state.js';
import {type Download, type DownloadPriority, type QueueMove} from '../../types/download.js';
import {type KeyBinding} from '../key-binding.js';

const noDownload = 'there is no download; 1 browse, d downloads a model';

const chosenOf = (state: AppState, isMeant: (download: Download) => boolean) => selectChosenDownloads(state).filter(download => isMeant(download));

/**
Why the chosen ones cannot be moved: only what is still to come has a place in the queue, among those of its priority.
*/
function whyNotMove(to: QueueMove): (state: AppState) => string | undefined {
	return state => {
		const chosen = chosenOf(state, ({status}) => isOpen(status));
		if (chosen.length === 0) {
			return selectDownload(state) ? 'it is over; only what is still to come has a place in the queue' : noDownload;
		}

		const isUp = to === 'first' || to === 'up';
		const atEnd = chosen.filter(download => isAtEnd(download, state, isUp));
		// Those that go step by step stay together: none overtakes one that can go no further.
		const isStuck = to === 'up' || to === 'down' ? atEnd.length > 0 : atEnd.length === chosen.length;
		return isStuck ? `it is the ${isUp ? 'first' : 'last'} of its priority already; + and - change that` : undefined;
	};
}

function isAtEnd({id, priority}: Download, {downloads: {items}}: AppState, isUp: boolean): boolean {
	const peers = items.filter(download => download.priority === priority && isOpen(download.status));
	return peers.at(isUp ? 0 : -1)?.id === id;
}

function moveBinding(to: QueueMove, key: string, label: string): KeyBinding {
	return {
		id: `downloads.move-${to}`,
		label,
		keys: [key],
		scope: 'downloads',
		actions: state => [{type: 'downloads/move-requested', to, ids: chosenOf(state, ({status}) => isOpen(status)).map(({id}) => id)}],
		disabled: whyNotMove(to),
	};
}

/**
The place in the queue.
*/
export const downloadQueueBindings: readonly KeyBinding[] = [
	{...moveBinding('up', 'K', 'earlier in the queue'), hint: 5},
	moveBinding('down', 'J', 'later in the queue'),
	moveBinding('first', '<', 'to the front of the queue'),
	moveBinding('last', '>', 'to the end of the queue'),
	priorityBinding('raise', ['+', '='], 'raise the priority'),
	priorityBinding('lower', ['-', '_'], 'lower the priority'),
];

/**
When and how fast: of the chosen downloads with a small letter, of all with a capital one.
*/
export const downloadSettingsBindings: readonly KeyBinding[] = [
	{
		...promptBinding('download-rate', 'l', 'cap the rate'), hint: 6, disabled: unlessConfigurable,
	},
	promptBinding('downloads-rate', 'L', 'cap the rate of all together'),
	{...promptBinding('download-times', 't', 'set when it may run'), disabled: unlessConfigurable},
	promptBinding('downloads-hours', 'T', 'set the hours of all'),
	promptBinding('downloads-counts', 'n', 'set how many run at once'),
];

function promptBinding(purpose: DownloadPromptPurpose, key: string, label: string): KeyBinding {
	return {
		id: `downloads.${purpose.startsWith('downloads') ? 'all' : 'own'}-${purpose.split('-', 2)[1] ?? ''}`,
		label,
		keys: [key],
		scope: 'downloads',
		actions: state => [{type: 'screen/dialog-opened', dialog: downloadPrompt(state, purpose)}],
		disabled: ({downloads: {limits}}) => (limits ? undefined : 'the settings are still being read'),
	};
}

function unlessConfigurable(state: AppState): string | undefined {
	return chosenOf(state, isConfigurable).length > 0 ? undefined : (selectDownload(state) ? 'it is over' : noDownload);
}

const priorities: readonly DownloadPriority[] = ['low', 'normal', 'high'];

function priorityBinding(id: 'lower' | 'raise', keys: readonly string[], label: string): KeyBinding {
	const step = id === 'raise' ? 1 : -1;
	return {
		id: `downloads.${id}`,
		label,
		keys,
		scope: 'downloads',
		actions: state => changePriorities(state, step),
		disabled: state => unlessConfigurable(state)
			?? (chosenOf(state, download => isConfigurable(download) && neighbour(download, step) !== undefined).length > 0 ? undefined : `its priority is ${step > 0 ? 'high' : 'low'} already`),
	};
}

/**
Each of the chosen ones goes a step further from where it is.
*/
function changePriorities(state: AppState, step: number): readonly Action[] {
	const chosen = chosenOf(state, isConfigurable);
	return priorities.flatMap((priority): readonly Action[] => {
		const ids = chosen.filter(download => neighbour(download, step) === priority).map(({id}) => id);
		return ids.length > 0 ? [{type: 'downloads/configure-requested', ids, change: {priority}}] : [];
	});
}

function neighbour({priority}: Download, step: number): DownloadPriority | undefined {
	const index = priorities.indexOf(priority) + step;
	return index < 0 ? undefined : priorities[index];
}
