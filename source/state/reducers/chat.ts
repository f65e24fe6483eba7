import {usualSampling} from '../../format/setting-numbers.js';
import {type Conversation, type ConversationMessage} from '../../types/conversation.js';
import {type ErrorReport} from '../../types/error-report.js';
import {type GenerationProgress, type GenerationResult, type SamplingSettings} from '../../types/generation.js';
import {type Keypress} from '../../types/keypress.js';
import {type Action} from '../actions.js';
import {
	clampList,
	moveBy,
	startOfList,
	type ListMove,
	type ListView,
} from '../list-view.js';
import {pickerRows} from '../selectors/layout.js';
import {type AppState} from '../state.js';
import {editTextField, emptyTextField, type TextField} from '../text-field.js';

/**
What has the keys: the line one types in, the text above it, or one of the two lists that lie over it.
*/
export type ChatFocus = 'composer' | 'text' | 'models' | 'conversations';

/**
What is being generated now.
*/
export type Answering = {
	readonly phase: 'loading' | 'answering';
	/**
	0–1 while a model is loaded, where the engine tells.
	*/
	readonly loadFraction?: number;
	readonly text: string;
	readonly generatedTokens: number;
	readonly tokensPerSecond?: number;
};

export type ChatState = {
	readonly focus: ChatFocus;
	readonly composer: TextField;
	/**
	The one on the screen; its id is empty until the first question.
	*/
	readonly conversation: Conversation;
	/**
	All that are on disk, last used first.
	*/
	readonly conversations: readonly Conversation[];
	readonly answering?: Answering;
	/**
	Why the last question has no answer.
	*/
	readonly error?: ErrorReport;
	/**
	Lines above the newest that the window ends at; 0 follows the answer.
	*/
	readonly scrolledLines: number;
	readonly list: ListView;
	/**
	What a new chat starts with.
	*/
	readonly defaults: ChatDefaults;
};

export type ChatDefaults = {
	readonly modelId: string;
	readonly systemPrompt: string;
	readonly sampling: SamplingSettings;
};

export type ChatAction =
	{readonly type: 'chat/load-requested'}
	| {readonly type: 'chat/load-succeeded'; readonly conversations: readonly Conversation[]; readonly defaults: ChatDefaults}
	| {readonly type: 'chat/load-failed'; readonly error: ErrorReport}
	| {readonly type: 'chat/focused'; readonly focus: ChatFocus}
	| {readonly type: 'chat/typed'; readonly keypress: Keypress}
	| {readonly type: 'chat/scrolled'; readonly by: number}
	| {readonly type: 'chat/list-moved'; readonly move: ListMove}
	| {readonly type: 'chat/model-chosen'; readonly modelId: string}
	| {readonly type: 'chat/conversation-opened'; readonly conversation: Conversation}
	| {readonly type: 'chat/new-requested'}
	| {readonly type: 'chat/submitted'; readonly text: string}
	| {readonly type: 'chat/retry-requested'}
	| {readonly type: 'chat/named'; readonly id: string; readonly createdAt: string}
	| {readonly type: 'chat/load-progressed'; readonly fraction: number}
	| {readonly type: 'chat/progressed'; readonly progress: GenerationProgress}
	| {readonly type: 'chat/answer-succeeded'; readonly result: GenerationResult}
	| {readonly type: 'chat/answer-failed'; readonly error: ErrorReport}
	| {readonly type: 'chat/answer-cancelled'}
	| {readonly type: 'chat/stop-requested'}
	| {readonly type: 'chat/saved'; readonly conversation: Conversation}
	| {readonly type: 'chat/delete-requested'; readonly id: string}
	| {readonly type: 'chat/deleted'; readonly id: string}
	| {readonly type: 'chat/sampling-changed'; readonly sampling: SamplingSettings};

const defaults: ChatDefaults = {
	modelId: 'starter',
	systemPrompt: '',
	sampling: usualSampling,
};

export const initialChat: ChatState = {
	focus: 'composer',
	composer: emptyTextField,
	conversation: startConversation(defaults),
	conversations: [],
	scrolledLines: 0,
	list: startOfList,
	defaults,
};

/**
`app` holds the screen, library and registry as they are after the action.
*/
export function reduceChat(chat: ChatState, action: Action, app: AppState): ChatState {
	switch (action.type) {
		case 'chat/load-succeeded': {
			const isUntouched = chat.conversation.messages.length === 0 && chat.conversation.modelId === chat.defaults.modelId;
			const conversation = isUntouched ? startConversation(action.defaults) : chat.conversation;
			return {
				...chat, conversations: action.conversations, defaults: action.defaults, conversation,
			};
		}

		case 'chat/focused': {
			return {...chat, focus: action.focus, list: startOfList};
		}

		case 'chat/typed': {
			return {...chat, composer: editTextField(chat.composer, action.keypress)};
		}

		case 'chat/scrolled': {
			return {...chat, scrolledLines: Math.max(0, chat.scrolledLines + action.by)};
		}

		case 'chat/list-moved': {
			return {...chat, list: moveBy(chat.list, action.move, listLength(chat, app), pickerRows(app.screen))};
		}

		case 'screen/resized':
		case 'library/refresh-succeeded': {
			const list = clampList(chat.list, listLength(chat, app), pickerRows(app.screen));
			return list === chat.list ? chat : {...chat, list};
		}

		case 'chat/model-chosen':
		case 'chat/conversation-opened':
		case 'chat/new-requested':
		case 'chat/saved':
		case 'chat/deleted':
		case 'chat/sampling-changed':
		case 'screen/prompt-answered': {
			return reduceConversations(chat, action);
		}

		default: {
			return reduceAnswer(chat, action);
		}
	}
}

function listLength(chat: ChatState, app: AppState): number {
	return chat.focus === 'conversations' ? chat.conversations.length : app.library.models.length;
}

type ConversationAction = Extract<Action, {
	type: 'chat/model-chosen' | 'chat/conversation-opened' | 'chat/new-requested' | 'chat/saved' | 'chat/deleted' | 'chat/sampling-changed' | 'screen/prompt-answered';
}>;

/**
Which conversation is on the screen, and its settings.
*/
function reduceConversations(chat: ChatState, action: ConversationAction): ChatState {
	switch (action.type) {
		case 'chat/model-chosen': {
			return {
				...chat, focus: 'composer', error: undefined, conversation: {...chat.conversation, modelId: action.modelId},
			};
		}

		case 'chat/conversation-opened': {
			return {
				...chat, focus: 'composer', error: undefined, scrolledLines: 0, conversation: action.conversation,
			};
		}

		case 'chat/new-requested': {
			const {modelId, systemPrompt, sampling} = chat.conversation;
			return {
				...chat, focus: 'composer', error: undefined, scrolledLines: 0, conversation: startConversation({modelId, systemPrompt, sampling}),
			};
		}

		case 'chat/saved': {
			const others = chat.conversations.filter(({id}) => id !== action.conversation.id);
			return {...chat, conversations: [action.conversation, ...others]};
		}

		case 'chat/deleted': {
			const isOpen = chat.conversation.id === action.id;
			return {
				...chat,
				conversations: chat.conversations.filter(({id}) => id !== action.id),
				conversation: isOpen ? startConversation(chat.defaults) : chat.conversation,
				list: startOfList,
			};
		}

		case 'chat/sampling-changed': {
			return {...chat, conversation: {...chat.conversation, sampling: action.sampling}};
		}

		case 'screen/prompt-answered': {
			return action.purpose === 'system-prompt' ? {...chat, conversation: {...chat.conversation, systemPrompt: action.value.trim()}} : chat;
		}
	}
}

/**
From a question to its answer. What comes when nothing is being generated is ignored.
*/
function reduceAnswer(chat: ChatState, action: Action): ChatState {
	switch (action.type) {
		case 'chat/submitted': {
			const message: ConversationMessage = {role: 'user', content: action.text};
			return startAnswer({...chat, composer: emptyTextField, conversation: withMessage(chat.conversation, message)});
		}

		case 'chat/retry-requested': {
			const {messages} = chat.conversation;
			const last = messages.findLastIndex(({role}) => role === 'user');
			return startAnswer({...chat, conversation: {...chat.conversation, messages: messages.slice(0, last + 1)}});
		}

		case 'chat/named': {
			const {id, createdAt} = action;
			return {
				...chat, conversation: {
					...chat.conversation, id, createdAt, updatedAt: createdAt,
				},
			};
		}

		case 'chat/load-progressed': {
			return chat.answering ? {...chat, answering: {...chat.answering, loadFraction: action.fraction}} : chat;
		}

		case 'chat/progressed': {
			const {text, generatedTokens, tokensPerSecond} = action.progress;
			return chat.answering
				? {
					...chat, answering: {
						phase: 'answering', text: chat.answering.text + text, generatedTokens, tokensPerSecond,
					},
				}
				: chat;
		}

		case 'chat/answer-succeeded': {
			const {text, stopReason, statistics} = action.result;
			const message: ConversationMessage = {
				role: 'assistant', content: text, statistics, stopped: stopReason === 'abort',
			};
			return chat.answering ? {...chat, answering: undefined, conversation: withMessage(chat.conversation, message)} : chat;
		}

		case 'chat/answer-failed': {
			return {...chat, answering: undefined, error: action.error};
		}

		case 'chat/answer-cancelled': {
			return {...chat, answering: undefined};
		}

		default: {
			return chat;
		}
	}
}

function startAnswer(chat: ChatState): ChatState {
	return {
		...chat, error: undefined, scrolledLines: 0, answering: {phase: 'loading', text: '', generatedTokens: 0},
	};
}

function startConversation({modelId, systemPrompt, sampling}: ChatDefaults): Conversation {
	return {
		id: '', title: '', modelId, systemPrompt, sampling, messages: [], createdAt: '', updatedAt: '',
	};
}

function withMessage(conversation: Conversation, message: ConversationMessage): Conversation {
	const title = conversation.title === '' ? (message.content.split('\n', 1)[0] ?? '').slice(0, 80) : conversation.title;
	return {...conversation, title, messages: [...conversation.messages, message]};
}
