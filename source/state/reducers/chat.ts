import {startConversation} from '../../format/conversation.js';
import {usualSampling} from '../../format/setting-numbers.js';
import {type ConfigurationTemplate} from '../../types/configuration-template.js';
import {type Conversation, type ConversationMessage} from '../../types/conversation.js';
import {type LoadedModel} from '../../types/engine.js';
import {type ErrorReport} from '../../types/error-report.js';
import {type GenerationProgress, type SamplingSettings} from '../../types/generation.js';
import {type Keypress} from '../../types/keypress.js';
import {type Action} from '../actions.js';
import {
	followSelection,
	moveBy,
	moveTo,
	startOfList,
	type ListMove,
	type ListView,
} from '../list-view.js';
import {selectTopLine} from '../selectors/chat-lines.js';
import {pickerRows} from '../selectors/layout.js';
import {type AppState} from '../state.js';
import {editTextField, emptyTextField, type TextField} from '../text-field.js';
import {reduceAnswer, type Answering} from './chat-answer.js';
import {reduceConversations} from './chat-conversations.js';

/**
What has the keys: the line one types in, the text above it, or one of the two lists that lie over it.
*/
export type ChatFocus = 'templates' | 'composer' | 'text' | 'models' | 'conversations';

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
	The first line in the window, once one scrolled back, so that the text stands still while more arrives below; undefined follows the answer.
	*/
	readonly topLine?: number;
	/**
	Over the models or the old chats, whichever is open.
	*/
	readonly list: ListView;
	/**
	The id of its selected row.
	*/
	readonly selectedKey?: string;
	/**
	What a new chat starts with.
	*/
	readonly defaults: ChatDefaults;
	/**
	Settings that belong together, of which a chat can take one.
	*/
	readonly templates: readonly ConfigurationTemplate[];
	/**
	What was loaded for the last answer, and what it took.
	*/
	readonly loaded?: LoadedModel;
	/**
	Sentences: what was to be said of the loading since the last question, for example that less context had to do.
	*/
	readonly notes: readonly string[];
};

export type ChatDefaults = {
	readonly modelId: string;
	readonly systemPrompt: string;
	readonly sampling: SamplingSettings;
	readonly template: string;
};

export type ChatAction =
	{readonly type: 'chat/load-requested'}
	| {readonly type: 'chat/defaults-found'; readonly defaults: ChatDefaults; readonly templates: readonly ConfigurationTemplate[]}
	| {readonly type: 'chat/load-succeeded'; readonly conversations: readonly Conversation[]}
	| {readonly type: 'chat/load-failed'; readonly error: ErrorReport}
	| {readonly type: 'chat/focused'; readonly focus: ChatFocus}
	| {readonly type: 'chat/typed'; readonly keypress: Keypress}
	/**
	By lines, up where it is positive.
	*/
	| {readonly type: 'chat/scrolled'; readonly by: number}
	| {readonly type: 'chat/list-moved'; readonly move: ListMove}
	| {readonly type: 'chat/model-chosen'; readonly modelId: string}
	| {readonly type: 'chat/conversation-opened'; readonly conversation: Conversation}
	| {readonly type: 'chat/new-requested'}
	| {readonly type: 'chat/submitted'; readonly text: string}
	| {readonly type: 'chat/retry-requested'}
	| {readonly type: 'chat/named'; readonly id: string; readonly createdAt: string}
	| {readonly type: 'chat/template-requested'; readonly name: string}
	| {readonly type: 'chat/template-applied'; readonly name: string; readonly systemPrompt: string; readonly sampling: SamplingSettings}
	| {readonly type: 'chat/load-noted'; readonly sentence: string}
	| {readonly type: 'chat/loaded'; readonly loaded: LoadedModel}
	| {readonly type: 'chat/load-progressed'; readonly fraction: number}
	| {readonly type: 'chat/progressed'; readonly progress: GenerationProgress}
	| {readonly type: 'chat/answer-succeeded'; readonly answer: ConversationMessage}
	| {readonly type: 'chat/answer-failed'; readonly error: ErrorReport}
	| {readonly type: 'chat/answer-cancelled'}
	| {readonly type: 'chat/stop-requested'}
	| {readonly type: 'chat/saved'; readonly conversation: Conversation}
	| {readonly type: 'chat/delete-requested'; readonly id: string}
	| {readonly type: 'chat/deleted'; readonly id: string}
	| {readonly type: 'chat/sampling-changed'; readonly sampling: SamplingSettings}
	| {readonly type: 'chat/system-prompt-changed'; readonly systemPrompt: string};

const defaults: ChatDefaults = {
	modelId: 'starter', systemPrompt: '', sampling: usualSampling, template: '',
};

export const initialChat: ChatState = {
	focus: 'composer',
	composer: emptyTextField,
	conversation: startConversation(defaults),
	conversations: [],
	list: startOfList,
	defaults,
	templates: [],
	notes: [],
};

/**
`app` holds the screen, library and registry as they are after the action.
*/
export function reduceChat(chat: ChatState, action: Action, app: AppState): ChatState {
	switch (action.type) {
		case 'chat/focused': {
			return openPicker({...chat, focus: action.focus}, app);
		}

		case 'chat/typed': {
			return {...chat, composer: editTextField(chat.composer, action.keypress)};
		}

		case 'chat/scrolled': {
			return {...chat, topLine: selectTopLine(chat, app.screen, action.by)};
		}

		case 'chat/list-moved': {
			const rows = pickerIds(chat, app);
			const list = moveBy(chat.list, action.move, rows.length, pickerRows(app.screen));
			return {...chat, list, selectedKey: rows[list.cursor]};
		}

		case 'screen/resized':
		case 'library/refresh-succeeded': {
			return followPicker(chat, app);
		}

		case 'chat/saved':
		case 'chat/deleted': {
			return followPicker(reduceConversations(chat, action), app);
		}

		default: {
			return reduceAnswer(reduceConversations(chat, action), action);
		}
	}
}

/**
The templates to choose from; the first, without a name, is none.
*/
export function templateNames({templates}: ChatState): readonly string[] {
	return ['', ...templates.map(({name}) => name)];
}

/**
A list opens on what is in use now.
*/
function openPicker(chat: ChatState, app: AppState): ChatState {
	const rows = pickerIds(chat, app);
	const inUse = chat.focus === 'models' ? chat.conversation.modelId : (chat.focus === 'templates' ? chat.conversation.template ?? '' : chat.conversation.id);
	const list = moveTo(startOfList, Math.max(0, rows.indexOf(inUse)), rows.length, pickerRows(app.screen));
	return {...chat, list, selectedKey: rows[list.cursor]};
}

function followPicker(chat: ChatState, app: AppState): ChatState {
	return followSelection(chat, pickerIds(chat, app), id => id, pickerRows(app.screen));
}

function pickerIds(chat: ChatState, app: AppState): readonly string[] {
	return chat.focus === 'templates' ? templateNames(chat) : (chat.focus === 'conversations' ? chat.conversations : app.library.models).map(({id}) => id);
}
