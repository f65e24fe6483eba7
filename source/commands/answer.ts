import {formatInteger} from '../format/number.js';
import {
	type ChatMessage,
	type GenerationResult,
	type GenerationStatistics,
	type SamplingSettings,
} from '../types/generation.js';
import {type CommandContext} from './command.js';
import {chatPlanRequest} from './plan-flags.js';

/**
Generates an answer and streams it to stdout: as text, or as lines of JSON with `type: 'token'`.
An answer that was stopped is returned as far as it came.
*/
export async function streamAnswer(context: CommandContext, {model, messages, sampling, signal}: {
	readonly model: string;
	readonly messages: readonly ChatMessage[];
	readonly sampling: SamplingSettings;
	readonly signal: AbortSignal;
}): Promise<GenerationResult> {
	const {output} = context;
	const {provider, config} = await context.services();
	let last = '\n';
	try {
		const result = await provider.generate(model, {messages, sampling}, {
			signal,
			plan: chatPlanRequest(context.flags, config.current()),
			onNotice(sentence) {
				output.notice(sentence);
				output.event({type: 'notice', text: sentence});
			},
			onLoad(fraction) {
				output.progress.show([`loading ${model}  ${Math.round(fraction * 100)} %`]);
			},
			onProgress({text}) {
				if (text === '') {
					return;
				}

				output.progress.clear();
				output.text(text);
				output.event({type: 'token', text});
				last = text;
			},
		});
		if (context.flags.verbose === true) {
			endLine();
			output.notice(formatStatistics(result.statistics));
		}

		return result;
	} finally {
		endLine();
	}

	function endLine() {
		output.progress.clear();
		if (last.endsWith('\n')) {
			return;
		}

		output.text('\n');
		last = '\n';
	}
}

function formatStatistics({promptTokens, promptTokensPerSecond, generatedTokens, generationTokensPerSecond, timeToFirstTokenMs, contextUsed, contextSize}: GenerationStatistics): string {
	return [
		`prompt ${formatInteger(promptTokens)} tokens at ${promptTokensPerSecond.toFixed(1)}/s`,
		`answer ${formatInteger(generatedTokens)} tokens at ${generationTokensPerSecond.toFixed(1)}/s`,
		`first token after ${Math.round(timeToFirstTokenMs)} ms`,
		`context ${formatInteger(contextUsed)} of ${formatInteger(contextSize)}`,
	].join(' · ');
}
