import {type Action} from '../../state/actions.js';
import {type BrowseFocus, type DownloadTarget} from '../../state/reducers/browse.js';
import {selectBrowseDetails, selectBrowseVariant} from '../../state/selectors/browse-details.js';
import {installedOf, queuedOf, selectBrowseRow} from '../../state/selectors/browse-rows.js';
import {selectMarkedTargets, targetOf} from '../../state/selectors/browse-targets.js';
import {type AppState} from '../../state/state.js';
import {type KeyBinding, type Place} from '../key-binding.js';
import {whileAnswering} from './chat.js';
import {listKeys} from './list-keys.js';

/**
The list, the search field above it, or the details of one row.
*/
export function browsePlace({browse}: AppState): Place {
	const places: Readonly<Record<BrowseFocus, Place>> = {
		list: {scopes: ['browse', 'global']},
		search: {scopes: ['browse.search', 'typing'], typed: keypress => ({type: 'browse/query-typed', keypress})},
		details: {scopes: ['browse.details', 'global']},
	};
	return places[browse.focus];
}

const focus = (to: BrowseFocus): readonly Action[] => [{type: 'browse/focused', focus: to}];

const noRow = (state: AppState) => (selectBrowseRow(state) ? undefined : 'no model is selected');

const listBindings: readonly KeyBinding[] = [
	{
		id: 'browse.search',
		label: 'search',
		keys: ['/'],
		scope: 'browse',
		hint: 1,
		actions: () => focus('search'),
	},
	{
		id: 'browse.open',
		label: 'details',
		keys: ['enter', 'right', 'l'],
		scope: 'browse',
		hint: 2,
		actions: state => [...focus('details'), ...wantedDetails(state)],
		disabled: noRow,
	},
	{
		id: 'browse.download',
		label: 'download',
		keys: ['d'],
		scope: 'browse',
		hint: 3,
		actions: state => download(state.browse.marked.size > 0 ? selectMarkedTargets(state) : rowTargets(state)),
		disabled: state => (state.browse.marked.size > 0 ? undefined : noRow(state) ?? whyNotDownloadRow(state)),
	},
	{
		id: 'browse.mark',
		label: 'mark',
		keys: ['space'],
		scope: 'browse',
		hint: 4,
		actions: () => [{type: 'browse/mark-toggled'}],
		disabled: noRow,
	},
	{
		id: 'browse.filter',
		label: 'filter',
		keys: ['f'],
		scope: 'browse',
		hint: 5,
		actions: () => [{type: 'browse/filter-cycled'}],
	},
	{
		id: 'browse.sort',
		label: 'sort',
		keys: ['s'],
		scope: 'browse',
		hint: 6,
		actions: () => [{type: 'browse/sort-cycled'}],
	},
	{
		id: 'browse.chat',
		label: 'chat with it',
		keys: ['c'],
		scope: 'browse',
		actions(state) {
			const row = selectBrowseRow(state);
			return chatWith(row && installedOf(state, row)?.id);
		},
		disabled(state) {
			const row = selectBrowseRow(state);
			return noRow(state) ?? (row && installedOf(state, row) ? whileAnswering(state) : 'it is not installed yet; d downloads it');
		},
	},
	{
		id: 'browse.refresh',
		label: 'try again',
		keys: ['r'],
		scope: 'browse',
		actions: refresh,
	},
	{
		id: 'browse.clear',
		label: 'clear marks, then the search',
		keys: ['escape'],
		scope: 'browse',
		actions: ({browse}) => [{type: browse.marked.size > 0 ? 'browse/marks-cleared' : 'browse/query-cleared'}],
	},
	...listKeys('browse', move => [{type: 'browse/moved', move}]),
];

const searchBindings: readonly KeyBinding[] = [
	{
		id: 'browse.search.accept',
		label: 'to the list',
		keys: ['enter', 'down', 'pagedown'],
		scope: 'browse.search',
		hint: 1,
		actions: () => focus('list'),
	},
	{
		id: 'browse.search.leave',
		label: 'leave, again to clear',
		keys: ['escape'],
		scope: 'browse.search',
		hint: 2,
		actions: () => focus('list'),
	},
];

const detailsBindings: readonly KeyBinding[] = [
	{
		id: 'browse.details.download',
		label: 'download this variant',
		keys: ['d', 'enter'],
		scope: 'browse.details',
		hint: 1,
		actions(state) {
			const variant = selectBrowseVariant(state);
			return download(variant ? [variant.target] : []);
		},
		disabled: whyNotDownloadVariant,
	},
	{
		id: 'browse.details.chat',
		label: 'chat with it',
		keys: ['c'],
		scope: 'browse.details',
		hint: 3,
		actions: state => chatWith(selectBrowseVariant(state)?.installed?.id),
		disabled: state => (selectBrowseVariant(state)?.installed ? whileAnswering(state) : 'this variant is not installed yet; d downloads it'),
	},
	{
		id: 'browse.details.refresh',
		label: 'try again',
		keys: ['r'],
		scope: 'browse.details',
		hint: 4,
		actions: refresh,
	},
	{
		id: 'browse.details.close',
		label: 'back',
		keys: ['escape', 'left', 'h', 'backspace'],
		scope: 'browse.details',
		hint: 2,
		actions: () => focus('list'),
	},
	...listKeys('browse.details', move => [{type: 'browse/variant-moved', move}]),
];

export const browseBindings: readonly KeyBinding[] = [...listBindings, ...searchBindings, ...detailsBindings];

function download(targets: readonly DownloadTarget[]): readonly Action[] {
	return [{type: 'browse/download-requested', targets}];
}

function rowTargets(state: AppState): readonly DownloadTarget[] {
	const row = selectBrowseRow(state);
	return row ? [targetOf(row)] : [];
}

function chatWith(modelId: string | undefined): readonly Action[] {
	return modelId === undefined ? [] : [{type: 'chat/model-chosen', modelId}, {type: 'screen/tab-opened', tab: 'chat'}];
}

const alreadyInstalled = 'it is installed; c chats with it';
const alreadyQueued = 'it is being downloaded; 2 shows how far it is';

/**
A repository has more variants than the one that is here already, so it can always be downloaded from.
*/
function whyNotDownloadRow(state: AppState): string | undefined {
	const row = selectBrowseRow(state);
	if (row?.origin !== 'registry') {
		return undefined;
	}

	return installedOf(state, row) ? alreadyInstalled : (queuedOf(state, row) ? alreadyQueued : undefined);
}

function whyNotDownloadVariant(state: AppState): string | undefined {
	const variant = selectBrowseVariant(state);
	if (!variant) {
		return 'its variants are not known yet';
	}

	return variant.installed ? alreadyInstalled : (variant.queued ? alreadyQueued : undefined);
}

/**
The variants, unless they are known or on their way.
*/
function wantedDetails(state: AppState): readonly Action[] {
	const details = selectBrowseDetails(state);
	const isWanted = details !== undefined && (details.entry === undefined || details.entry.status === 'failed');
	return isWanted ? [{type: 'browse/details-requested', repository: details.row.repository}] : [];
}

/**
Asks again for what is on the screen: the search, the details, and what fits now.
*/
function refresh(state: AppState): readonly Action[] {
	const text = state.browse.query.value.trim();
	const details = selectBrowseDetails(state);
	const isShown = details !== undefined && (state.browse.focus === 'details' || details.entry !== undefined);
	return [
		{type: 'hardware/probe-requested'},
		...(text === '' || state.browse.focus === 'details' ? [] : [{type: 'browse/search-requested', text, delayMs: 0} as const]),
		...(isShown ? [{type: 'browse/details-requested', repository: details.row.repository} as const] : []),
	];
}
