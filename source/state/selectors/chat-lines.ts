import {wrapCells} from '../../format/wrap.js';
import {type ConversationMessage} from '../../types/conversation.js';
import {shownMessages} from '../reducers/chat-answer.js';
import {type ChatState} from '../reducers/chat.js';
import {type ScreenState} from '../reducers/screen.js';
import {selectChatTextSize} from './chat-layout.js';
import {createRowWriter, type RowWriter, type TextRow} from './text-rows.js';

/**
One row of the chat's text.
*/
export type ChatLine = {
	readonly text: string;
	readonly kind: TextRow['kind'] | 'question-heading' | 'answer-heading' | 'note' | 'error';
};

type Wrapped = {readonly width: number; readonly name: string; readonly lines: readonly ChatLine[]};

/**
Messages never change once they are said, so each is wrapped once for a width: a long history costs nothing per token.
*/
const wrappedMessages = new WeakMap<ConversationMessage, Wrapped>();

/**
All rows of the chat, the answer under way at the end.
*/
export function selectChatLines(chat: ChatState, width: number): readonly ChatLine[] {
	const {conversation, answering, error} = chat;
	const lines = shownMessages(chat).flatMap(message => linesOfMessage(message, message.modelId ?? conversation.modelId, width));
	lines.push(...chat.notes.flatMap(note => wrapCells(note, width)).map((text): ChatLine => ({text, kind: 'note'})));
	if (answering) {
		lines.push({text: conversation.modelId, kind: 'answer-heading'}, ...streamingRows(answering.text, width));
	}

	if (error) {
		const text = error.hint === undefined ? error.message : `${error.message} ${error.hint}`;
		// Its sign takes two cells more than the margin of the rest.
		lines.push(...wrapCells(text, width - 2).map((line): ChatLine => ({text: line, kind: 'error'})), {text: '', kind: 'text'});
	}

	return lines;
}

/**
The rows of the window: the newest, or those that were scrolled back to; and how many are below it.
*/
export function selectVisibleChatLines(chat: ChatState, screen: ScreenState): {readonly lines: readonly ChatLine[]; readonly below: number} {
	const {width, height} = selectChatTextSize(chat, screen);
	const lines = selectChatLines(chat, width);
	const top = windowTop(chat, lines.length, height);
	return {lines: lines.slice(top, top + height), below: Math.max(0, lines.length - height - top)};
}

/**
The first line of the window after it was scrolled by some lines, up where that is positive; undefined at the newest.
*/
export function selectTopLine(chat: ChatState, screen: ScreenState, by: number): number | undefined {
	const {width, height} = selectChatTextSize(chat, screen);
	const count = selectChatLines(chat, width).length;
	const top = windowTop(chat, count, height) - by;
	return top >= count - height ? undefined : Math.max(0, top);
}

function windowTop({topLine}: ChatState, count: number, height: number): number {
	const lastTop = Math.max(0, count - height);
	return Math.min(topLine ?? lastTop, lastTop);
}

let streaming: {readonly width: number; readonly text: string; readonly writer: RowWriter} | undefined;

/**
Of the answer under way, only what is new is wrapped.
*/
function streamingRows(text: string, width: number): readonly TextRow[] {
	const isMore = streaming?.width === width && text.startsWith(streaming.text);
	const writer = isMore && streaming ? streaming.writer : createRowWriter(width);
	streaming = {width, text, writer};
	return writer.rowsOf(text);
}

function linesOfMessage(message: ConversationMessage, modelId: string, width: number): readonly ChatLine[] {
	const name = message.role === 'user' ? 'You' : modelId;
	const known = wrappedMessages.get(message);
	if (known?.width === width && known.name === name) {
		return known.lines;
	}

	const heading: ChatLine = {text: name, kind: message.role === 'user' ? 'question-heading' : 'answer-heading'};
	const lines = [heading, ...createRowWriter(width).rowsOf(message.content), ...notesOf(message), {text: '', kind: 'text'} as const];
	wrappedMessages.set(message, {width, name, lines});
	return lines;
}

function notesOf({statistics, stopped}: ConversationMessage): readonly ChatLine[] {
	const facts = [
		...(stopped === true ? ['stopped'] : []),
		...(statistics
			? [`${statistics.generatedTokens} tokens`, `${statistics.generationTokensPerSecond.toFixed(1)} tokens/s`, `first token after ${Math.round(statistics.timeToFirstTokenMs)} ms`]
			: []),
	];
	return facts.length === 0 ? [] : [{text: facts.join(' · '), kind: 'note'}];
}
