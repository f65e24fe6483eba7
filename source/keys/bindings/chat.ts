import {formatSampling} from '../../format/sampling.js';
import {type Action} from '../../state/actions.js';
import {type ChatFocus} from '../../state/reducers/chat.js';
import {type ListMove} from '../../state/list-view.js';
import {bodyRows} from '../../state/selectors/layout.js';
import {type AppState} from '../../state/state.js';
import {textField} from '../../state/text-field.js';
import {type KeyBinding, type Place, type Scope} from '../key-binding.js';
import {quitActions} from './global.js';
import {listKeys} from './list-keys.js';

/**
Text is typed into the composer; the lists of models and of old chats lie over the text.
*/
export function chatPlace({chat}: AppState): Place {
	const places: Readonly<Record<ChatFocus, Place>> = {
		composer: {scopes: ['chat.composer', 'typing'], typed: keypress => ({type: 'chat/typed', keypress})},
		text: {scopes: ['chat', 'global']},
		models: {scopes: ['chat.models', 'global']},
		conversations: {scopes: ['chat.conversations', 'global']},
	};
	return places[chat.focus];
}

const focus = (to: ChatFocus): readonly Action[] => [{type: 'chat/focused', focus: to}];

const whyNotNow = ({chat}: AppState) => (chat.answering ? 'an answer is being generated; Esc stops it' : undefined);

const composerBindings: readonly KeyBinding[] = [
	{
		id: 'chat.send',
		label: 'send',
		keys: ['enter'],
		scope: 'chat.composer',
		hint: 1,
		actions: ({chat}) => [{type: 'chat/submitted', text: chat.composer.value.trim()}],
		disabled: state => (state.chat.composer.value.trim() === '' ? 'nothing is typed yet' : whyNotNow(state)),
	},
	{
		id: 'chat.newline',
		label: 'new line',
		keys: ['ctrl+j', 'alt+enter'],
		scope: 'chat.composer',
		hint: 5,
		actions: () => [{type: 'chat/typed', keypress: {name: 'newline', text: '\n'}}],
	},
	{
		id: 'chat.leave',
		label: 'stop or leave the line',
		keys: ['escape'],
		scope: 'chat.composer',
		hint: 2,
		actions: ({chat}) => (chat.answering ? [{type: 'chat/stop-requested'}] : focus('text')),
	},
	{
		id: 'chat.interrupt',
		label: 'stop or quit',
		keys: ['ctrl+c'],
		scope: 'chat.composer',
		actions: state => (state.chat.answering ? [{type: 'chat/stop-requested'}] : quitActions(state)),
	},
	...scrollKeys('chat.composer', {
		up: ['ctrl+p'], down: ['ctrl+n'], pageUp: ['pageup'], pageDown: ['pagedown'],
	}),
];

const textBindings: readonly KeyBinding[] = [
	{
		id: 'chat.write',
		label: 'write',
		keys: ['i', 'enter'],
		scope: 'chat',
		hint: 1,
		actions: () => focus('composer'),
	},
	{
		id: 'chat.stop',
		label: 'stop',
		keys: ['escape'],
		scope: 'chat',
		actions: () => [{type: 'chat/stop-requested'}],
		disabled: ({chat}) => (chat.answering ? undefined : 'nothing is being generated'),
	},
	{
		id: 'chat.new',
		label: 'new chat',
		keys: ['n'],
		scope: 'chat',
		hint: 2,
		actions: () => [{type: 'chat/new-requested'}],
		disabled: whyNotNow,
	},
	{
		id: 'chat.models',
		label: 'model',
		keys: ['m'],
		scope: 'chat',
		hint: 3,
		actions: () => focus('models'),
		disabled: whyNotNow,
	},
	{
		id: 'chat.conversations',
		label: 'old chats',
		keys: ['o'],
		scope: 'chat',
		hint: 4,
		actions: () => focus('conversations'),
		disabled: state => (state.chat.conversations.length === 0 ? 'there are none yet' : whyNotNow(state)),
	},
	{
		id: 'chat.system-prompt',
		label: 'system prompt',
		keys: ['s'],
		scope: 'chat',
		hint: 5,
		actions: ({chat}) => [{
			type: 'screen/dialog-opened',
			dialog: {
				kind: 'prompt',
				purpose: 'system-prompt',
				title: 'System prompt',
				hint: 'What the model is told before the first question. Empty for none.',
				field: textField(chat.conversation.systemPrompt),
			},
		}],
	},
	{
		id: 'chat.sampling',
		label: 'sampling settings',
		keys: ['t'],
		scope: 'chat',
		hint: 6,
		actions: ({chat}) => [{
			type: 'screen/dialog-opened',
			dialog: {
				kind: 'prompt',
				purpose: 'sampling',
				title: 'Sampling settings',
				hint: 'Names and numbers; what you leave out stays as it is.',
				field: textField(formatSampling(chat.conversation.sampling)),
			},
		}],
	},
	{
		id: 'chat.retry',
		label: 'answer again',
		keys: ['r'],
		scope: 'chat',
		hint: 7,
		actions: () => [{type: 'chat/retry-requested'}],
		disabled: state => (state.chat.conversation.messages.length === 0 ? 'there is no question yet' : whyNotNow(state)),
	},
	...scrollKeys('chat', {
		up: ['up', 'k'], down: ['down', 'j'], pageUp: ['pageup', 'ctrl+u'], pageDown: ['pagedown', 'ctrl+d'],
	}),
	{
		id: 'chat.top',
		label: 'to the beginning',
		keys: ['g', 'home'],
		scope: 'chat',
		actions: () => [{type: 'chat/scrolled', by: Number.MAX_SAFE_INTEGER}],
	},
	{
		id: 'chat.bottom',
		label: 'to the end',
		keys: ['G', 'end'],
		scope: 'chat',
		actions: () => [{type: 'chat/scrolled', by: -Number.MAX_SAFE_INTEGER}],
	},
];

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
		id: 'chat.models.close', label: 'back', keys: ['escape'], scope: 'chat.models', hint: 2, actions: () => focus('text'),
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
			return conversation
				? [{
					type: 'screen/dialog-opened',
					dialog: {
						kind: 'confirm',
						title: 'Delete this chat?',
						lines: [conversation.title, `${conversation.messages.length} messages are lost.`],
						confirmLabel: 'delete',
						confirmed: {type: 'chat/delete-requested', id: conversation.id},
					},
				}]
				: [];
		},
		disabled: ({chat}) => (chat.conversations.length === 0 ? 'there is none' : undefined),
	},
	{
		id: 'chat.conversations.close', label: 'back', keys: ['escape'], scope: 'chat.conversations', hint: 3, actions: () => focus('text'),
	},
	...listKeys('chat.conversations', moveList),
];

export const chatBindings: readonly KeyBinding[] = [...composerBindings, ...textBindings, ...modelBindings, ...conversationBindings];

function moveList(move: ListMove): readonly Action[] {
	return [{type: 'chat/list-moved', move}];
}

type ScrollKeys = Readonly<Record<'up' | 'down' | 'pageUp' | 'pageDown', readonly string[]>>;

function scrollKeys(scope: Scope, {up, down, pageUp, pageDown}: ScrollKeys): readonly KeyBinding[] {
	const page = ({screen}: AppState) => Math.max(1, bodyRows(screen) - 6);
	const scroll = (name: string, label: string, keys: readonly string[], by: (state: AppState) => number): KeyBinding => ({
		id: `${scope}.${name}`,
		label,
		keys,
		scope,
		actions: state => [{type: 'chat/scrolled', by: by(state)}],
	});
	return [
		scroll('up', 'scroll up', up, () => 1),
		scroll('down', 'scroll down', down, () => -1),
		scroll('page-up', 'page up', pageUp, page),
		scroll('page-down', 'page down', pageDown, state => -page(state)),
	];
}
