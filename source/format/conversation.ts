import {type Conversation, type ConversationMessage} from '../types/conversation.js';
import {type ChatMessage, type GenerationResult} from '../types/generation.js';
import {truncateCells} from './cells.js';
import {sanitizeLine} from './sanitize.js';

const titleWidth = 60;
// A question may be a whole document; its beginning is enough.
const titleReadLength = 1000;

/**
A chat in which nothing was said yet. It gets its id with the first question, unless there is one already.
*/
export function startConversation(
	{modelId, systemPrompt, sampling, template = ''}: Pick<Conversation, 'modelId' | 'systemPrompt' | 'sampling' | 'template'>,
	identity?: Pick<Conversation, 'id' | 'createdAt'>,
): Conversation {
	const {id, createdAt} = identity ?? {id: '', createdAt: ''};
	return {
		id, title: '', modelId, systemPrompt, sampling, template, messages: [], createdAt, updatedAt: createdAt,
	};
}

/**
The chat with one more question, and a title if it had none.
*/
export function withQuestion(conversation: Conversation, content: string): Conversation {
	const messages: Conversation['messages'] = [...conversation.messages, {role: 'user', content}];
	return {...conversation, title: conversation.title === '' ? conversationTitle(messages) : conversation.title, messages};
}

/**
The chat with an answer to its last question, in place of one it may have had. One that was stopped never takes the place of a whole one.
*/
export function withAnswer(conversation: Conversation, answer: ConversationMessage): Conversation {
	const asked = messagesToLastQuestion(conversation.messages);
	const older = conversation.messages[asked.length];
	const isWorse = answer.stopped === true && older !== undefined && older.stopped !== true;
	return isWorse ? conversation : {...conversation, messages: [...asked, answer]};
}

/**
A result as it stands in a chat, with the model that gave it.
*/
export function answerFrom({text, stopReason, statistics}: GenerationResult, modelId: string): ConversationMessage {
	return {
		role: 'assistant', content: text, modelId, statistics, ...(stopReason === 'abort' && {stopped: true}),
	};
}

/**
Everything up to the last question; what follows it is its answer.
*/
export function messagesToLastQuestion(messages: Conversation['messages']): Conversation['messages'] {
	return messages.slice(0, messages.findLastIndex(({role}) => role === 'user') + 1);
}

/**
What the model is asked: the system prompt if there is one, and what was said up to the last question.
*/
export function promptOf({systemPrompt, messages}: Conversation): readonly ChatMessage[] {
	const turns = messagesToLastQuestion(messages).map(({role, content}): ChatMessage => ({role, content}));
	return systemPrompt === '' ? turns : [{role: 'system', content: systemPrompt}, ...turns];
}

/**
The first question, in one line that fits into a list.
*/
export function conversationTitle(messages: Conversation['messages']): string {
	const question = messages.find(({role}) => role === 'user')?.content.slice(0, titleReadLength) ?? '';
	const title = truncateCells(sanitizeLine(question), titleWidth);
	return title === '' ? 'Untitled' : title;
}
