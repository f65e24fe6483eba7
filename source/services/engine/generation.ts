import {type Abortable} from '../../types/abortable.js';
import {type GenerationProgress, type GenerationRequest, type GenerationResult} from '../../types/generation.js';
import {type HostProgress} from './host-link.js';
import {type LoadedHost} from './load-host.js';
import {generateResultSchema} from './protocol.js';
import {createSanitizingStream} from './sanitizing-stream.js';
import {withAbort} from './with-abort.js';

// Twice what the largest context of today's models can hold; a host that sends more is not one of ours.
const maximumAnswerLength = 16 * 1024 * 1024;

/**
Lets the host answer. Text is sanitised before anyone sees it. Aborting resolves with what there is,
even when the host does not react; it is ended then, as something holds it up for good.
*/
export async function generateWith({host, loaded}: LoadedHost, request: GenerationRequest, {signal, startedAt, onProgress}: Abortable & {
	/**
	`performance.now()` when the caller asked.
	*/
	readonly startedAt: number;
	readonly onProgress: ((progress: GenerationProgress) => void) | undefined;
}): Promise<GenerationResult> {
	const stream = createSanitizingStream();
	let text = '';
	let generatedTokens = 0;
	let timeToFirstTokenMs: number | undefined;

	const show = (piece: string, event: Extract<HostProgress, {type: 'token'}>) => {
		text += piece;
		generatedTokens = event.generatedTokens;
		if (piece !== '') {
			timeToFirstTokenMs ??= performance.now() - startedAt;
			onProgress?.({text: piece, generatedTokens, ...(event.tokensPerSecond !== undefined && {tokensPerSecond: event.tokensPerSecond})});
		}

		if (text.length > maximumAnswerLength) {
			void host.kill('it would not stop talking');
		}
	};

	const job = host.link.request({type: 'generate', request}, {
		result: generateResultSchema,
		onProgress(event) {
			if (event.type === 'token') {
				show(stream.push(event.text), event);
			}
		},
	});
	const result = await withAbort(job, {host, signal});
	const rest = stream.flush();
	if (rest !== '') {
		show(rest, {
			type: 'token', id: 0, text: rest, generatedTokens,
		});
	}

	if (!result) {
		return {...emptyResult(loaded.plan.contextSize), text};
	}

	return {
		text,
		stopReason: result.stopReason,
		statistics: {...result.statistics, ...(timeToFirstTokenMs !== undefined && {timeToFirstTokenMs})},
	};
}

/**
The result of a generation that was aborted before the host could say anything of it.
*/
export function emptyResult(contextSize: number): GenerationResult {
	return {
		text: '',
		stopReason: 'abort',
		statistics: {
			promptTokens: 0,
			generatedTokens: 0,
			promptTokensPerSecond: 0,
			generationTokensPerSecond: 0,
			timeToFirstTokenMs: 0,
			contextUsed: 0,
			contextSize,
		},
	};
}
