import {isShowingDetails} from '../../state/selectors/hardware.js';
import {hasMemorySum} from '../../state/selectors/layout.js';
import {type AppState} from '../../state/state.js';
import {type KeyBinding, type Place} from '../key-binding.js';
import {whileAnswering} from './chat.js';
import {listKeys} from './list-keys.js';

export function hardwarePlace(state: AppState): Place {
	return {scopes: isShowingDetails(state) ? ['hardware.details', 'hardware', 'global'] : ['hardware', 'global']};
}

const selectedId = ({hardware}: AppState) => hardware.fits[hardware.list.cursor]?.modelId;

const nameOf = ({registry}: AppState, id: string) => registry.find(model => model.id === id)?.name ?? id;

const isInstalled = (state: AppState) => state.library.models.some(({id}) => id === selectedId(state));

export const hardwareBindings: readonly KeyBinding[] = [
	{
		id: 'hardware.download',
		label: 'download',
		keys: ['d'],
		scope: 'hardware',
		hint: 1,
		actions(state) {
			const id = selectedId(state);
			return id === undefined ? [] : [{type: 'browse/download-requested', targets: [{ref: id, name: nameOf(state, id), isRepository: false}]}];
		},
		disabled: state => (selectedId(state) === undefined ? 'no model is selected' : (isInstalled(state) ? 'it is installed already; c chats with it' : undefined)),
	},
	{
		id: 'hardware.chat',
		label: 'chat',
		keys: ['c'],
		scope: 'hardware',
		hint: 2,
		actions(state) {
			const modelId = selectedId(state);
			return modelId === undefined ? [] : [{type: 'chat/model-chosen', modelId}, {type: 'screen/tab-opened', tab: 'chat'}];
		},
		disabled: state => (isInstalled(state) ? whileAnswering(state) : 'it is not installed; d downloads it'),
	},
	{
		id: 'hardware.probe',
		label: 'look again',
		keys: ['r'],
		scope: 'hardware',
		hint: 3,
		// The meters too, which may have stopped with an error.
		actions: () => [{type: 'hardware/probe-requested'}, {type: 'hardware/watch-requested'}],
	},
	{
		id: 'hardware.details',
		label: 'what it needs',
		keys: ['enter'],
		scope: 'hardware',
		hint: 4,
		actions: () => [{type: 'hardware/details-toggled'}],
		disabled: state => (selectedId(state) === undefined ? 'no model is selected' : (hasMemorySum(state.screen, state.hardware.report) ? 'it stands below the list' : undefined)),
	},
	{
		id: 'hardware.back',
		label: 'back to the list',
		keys: ['escape', 'enter'],
		scope: 'hardware.details',
		hint: 0,
		actions: () => [{type: 'hardware/details-toggled'}],
		disabled: state => (isShowingDetails(state) ? undefined : 'the list is shown'),
	},
	{
		id: 'hardware.search',
		label: 'search in browse',
		keys: ['/'],
		scope: 'hardware',
		hint: 5,
		actions: () => [{type: 'screen/tab-opened', tab: 'browse'}, {type: 'browse/focused', focus: 'search'}],
	},
	{
		id: 'hardware.mark',
		label: 'mark',
		keys: ['space'],
		scope: 'hardware',
		actions: () => [],
		disabled: () => 'd downloads the selected model; several are marked on the browse tab',
	},
	...listKeys('hardware', move => [{type: 'hardware/list-moved', move}]),
];
