import wrapAnsi from 'wrap-ansi';
import {type ConversationMessage, type Conversation} from '../../types/conversation.js';
import {type ChatState} from '../reducers/chat.js';

/**
One row of the chat's text.
*/
export type ChatLine = {
	readonly text: string;
	readonly kind: 'question-heading' | 'answer-heading' | 'text' | 'heading' | 'code' | 'note' | 'error';
};

type Wrapped = {readonly width: number; readonly lines: readonly ChatLine[]};

/**
Messages never change once they are said, so each is wrapped once for a width: a long history costs nothing per token.
*/
const wrappedMessages = new WeakMap<ConversationMessage, Wrapped>();

/**
All rows of the chat, the answer under way at the end.
*/
export function selectChatLines(chat: ChatState, width: number): readonly ChatLine[] {
	const {conversation, answering, error} = chat;
	const lines = conversation.messages.flatMap(message => linesOfMessage(message, conversation, width));
	if (answering) {
		lines.push({text: conversation.modelId, kind: 'answer-heading'}, ...linesOfText(answering.text, width));
	}

	if (error) {
		const text = error.hint === undefined ? error.message : `${error.message} ${error.hint}`;
		lines.push(...wrap(text, width).map((line): ChatLine => ({text: line, kind: 'error'})), {text: '', kind: 'text'});
	}

	return lines;
}

/**
The rows of the window: the newest, or those that were scrolled back to.
*/
export function selectVisibleChatLines(chat: ChatState, width: number, height: number): readonly ChatLine[] {
	const lines = selectChatLines(chat, width);
	const scrolled = Math.min(chat.scrolledLines, Math.max(0, lines.length - height));
	const end = lines.length - scrolled;
	return lines.slice(Math.max(0, end - height), end);
}

function linesOfMessage(message: ConversationMessage, {modelId}: Conversation, width: number): readonly ChatLine[] {
	const known = wrappedMessages.get(message);
	if (known?.width === width) {
		return known.lines;
	}

	const heading: ChatLine = message.role === 'user' ? {text: 'You', kind: 'question-heading'} : {text: modelId, kind: 'answer-heading'};
	const lines = [heading, ...linesOfText(message.content, width), ...notesOf(message), {text: '', kind: 'text'} as const];
	wrappedMessages.set(message, {width, lines});
	return lines;
}

function notesOf({statistics, stopped}: ConversationMessage): readonly ChatLine[] {
	if (!statistics) {
		return [];
	}

	const {generatedTokens, generationTokensPerSecond, timeToFirstTokenMs} = statistics;
	const speed = `${generatedTokens} tokens · ${generationTokensPerSecond.toFixed(1)} tokens/s · first token after ${Math.round(timeToFirstTokenMs)} ms`;
	return [{text: stopped === true ? `stopped · ${speed}` : speed, kind: 'note'}];
}

/**
Rows of text with the little Markdown that a terminal can show: fences and headings.
*/
function linesOfText(text: string, width: number): readonly ChatLine[] {
	let isCode = false;
	return text.split('\n').flatMap((line): readonly ChatLine[] => {
		const isFence = line.trimStart().startsWith('```');
		const kind = isCode || isFence ? 'code' : (/^#{1,6} /v.test(line) ? 'heading' : 'text');
		isCode = isFence ? !isCode : isCode;
		return wrap(line, width).map(row => ({text: row, kind}));
	});
}

function wrap(text: string, width: number): readonly string[] {
	return wrapAnsi(text, Math.max(1, width), {hard: true, trim: false}).split('\n');
}
