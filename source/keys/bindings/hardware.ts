import {type Action} from '../../state/actions.js';
import {type HardwareFocus} from '../../state/reducers/hardware-list.js';
import {selectFitRow} from '../../state/selectors/hardware.js';
import {simulationPrompt} from '../../state/selectors/hardware-dialogs.js';
import {type AppState} from '../../state/state.js';
import {type KeyBinding, type Place} from '../key-binding.js';
import {whileAnswering} from './chat.js';
import {hardwarePageBindings} from './hardware-pages.js';
import {listKeys} from './list-keys.js';

/**
The list and its filter, or a page that lies over them: the plan of a model, its details, the whole machine.
*/
export function hardwarePlace({hardware, plans}: AppState): Place {
	if (plans.open) {
		return {scopes: ['hardware.plan', 'global']};
	}

	const places: Readonly<Record<HardwareFocus, Place>> = {
		list: {scopes: ['hardware', 'global']},
		filter: {scopes: ['hardware.filter', 'typing'], typed: keypress => ({type: 'hardware/filter-typed', keypress})},
		details: {scopes: ['hardware.details', 'hardware', 'global']},
		machine: {scopes: ['hardware.machine', 'global']},
	};
	return places[hardware.focus];
}

const focus = (to: HardwareFocus): readonly Action[] => [{type: 'hardware/focused', focus: to}];

const noModel = (state: AppState) => (selectFitRow(state) ? undefined : 'no model is selected');

const whileUnknown = ({hardware}: AppState) => (hardware.real ? undefined : 'this machine was not looked at yet');

const listBindings: readonly KeyBinding[] = [
	{
		id: 'hardware.details',
		label: 'details',
		keys: ['enter'],
		scope: 'hardware',
		hint: 1,
		actions: () => focus('details'),
		disabled: state => (state.hardware.focus === 'details' ? 'they are shown' : noModel(state)),
	},
	{
		id: 'hardware.simulate',
		label: 'what if',
		keys: ['e'],
		scope: 'hardware',
		hint: 2,
		actions: state => [{type: 'screen/dialog-opened', dialog: simulationPrompt(state)}],
		disabled: whileUnknown,
	},
	{
		id: 'hardware.real',
		label: 'this machine',
		keys: ['E'],
		scope: 'hardware',
		hint: 3,
		actions: () => [{type: 'hardware/simulation-ended'}],
		disabled: ({hardware}) => (hardware.simulated ? undefined : 'this machine is shown; e describes another'),
	},
	{
		id: 'hardware.plan',
		label: 'load plan',
		keys: ['o'],
		scope: 'hardware',
		hint: 4,
		actions(state) {
			const row = selectFitRow(state);
			return row ? [{type: 'plans/opened', modelId: row.modelId, name: row.name}] : [];
		},
		disabled: noModel,
	},
	{
		id: 'hardware.filter',
		label: 'filter',
		keys: ['/'],
		scope: 'hardware',
		hint: 5,
		actions: () => focus('filter'),
	},
	{
		id: 'hardware.sort',
		label: 'sort',
		keys: ['s'],
		scope: 'hardware',
		hint: 6,
		actions: () => [{type: 'hardware/sort-cycled'}],
	},
	{
		id: 'hardware.download',
		label: 'download',
		keys: ['d'],
		scope: 'hardware',
		hint: 7,
		actions(state) {
			const row = selectFitRow(state);
			return row ? [{type: 'browse/download-requested', targets: [{ref: row.modelId, name: row.name, isRepository: false}]}] : [];
		},
		disabled: state => noModel(state) ?? (selectFitRow(state)?.isInstalled ? 'it is installed already; c chats with it' : undefined),
	},
	{
		id: 'hardware.chat',
		label: 'chat',
		keys: ['c'],
		scope: 'hardware',
		hint: 8,
		actions(state) {
			const row = selectFitRow(state);
			return row ? [{type: 'chat/model-chosen', modelId: row.modelId}, {type: 'screen/tab-opened', tab: 'chat'}] : [];
		},
		disabled: state => noModel(state) ?? (selectFitRow(state)?.isInstalled ? whileAnswering(state) : 'it is not installed; d downloads it'),
	},
	{
		id: 'hardware.bandwidth',
		label: 'measure memory',
		keys: ['b'],
		scope: 'hardware',
		hint: 9,
		actions: () => [{type: 'hardware/bandwidth-requested'}],
		disabled: state => whileUnknown(state) ?? (state.hardware.isMeasuring ? 'it is being measured' : (state.hardware.simulated ? 'this machine is not shown; E goes back to it' : undefined)),
	},
	{
		id: 'hardware.machine',
		label: 'all of the machine',
		keys: ['i'],
		scope: 'hardware',
		hint: 10,
		actions: () => focus('machine'),
		disabled: whileUnknown,
	},
	{
		id: 'hardware.probe',
		label: 'look again',
		keys: ['r'],
		scope: 'hardware',
		hint: 11,
		// The meters too, which may have stopped with an error.
		actions: () => [{type: 'hardware/probe-requested'}, {type: 'hardware/watch-requested'}],
	},
	{
		id: 'hardware.mark',
		label: 'mark',
		keys: ['space'],
		scope: 'hardware',
		actions: () => [],
		disabled: () => 'd downloads the selected model; several are marked on the browse tab',
	},
	{
		id: 'hardware.escape',
		label: 'clear the filter, back to this machine',
		keys: ['escape'],
		scope: 'hardware',
		actions: escape,
	},
	...listKeys('hardware', move => [{type: 'hardware/list-moved', move}]),
];

const filterBindings: readonly KeyBinding[] = [
	{
		id: 'hardware.filter.accept',
		label: 'to the list',
		keys: ['enter', 'down'],
		scope: 'hardware.filter',
		hint: 1,
		actions: () => focus('list'),
	},
	{
		id: 'hardware.filter.leave',
		label: 'leave, again to clear',
		keys: ['escape'],
		scope: 'hardware.filter',
		hint: 2,
		actions: () => focus('list'),
	},
];

export const hardwareBindings: readonly KeyBinding[] = [...listBindings, ...filterBindings, ...hardwarePageBindings];

/**
The nearest thing first.
*/
function escape({hardware}: AppState): readonly Action[] {
	return hardware.filter.value === '' ? (hardware.simulated ? [{type: 'hardware/simulation-ended'}] : []) : [{type: 'hardware/filter-cleared'}];
}
