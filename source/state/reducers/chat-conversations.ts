import {startConversation} from '../../format/conversation.js';
import {type Action} from '../actions.js';
import {type ChatState} from './chat.js';

/**
Which chat is on the screen, its settings, and those that are kept.
*/
export function reduceConversations(chat: ChatState, action: Action): ChatState {
	switch (action.type) {
		case 'chat/defaults-found': {
			const {defaults, templates} = action;
			// A question asked before the settings were read is answered as they say, unless more than that was chosen.
			const conversation = isUnset(chat) ? {...chat.conversation, ...defaults} : chat.conversation;
			return {
				...chat, defaults, templates, conversation,
			};
		}

		case 'chat/load-succeeded': {
			return {...chat, conversations: action.conversations};
		}

		case 'chat/model-chosen': {
			return {
				...chat, focus: 'composer', error: undefined, conversation: {...chat.conversation, modelId: action.modelId},
			};
		}

		case 'chat/conversation-opened': {
			return {
				...chat, focus: 'composer', error: undefined, topLine: undefined, conversation: action.conversation, notes: [],
			};
		}

		case 'chat/new-requested': {
			return {
				...chat, focus: 'composer', error: undefined, topLine: undefined, conversation: startConversation(chat.conversation),
			};
		}

		case 'chat/template-applied': {
			const {name, systemPrompt, sampling} = action;
			return {
				...chat, focus: 'composer', conversation: {
					...chat.conversation, systemPrompt, sampling, template: name,
				},
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
				...(isOpen && {error: undefined, topLine: undefined}),
			};
		}

		case 'chat/sampling-changed': {
			return {...chat, conversation: {...chat.conversation, sampling: action.sampling}};
		}

		case 'chat/system-prompt-changed': {
			return {...chat, conversation: {...chat.conversation, systemPrompt: action.systemPrompt}};
		}

		default: {
			return chat;
		}
	}
}

/**
Whether nobody has given the chat on the screen settings of its own. Who chose just those that it had cannot be told, in the half second before the config is read.
*/
function isUnset({conversation, defaults}: ChatState): boolean {
	return conversation.id === ''
		&& conversation.modelId === defaults.modelId
		&& conversation.systemPrompt === defaults.systemPrompt
		&& conversation.sampling === defaults.sampling;
}
