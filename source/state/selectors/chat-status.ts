import {formatBytes} from '../../format/bytes.js';
import {formatInteger} from '../../format/number.js';
import {type AppState} from '../state.js';
import {planInWords} from './plan-fields.js';

export type ChatStatus = {
	/**
	Which model it is, the longest way of saying it first: the last is for where there is hardly any room.
	*/
	readonly names: readonly string[];
	/**
	What it is doing, in words.
	*/
	readonly activity: string;
	/**
	0–1 of the context in use; undefined before the first answer.
	*/
	readonly contextShare?: number;
	readonly context?: string;
};

/**
The line above the chat's text.
*/
export function selectChatStatus({chat, library}: AppState): ChatStatus {
	const {conversation, answering} = chat;
	const model = library.models.find(({id}) => id === conversation.modelId);
	const name = model ? `${model.name} · ${model.quantization}` : conversation.modelId;
	const statistics = conversation.messages.findLast(message => (message.statistics?.contextSize ?? 0) > 0)?.statistics;
	return {
		names: [...(model?.source === 'starter' ? [`${name} · a tiny model to try things with`] : []), name, conversation.modelId],
		activity: activityOf(answering),
		...(statistics && {
			contextShare: statistics.contextUsed / statistics.contextSize,
			context: `${formatInteger(statistics.contextUsed)} of ${formatInteger(statistics.contextSize)} tokens`,
		}),
	};
}

/**
How the model of the chat is loaded and what it takes, the most telling first; before it was loaded, what is known of that already.
*/
export function selectLoadFacts({chat, plans}: AppState): readonly string[] {
	const {conversation, loaded} = chat;
	const {template = ''} = conversation;
	const named = template === '' ? [] : [`template ${template}`];
	if (loaded?.modelId !== conversation.modelId) {
		const stored = plans.stored.get(conversation.modelId)?.plan;
		return [...named, ...(stored ? ['by its stored plan', ...planInWords(stored)] : [])];
	}

	const {plan, device, memory: {measuredBytes, estimatedBytes, measuredVramBytes, estimatedVramBytes}} = loaded;
	const [context = '', ...others] = planInWords(plan);
	return [
		...named,
		context,
		...(measuredBytes === undefined ? [] : [`takes ${formatBytes(measuredBytes)} (${formatBytes(estimatedBytes)} expected)`]),
		...(measuredVramBytes === undefined || estimatedVramBytes === undefined ? [] : [`VRAM ${formatBytes(measuredVramBytes)} (${formatBytes(estimatedVramBytes)} expected)`]),
		...others,
		device,
	];
}

function activityOf(answering: AppState['chat']['answering']): string {
	if (!answering) {
		return '';
	}

	if (answering.phase === 'loading') {
		return answering.loadFraction === undefined ? 'loading …' : `loading ${Math.round(answering.loadFraction * 100)} %`;
	}

	const speed = answering.tokensPerSecond === undefined ? '' : ` · ${answering.tokensPerSecond.toFixed(1)} tokens/s`;
	return `${answering.generatedTokens} tokens${speed}`;
}
