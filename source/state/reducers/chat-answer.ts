import {
	messagesToLastQuestion,
	withAnswer,
	withQuestion,
} from '../../format/conversation.js';
import {type Conversation, type ConversationMessage} from '../../types/conversation.js';
import {type Action} from '../actions.js';
import {emptyTextField} from '../text-field.js';
import {type ChatState} from './chat.js';

/**
What is being generated now: the answer to the last question of the chat.
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

/**
From a question to its answer. What comes when nothing is being generated is ignored.
*/
export function reduceAnswer(chat: ChatState, action: Action): ChatState {
	switch (action.type) {
		case 'chat/submitted': {
			return startAnswer({...chat, composer: emptyTextField, conversation: withQuestion(chat.conversation, action.text)});
		}

		case 'chat/retry-requested': {
			// The answer there is stays in the chat until the new one is whole; it is only not shown.
			return startAnswer(chat);
		}

		case 'chat/named': {
			const {id, createdAt} = action;
			return {
				...chat, conversation: {
					...chat.conversation, id, createdAt, updatedAt: createdAt,
				},
			};
		}

		case 'chat/load-noted': {
			return chat.answering ? {...chat, notes: [...chat.notes, action.sentence]} : chat;
		}

		case 'chat/loaded': {
			return {...chat, loaded: action.loaded};
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
			return chat.answering ? {...chat, answering: undefined, conversation: withAnswer(chat.conversation, action.answer)} : chat;
		}

		case 'chat/answer-failed': {
			return {
				...chat, answering: undefined, conversation: withAnswerSoFar(chat), error: action.error,
			};
		}

		case 'chat/answer-cancelled': {
			return {...chat, answering: undefined, conversation: withAnswerSoFar(chat)};
		}

		default: {
			return chat;
		}
	}
}

/**
The chat with as much of the answer as came, marked as stopped: what becomes of it when the engine dies.
*/
export function withAnswerSoFar({conversation, answering}: Pick<ChatState, 'conversation' | 'answering'>): Conversation {
	const answer: ConversationMessage = {
		role: 'assistant', content: answering?.text ?? '', modelId: conversation.modelId, stopped: true,
	};
	return answer.content.trim() === '' ? conversation : withAnswer(conversation, answer);
}

/**
The messages to show: while a question is answered again, without the answer that may be replaced.
*/
export function shownMessages({conversation, answering}: ChatState): Conversation['messages'] {
	return answering ? messagesToLastQuestion(conversation.messages) : conversation.messages;
}

function startAnswer(chat: ChatState): ChatState {
	return {
		...chat, error: undefined, topLine: undefined, notes: [], answering: {phase: 'loading', text: '', generatedTokens: 0},
	};
}
