import {type Action} from '../../state/actions.js';
import {type ListMove} from '../../state/list-view.js';
import {templateNames} from '../../state/reducers/chat.js';
import {deleteChatDialog} from '../../state/selectors/chat-dialogs.js';
import {type KeyBinding} from '../key-binding.js';
import {listKeys} from './list-keys.js';

const toText = (): readonly Action[] => [{type: 'chat/focused', focus: 'text'}];

const modelBindings: readonly KeyBinding[] = [
	{
		id: 'chat.choose-model',
		label: 'chat with it',
		keys: ['enter'],
		scope: 'chat.models',
		hint: 1,
		actions({chat, library}) {
			const model = library.models[chat.list.cursor];
			return model ? [{type: 'chat/model-chosen', modelId: model.id}] : [];
		},
	},
	{
		id: 'chat.models.close', label: 'back', keys: ['escape'], scope: 'chat.models', hint: 2, actions: toText,
	},
	...listKeys('chat.models', moveList),
];

const conversationBindings: readonly KeyBinding[] = [
	{
		id: 'chat.open',
		label: 'open',
		keys: ['enter'],
		scope: 'chat.conversations',
		hint: 1,
		actions({chat}) {
			const conversation = chat.conversations[chat.list.cursor];
			return conversation ? [{type: 'chat/conversation-opened', conversation}] : [];
		},
	},
	{
		id: 'chat.delete',
		label: 'delete',
		keys: ['x'],
		scope: 'chat.conversations',
		hint: 2,
		actions({chat}) {
			const conversation = chat.conversations[chat.list.cursor];
			return conversation ? [{type: 'screen/dialog-opened', dialog: deleteChatDialog(conversation)}] : [];
		},
		disabled: ({chat}) => (chat.conversations.length === 0 ? 'there is none' : undefined),
	},
	{
		id: 'chat.conversations.close', label: 'back', keys: ['escape'], scope: 'chat.conversations', hint: 3, actions: toText,
	},
	...listKeys('chat.conversations', moveList),
];

const templateBindings: readonly KeyBinding[] = [
	{
		id: 'chat.choose-template',
		label: 'take its settings',
		keys: ['enter'],
		scope: 'chat.templates',
		hint: 1,
		actions: ({chat}) => [{type: 'chat/template-requested', name: templateNames(chat)[chat.list.cursor] ?? ''}],
	},
	{
		id: 'chat.templates.close', label: 'back', keys: ['escape'], scope: 'chat.templates', hint: 2, actions: toText,
	},
	...listKeys('chat.templates', moveList),
];

/**
The lists that lie over the text: models, old chats and templates.
*/
export const chatListBindings: readonly KeyBinding[] = [...modelBindings, ...conversationBindings, ...templateBindings];

function moveList(move: ListMove): readonly Action[] {
	return [{type: 'chat/list-moved', move}];
}
