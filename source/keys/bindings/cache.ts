import {type Action} from '../../state/actions.js';
import {
	cleanDialog,
	clearDialog,
	limitPrompt,
	removeDialog,
} from '../../state/selectors/cache-dialogs.js';
import {selectCachedModel, selectChosenModels, isVerifying} from '../../state/selectors/cache-rows.js';
import {type Dialog} from '../../state/dialog.js';
import {type AppState} from '../../state/state.js';
import {type InstalledModel} from '../../types/installed-model.js';
import {type KeyBinding, type Place} from '../key-binding.js';
import {whileAnswering} from './chat.js';
import {listKeys} from './list-keys.js';

export function cachePlace({cache}: AppState): Place {
	return cache.focus === 'filter'
		? {scopes: ['cache.filter', 'typing'], typed: keypress => ({type: 'cache/filter-typed', keypress})}
		: {scopes: ['cache', 'global']};
}

const isRemovable = ({source}: InstalledModel) => source !== 'starter';

const noModel = (state: AppState) => (selectCachedModel(state) ? undefined : 'no model is selected');

const whileRemoving = ({cache}: AppState) => (cache.removing === undefined ? undefined : 'something is being removed just now');

const noneDownloaded = ({library}: AppState) => (library.models.some(model => isRemovable(model)) ? undefined : 'nothing is downloaded; the starter model is part of Remuda');

const open = (dialog: Dialog): readonly Action[] => [{type: 'screen/dialog-opened', dialog}];

const listBindings: readonly KeyBinding[] = [
	{
		id: 'cache.chat',
		label: 'chat with it',
		keys: ['enter', 'c'],
		scope: 'cache',
		hint: 1,
		actions(state) {
			const model = selectCachedModel(state);
			return model ? [{type: 'chat/model-chosen', modelId: model.id}, {type: 'screen/tab-opened', tab: 'chat'}] : [];
		},
		disabled: state => noModel(state) ?? whileAnswering(state),
	},
	{
		id: 'cache.bench',
		label: 'bench',
		keys: ['b'],
		scope: 'cache',
		hint: 5,
		actions(state) {
			const model = selectCachedModel(state);
			return model ? [{type: 'bench/model-chosen', modelId: model.id}, {type: 'screen/tab-opened', tab: 'bench'}] : [];
		},
		disabled: noModel,
	},
	{
		id: 'cache.remove',
		label: 'remove',
		keys: ['x', 'delete'],
		scope: 'cache',
		hint: 2,
		actions: state => open(removeDialog(selectChosenModels(state).filter(model => isRemovable(model)))),
		disabled: state => noModel(state) ?? whileRemoving(state) ?? (selectChosenModels(state).some(model => isRemovable(model)) ? undefined : 'the starter model is part of Remuda'),
	},
	{
		id: 'cache.verify',
		label: 'verify',
		keys: ['v'],
		scope: 'cache',
		hint: 3,
		actions: state => [{type: 'cache/verify-requested', ids: selectChosenModels(state).map(({id}) => id)}],
		disabled: state => noModel(state) ?? (isVerifying(state) ? 'files are being checked; Esc stops that' : undefined),
	},
	{
		id: 'cache.prune',
		label: 'prune',
		keys: ['p'],
		scope: 'cache',
		hint: 4,
		actions: state => open(limitPrompt(state)),
		disabled: state => whileRemoving(state) ?? noneDownloaded(state),
	},
	{
		id: 'cache.clear',
		label: 'remove all',
		keys: ['X'],
		scope: 'cache',
		actions: ({library}) => open(clearDialog(library.models.filter(model => isRemovable(model)))),
		disabled: state => whileRemoving(state) ?? noneDownloaded(state),
	},
	{
		id: 'cache.clean',
		label: 'remove partial files',
		keys: ['C'],
		scope: 'cache',
		actions: state => open(cleanDialog(state)),
		disabled: state => whileRemoving(state) ?? ((state.library.usage?.partialCount ?? 0) === 0 ? 'there are no partial files' : undefined),
	},
	{
		id: 'cache.filter',
		label: 'filter',
		keys: ['/'],
		scope: 'cache',
		hint: 6,
		actions: () => [{type: 'cache/focused', focus: 'filter'}],
	},
	{
		id: 'cache.sort',
		label: 'sort',
		keys: ['s'],
		scope: 'cache',
		hint: 7,
		actions: () => [{type: 'cache/sort-cycled'}],
	},
	{
		id: 'cache.mark',
		label: 'mark',
		keys: ['space'],
		scope: 'cache',
		actions: () => [{type: 'cache/mark-toggled'}],
		disabled: noModel,
	},
	{
		id: 'cache.refresh',
		label: 'look at the disk again',
		keys: ['r'],
		scope: 'cache',
		actions: () => [{type: 'library/refresh-requested'}],
	},
	{
		id: 'cache.escape',
		label: 'stop verifying, clear marks, clear the filter',
		keys: ['escape'],
		scope: 'cache',
		actions: escape,
	},
	...listKeys('cache', move => [{type: 'cache/moved', move}]),
];

const filterBindings: readonly KeyBinding[] = [
	{
		id: 'cache.filter.accept',
		label: 'to the list',
		keys: ['enter', 'down'],
		scope: 'cache.filter',
		hint: 1,
		actions: () => [{type: 'cache/focused', focus: 'list'}],
	},
	{
		id: 'cache.filter.leave',
		label: 'leave, again to clear',
		keys: ['escape'],
		scope: 'cache.filter',
		hint: 2,
		actions: () => [{type: 'cache/focused', focus: 'list'}],
	},
];

export const cacheBindings: readonly KeyBinding[] = [...listBindings, ...filterBindings];

/**
The nearest thing first.
*/
function escape(state: AppState): readonly Action[] {
	const {cache} = state;
	if (isVerifying(state)) {
		return [{type: 'cache/verify-stop-requested'}];
	}

	return cache.marked.size > 0 ? [{type: 'cache/marks-cleared'}] : (cache.filter.value === '' ? [] : [{type: 'cache/filter-cleared'}]);
}
