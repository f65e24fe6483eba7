import {type LlamaChatResponseChunk} from 'node-llama-cpp';
import {perSecond} from './per-second.js';

/**
What came when, while an answer is generated.
*/
export type AnswerRecorder = {
	readonly onChunk: (chunk: LlamaChatResponseChunk) => void;
	/**
	The whole text so far.
	*/
	readonly text: () => string;
	readonly generatedTokens: () => number;
	/**
	Tokens a second after the first token; undefined below two tokens.
	*/
	readonly tokensPerSecond: () => number | undefined;
	/**
	Milliseconds from the start to the first token of any kind; undefined before it.
	*/
	readonly promptMs: () => number | undefined;
	/**
	Milliseconds from the start to the first text; undefined before it.
	*/
	readonly timeToFirstTokenMs: () => number | undefined;
};

/**
Turns the chunks of the binding into plain text, where a thought stands between `<think>` and `</think>`, and takes the times.
*/
export function createAnswerRecorder({startedAt, onText}: {
	/**
	`performance.now()` when the request came.
	*/
	readonly startedAt: number;
	readonly onText: (text: string, tokens: number) => void;
}): AnswerRecorder {
	let text = '';
	let generatedTokens = 0;
	let firstTokenAt: number | undefined;
	let firstTextAt: number | undefined;
	let lastTokenAt = startedAt;

	return {
		onChunk(chunk) {
			const now = performance.now();
			const piece = toText(chunk);
			if (chunk.tokens.length > 0) {
				firstTokenAt ??= now;
				lastTokenAt = now;
				generatedTokens += chunk.tokens.length;
			}

			if (piece !== '') {
				firstTextAt ??= now;
				text += piece;
			}

			onText(piece, chunk.tokens.length);
		},
		text: () => text,
		generatedTokens: () => generatedTokens,
		tokensPerSecond: () => firstTokenAt === undefined || lastTokenAt === firstTokenAt ? undefined : perSecond(generatedTokens - 1, lastTokenAt - firstTokenAt),
		promptMs: () => firstTokenAt === undefined ? undefined : firstTokenAt - startedAt,
		timeToFirstTokenMs: () => firstTextAt === undefined ? undefined : firstTextAt - startedAt,
	};
}

function toText(chunk: LlamaChatResponseChunk): string {
	return chunk.type === undefined ? chunk.text : `${chunk.segmentStartTime ? '<think>\n' : ''}${chunk.text}${chunk.segmentEndTime ? '\n</think>\n\n' : ''}`;
}
