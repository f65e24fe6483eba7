import {type Action} from '../../state/actions.js';
import {type ChatFocus} from '../../state/reducers/chat.js';
import {samplingPrompt, systemPromptPrompt} from '../../state/selectors/chat-dialogs.js';
import {selectChatTextSize} from '../../state/selectors/chat-layout.js';
import {type AppState} from '../../state/state.js';
import {type KeyBinding, type Place, type Scope} from '../key-binding.js';
import {chatListBindings} from './chat-lists.js';

/**
Text is typed into the composer; the lists of models and of old chats lie over the text. Esc leaves the line, and while there is an answer to stop it stops that.
*/
export function chatPlace({chat}: AppState): Place {
	const places: Readonly<Record<ChatFocus, Place>> = {
		composer: {scopes: [chat.answering ? 'chat.answer' : 'chat.line', 'chat.composer', 'typing'], typed: keypress => ({type: 'chat/typed', keypress})},
		text: {scopes: [...(chat.answering ? ['chat.answer'] as const : []), 'chat', 'global']},
		models: {scopes: ['chat.models', 'global']},
		conversations: {scopes: ['chat.conversations', 'global']},
		templates: {scopes: ['chat.templates', 'global']},
	};
	return places[chat.focus];
}

const focus = (to: ChatFocus): readonly Action[] => [{type: 'chat/focused', focus: to}];

/**
Why nothing of the chat can be changed now: an answer is of one model, with one set of settings.
*/
export function whileAnswering({chat}: AppState): string | undefined {
	return chat.answering ? 'an answer is being generated; Esc on the chat tab stops it' : undefined;
}

const answerBindings: readonly KeyBinding[] = [
	{
		id: 'chat.stop',
		label: 'stop',
		keys: ['escape', 'ctrl+c'],
		scope: 'chat.answer',
		hint: 0,
		actions: () => [{type: 'chat/stop-requested'}],
		disabled: ({chat}) => (chat.answering ? undefined : 'nothing is being generated'),
	},
];

const composerBindings: readonly KeyBinding[] = [
	{
		id: 'chat.send',
		label: 'send',
		keys: ['enter'],
		scope: 'chat.composer',
		hint: 1,
		// Named at the foot before anything is typed too: it is what one looks for there.
		actions({chat}) {
			const text = chat.composer.value.trim();
			return [text === '' ? {type: 'screen/noticed', notice: {kind: 'info', text: 'Nothing is typed yet.'}} : {type: 'chat/submitted', text}];
		},
		disabled: whileAnswering,
	},
	{
		id: 'chat.newline',
		label: 'new line',
		keys: ['ctrl+j', 'alt+enter'],
		scope: 'chat.composer',
		hint: 5,
		actions: () => [{type: 'chat/typed', keypress: {name: 'newline', text: '\n'}}],
	},
	...scrollKeys('chat.composer', {
		up: ['ctrl+p'], down: ['ctrl+n'], pageUp: ['pageup'], pageDown: ['pagedown'],
	}),
];

const lineBindings: readonly KeyBinding[] = [
	{
		id: 'chat.leave',
		label: 'leave the line',
		keys: ['escape'],
		scope: 'chat.line',
		hint: 2,
		actions: () => focus('text'),
	},
];

const keepsOldAnswer: Action = {type: 'screen/noticed', notice: {kind: 'info', text: 'The answer before stays until the new one is whole.'}};

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
		id: 'chat.new',
		label: 'new chat',
		keys: ['n'],
		scope: 'chat',
		hint: 2,
		actions: () => [{type: 'chat/new-requested'}],
		disabled: whileAnswering,
	},
	{
		id: 'chat.models',
		label: 'model',
		keys: ['m'],
		scope: 'chat',
		hint: 3,
		actions: () => focus('models'),
		disabled: whileAnswering,
	},
	{
		id: 'chat.conversations',
		label: 'old chats',
		keys: ['o'],
		scope: 'chat',
		hint: 4,
		actions: () => focus('conversations'),
		disabled: state => (state.chat.conversations.length === 0 ? 'there are none yet' : whileAnswering(state)),
	},
	{
		id: 'chat.system-prompt',
		label: 'system prompt',
		keys: ['s'],
		scope: 'chat',
		hint: 5,
		actions: state => [{type: 'screen/dialog-opened', dialog: systemPromptPrompt(state)}],
		disabled: whileAnswering,
	},
	{
		id: 'chat.sampling',
		label: 'sampling settings',
		keys: ['t'],
		scope: 'chat',
		hint: 6,
		actions: state => [{type: 'screen/dialog-opened', dialog: samplingPrompt(state)}],
		disabled: whileAnswering,
	},
	{
		id: 'chat.templates',
		label: 'template',
		keys: ['p'],
		scope: 'chat',
		hint: 8,
		actions: () => focus('templates'),
		disabled: whileAnswering,
	},
	{
		id: 'chat.retry',
		label: 'answer again',
		keys: ['r'],
		scope: 'chat',
		hint: 7,
		actions: ({chat}) => [
			{type: 'chat/retry-requested'},
			...(chat.conversation.messages.at(-1)?.role === 'assistant' ? [keepsOldAnswer] : []),
		],
		disabled: state => (state.chat.conversation.messages.length === 0 ? 'there is no question yet' : whileAnswering(state)),
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

export const chatBindings: readonly KeyBinding[] = [...answerBindings, ...composerBindings, ...lineBindings, ...textBindings, ...chatListBindings];

type ScrollKeys = Readonly<Record<'up' | 'down' | 'pageUp' | 'pageDown', readonly string[]>>;

function scrollKeys(scope: Scope, {up, down, pageUp, pageDown}: ScrollKeys): readonly KeyBinding[] {
	// A line of the page before stays to read on from.
	const page = ({chat, screen}: AppState) => Math.max(1, selectChatTextSize(chat, screen).height - 1);
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
