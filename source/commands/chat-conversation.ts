import {randomUUID} from 'node:crypto';
import {answerFrom, startConversation, withAnswer} from '../format/conversation.js';
import {type Conversation} from '../types/conversation.js';
import {type GenerationResult} from '../types/generation.js';

/**
A conversation that can be kept at once. It is never changed: each step makes the next one.
*/
export function newConversation(settings: Pick<Conversation, 'modelId' | 'systemPrompt' | 'sampling'>): Conversation {
	return startConversation(settings, {id: randomUUID(), createdAt: new Date().toISOString()});
}

/**
The conversation with the answer to its last question.
*/
export function addAnswer(conversation: Conversation, result: GenerationResult): Conversation {
	return {...withAnswer(conversation, answerFrom(result, conversation.modelId)), updatedAt: new Date().toISOString()};
}
