import {benchSettingsPrompt, deleteResultDialog} from '../../state/selectors/bench-dialogs.js';
import {type AppState} from '../../state/state.js';
import {type KeyBinding, type Place} from '../key-binding.js';
import {listKeys} from './list-keys.js';

export function benchPlace(_state: AppState): Place {
	return {scopes: ['bench', 'global']};
}

const isRunning = ({bench}: AppState) => bench.queue.length > 0;

const selectedModel = ({bench, library}: AppState) => library.models[bench.models.cursor];

const selectedRun = ({bench}: AppState) => bench.runs[bench.results.cursor];

export const benchBindings: readonly KeyBinding[] = [
	{
		id: 'bench.run',
		label: 'measure',
		keys: ['enter', 'b'],
		scope: 'bench',
		hint: 1,
		actions(state) {
			const model = selectedModel(state);
			const marked = state.library.models.filter(({id}) => state.bench.marked.has(id)).map(({id}) => id);
			return [{type: 'bench/run-requested', modelIds: marked.length > 0 || !model ? marked : [model.id]}];
		},
		disabled: state => (isRunning(state) ? 'a measurement is under way; Esc stops it' : (selectedModel(state) ? undefined : 'no model is installed')),
	},
	{
		id: 'bench.stop',
		label: 'stop',
		keys: ['escape'],
		scope: 'bench',
		hint: 2,
		actions: () => [{type: 'bench/stop-requested'}],
		disabled: state => (isRunning(state) ? undefined : 'nothing is being measured'),
	},
	{
		id: 'bench.mark',
		label: 'mark',
		keys: ['space'],
		scope: 'bench',
		hint: 3,
		actions(state) {
			const model = selectedModel(state);
			return model ? [{type: 'bench/marked', modelId: model.id}, {type: 'bench/list-moved', move: 'down'}] : [];
		},
		disabled: ({bench}) => (bench.focus === 'models' ? undefined : 'only models can be marked; o goes to them'),
	},
	{
		id: 'bench.settings',
		label: 'settings',
		keys: ['t'],
		scope: 'bench',
		hint: 4,
		actions: state => [{type: 'screen/dialog-opened', dialog: benchSettingsPrompt(state)}],
		disabled: state => (isRunning(state) ? 'a measurement is under way' : undefined),
	},
	{
		id: 'bench.other-list',
		label: 'models ↔ results',
		keys: ['o'],
		scope: 'bench',
		hint: 5,
		actions: ({bench}) => [{type: 'bench/focused', focus: bench.focus === 'models' ? 'runs' : 'models'}],
	},
	{
		id: 'bench.delete',
		label: 'delete result',
		keys: ['x'],
		scope: 'bench',
		hint: 6,
		actions(state) {
			const run = selectedRun(state);
			return run ? [{type: 'screen/dialog-opened', dialog: deleteResultDialog(run)}] : [];
		},
		disabled: state => (state.bench.focus === 'runs' && selectedRun(state) ? undefined : 'select a result first; o goes to them'),
	},
	...listKeys('bench', move => [{type: 'bench/list-moved', move}]),
];
