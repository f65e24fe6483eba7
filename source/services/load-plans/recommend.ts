import {formatBytes} from '../../format/bytes.js';
import {formatInteger} from '../../format/number.js';
import {type PlanContext} from './explain-plan.js';
import {kindDefaults} from './model-kind.js';
import {needOf} from './need-of.js';
import {otherQuantization} from './other-quantizations.js';
import {hasRoom} from './plan-verdict.js';
import {canQuantizeCache} from './rules/cache-rules.js';

// Less than this is not worth a sentence.
const worthwhileBytes = 100_000_000;

/**
What else would help, in sentences, the most useful first.
*/
export function recommend(context: PlanContext): readonly string[] {
	const {plan, model, machine} = context;
	return [
		...roomAdvice(context),
		otherQuantization(model, plan, machine),
		cacheAdvice(context),
		settingsAdvice(context),
	].filter(sentence => sentence !== undefined);
}

function roomAdvice({verdict}: PlanContext): readonly string[] {
	// What streaming costs is among the warnings already.
	const advice = verdict.advice.filter(sentence => sentence !== verdict.streamable?.cost);
	const closing = verdict.level === 'tight' ? [`Closing other programs would help: ${formatBytes(verdict.marginBytes)} are kept free for them, and this plan uses some of it.`] : [];
	return [...closing, ...advice];
}

function cacheAdvice({plan, model, verdict}: PlanContext): string | undefined {
	// Where there is no room the fit's own advice says it.
	if (plan.kvCacheType !== 'f16' || !canQuantizeCache(model) || !hasRoom(verdict)) {
		return undefined;
	}

	const placed = {...plan, gpuLayers: verdict.gpuLayers};
	const savedBytes = needOf(model, placed).totalBytes - needOf(model, {...placed, kvCacheType: 'q8_0'}).totalBytes;
	return savedBytes < worthwhileBytes ? undefined : `A cache in 8 bits (--kv-cache q8_0) would save ${formatBytes(savedBytes)}, and cost hardly any quality.`;
}

function settingsAdvice({kind}: PlanContext): string | undefined {
	const {template, temperature, usefulContext} = kindDefaults[kind];
	if (template !== undefined) {
		return `It is a model for embeddings: the template ${template} suits it, and inputs are cut to ${formatInteger(usefulContext)} tokens.`;
	}

	return kind === 'chat' || temperature === undefined ? undefined : `Models for ${kind === 'vision' ? 'images' : kind} usually answer best at a temperature of ${temperature}.`;
}
