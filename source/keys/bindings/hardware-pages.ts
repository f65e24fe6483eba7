import {type Action} from '../../state/actions.js';
import {type ListMove} from '../../state/list-view.js';
import {pageRows} from '../../state/selectors/hardware-layout.js';
import {type AppState} from '../../state/state.js';
import {type KeyBinding} from '../key-binding.js';
import {listKeys} from './list-keys.js';

const pageBack: Omit<KeyBinding, 'id' | 'scope' | 'keys'> = {label: 'back to the list', hint: 0, actions: () => [{type: 'hardware/focused', focus: 'list'}]};

const detailsBindings: readonly KeyBinding[] = [
	{
		id: 'hardware.details.back', scope: 'hardware.details', keys: ['escape', 'enter'], ...pageBack,
	},
	// The keys of a step go from model to model, those of a page through what there is to read.
	...listKeys('hardware.details', scroll).filter(({id}) => id.includes('page')),
];

const machineBindings: readonly KeyBinding[] = [
	{
		id: 'hardware.machine.back', scope: 'hardware.machine', keys: ['escape', 'enter', 'i'], ...pageBack,
	},
	...listKeys('hardware.machine', scroll),
];

/**
The pages that lie over the list: the details of a model, and all of the machine.
*/
export const hardwarePageBindings: readonly KeyBinding[] = [...detailsBindings, ...machineBindings];

function scroll(move: ListMove, state: AppState): readonly Action[] {
	const page = Math.max(1, pageRows(state) - 1);
	const steps: Readonly<Record<ListMove, number>> = {
		up: -1,
		down: 1,
		'page-up': -page,
		'page-down': page,
		first: -Number.MAX_SAFE_INTEGER,
		last: Number.MAX_SAFE_INTEGER,
	};
	return [{type: 'hardware/scrolled', by: steps[move]}];
}
