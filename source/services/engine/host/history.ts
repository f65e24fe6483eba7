import {type ChatHistoryItem, type LlamaChatResponse} from 'node-llama-cpp';
import {sanitizeText} from '../../../format/sanitize.js';
import {type ChatMessage} from '../../../types/generation.js';

const thought = /<think>.*?(?:<\/think>|$)\s*/gsv;

/**
Messages as the binding wants them. An empty system message is none; what an assistant thought before it answered is left out,
as models are trained to be told only their answers.
*/
export function toHistory(messages: readonly ChatMessage[]): ChatHistoryItem[] {
	return messages.filter(({role, content}) => role !== 'system' || content.trim() !== '').map(message => toHistoryItem(message));
}

function toHistoryItem({role, content}: ChatMessage): ChatHistoryItem {
	return role === 'assistant' ? {type: 'model', response: [content.replaceAll(thought, '')]} : {type: role, text: content};
}

/**
The last answered exchange, remembered with the tokens that the model itself chose: when a conversation goes on from it,
nothing that is in the context already is evaluated again.
*/
export type Exchange = {
	readonly messages: readonly ChatMessage[];
	readonly evaluation: LlamaChatResponse['lastEvaluation'];
};

export type PreparedHistory = {
	/**
	The whole conversation.
	*/
	readonly history: ChatHistoryItem[];
	/**
	The part of it that the context held last, and the new message.
	*/
	readonly contextWindow?: ChatHistoryItem[];
	readonly contextShiftMetadata?: Record<string, unknown> | undefined;
};

/**
The history for `messages`; built on the last exchange, if they only add one message to it.
*/
export function prepareHistory(messages: readonly ChatMessage[], last: Exchange | undefined): PreparedHistory {
	const next = messages.at(-1);
	if (!last || next?.role !== 'user' || !isSameConversation(messages.slice(0, -1), last.messages)) {
		return {history: toHistory(messages)};
	}

	const item: ChatHistoryItem = {type: 'user', text: next.content};
	return {
		history: [...last.evaluation.cleanHistory, item],
		contextWindow: [...last.evaluation.contextWindow, item],
		contextShiftMetadata: last.evaluation.contextShiftMetadata as Record<string, unknown> | undefined,
	};
}

/**
Whether two conversations say the same. The caller saw, and kept, sanitised text.
*/
function isSameConversation(one: readonly ChatMessage[], other: readonly ChatMessage[]): boolean {
	return one.length === other.length && one.every((message, index) => {
		const counterpart = other[index]!;
		return message.role === counterpart.role && normalize(message.content) === normalize(counterpart.content);
	});
}

function normalize(text: string): string {
	return sanitizeText(text).trim();
}
