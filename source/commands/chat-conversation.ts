import {randomUUID} from 'node:crypto';
import {sanitizeLine} from '../format/sanitize.js';
import {truncateCells} from '../format/cells.js';
import {type Conversation} from '../types/conversation.js';
import {type ChatMessage, type GenerationResult, type SamplingSettings} from '../types/generation.js';

/**
A conversation while it is being held. It is never changed: each step makes the next one.
*/
export function startConversation({modelId, systemPrompt, sampling}: {
	readonly modelId: string;
	readonly systemPrompt: string;
	readonly sampling: SamplingSettings;
}): Conversation {
	const now = new Date().toISOString();
	return {
		id: randomUUID(), title: '', modelId, systemPrompt, sampling, messages: [], createdAt: now, updatedAt: now,
	};
}

/**
What the model is asked: the system prompt, what was said, and the question.
*/
export function messagesFor({systemPrompt, messages}: Conversation, question: string): readonly ChatMessage[] {
	return [
		...(systemPrompt === '' ? [] : [{role: 'system', content: systemPrompt} as const]),
		...messages.map(({role, content}) => ({role, content})),
		{role: 'user', content: question},
	];
}

/**
The conversation with a question and its answer.
*/
export function addAnswer(conversation: Conversation, question: string, {text, stopReason, statistics}: GenerationResult): Conversation {
	return {
		...conversation,
		title: conversation.title === '' ? truncateCells(sanitizeLine(question), 60) : conversation.title,
		messages: [
			...conversation.messages,
			{role: 'user', content: question},
			{
				role: 'assistant', content: text, statistics, ...(stopReason === 'abort' && {stopped: true}),
			},
		],
		updatedAt: new Date().toISOString(),
	};
}
