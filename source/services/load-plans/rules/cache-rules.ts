import {hasFlashAttention} from '../../hardware/memory/attention.js';
import {type PlanModel} from '../plan-model.js';
import {type Rule} from './rule.js';

// Both 8 and 4 bits are stored in blocks of 32 (ggml-common.h: QK8_0, QK4_0).
const block = 32;

/**
Whether the cache of a model can be kept in 8 or 4 bits: with flash attention only, and llama.cpp refuses it where a head is no multiple of a block.
*/
export function canQuantizeCache({architecture}: Pick<PlanModel, 'architecture'>): boolean {
	if (architecture === undefined) {
		return true;
	}

	const {keyLength, valueLength, slidingKeyLength = keyLength, slidingValueLength = valueLength} = architecture;
	return hasFlashAttention(architecture, {}) && [keyLength, valueLength, slidingKeyLength, slidingValueLength].every(length => length % block === 0);
}

const quantizedCacheNeedsFlashAttention: Rule = ({kvCacheType, flashAttention}) => kvCacheType === 'f16' || flashAttention !== false
	? undefined
	: {
		field: 'kvCacheType',
		severity: 'error',
		message: `A cache in ${kvCacheType} needs flash attention, which the plan switches off.`,
		suggestion: 'Let flash attention be auto, or keep the cache in f16.',
		change: {flashAttention: 'auto'},
	};

const cacheFitsHeads: Rule = ({kvCacheType}, model) => kvCacheType === 'f16' || canQuantizeCache(model)
	? undefined
	: {
		field: 'kvCacheType',
		severity: 'error',
		message: `${model.name} cannot keep its cache in ${kvCacheType}: its attention heads are no multiple of ${block}, or it has no flash attention.`,
		suggestion: 'Keep the cache in f16.',
		change: {kvCacheType: 'f16'},
	};

const cacheKeepsQuality: Rule = ({kvCacheType}) => kvCacheType === 'q4_0'
	? {
		field: 'kvCacheType',
		severity: 'warning',
		message: 'A cache in 4 bits makes answers worse, the longer the context the more.',
		suggestion: 'Take q8_0 where the memory allows.',
		change: {kvCacheType: 'q8_0'},
	}
	: undefined;

const flashAttentionIsThere: Rule = ({flashAttention}, {name, architecture}) => flashAttention === true && architecture !== undefined && !hasFlashAttention(architecture, {})
	? {
		field: 'flashAttention',
		severity: 'warning',
		message: `${name} has no flash attention, and is computed without.`,
		suggestion: 'Let it be auto.',
		change: {flashAttention: 'auto'},
	}
	: undefined;

export const cacheRules: readonly Rule[] = [flashAttentionIsThere, quantizedCacheNeedsFlashAttention, cacheFitsHeads, cacheKeepsQuality];
