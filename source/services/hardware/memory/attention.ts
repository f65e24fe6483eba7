import {type FitPlan} from '../../../types/fit.js';
import {type KvCacheType} from '../../../types/load-plan.js';
import {type ModelArchitecture} from '../../../types/model-architecture.js';

/**
Whether the context is computed with flash attention. Unlike llama.cpp itself, node-llama-cpp does without where keys and values have different lengths, as with latent attention (`flashAttentionSupported` of its GgufInsights).
*/
export function hasFlashAttention({name, keyLength, valueLength, headCount}: ModelArchitecture, {flashAttention = 'auto'}: FitPlan): boolean {
	return flashAttention !== false && name !== 'grok' && name !== 'gemma2' && (keyLength === valueLength || headCount === 0);
}

/**
What the cache is really kept as: without flash attention llama.cpp keeps values in 16 bits only.
*/
export function cacheTypeOf(architecture: ModelArchitecture, plan: FitPlan): KvCacheType {
	return hasFlashAttention(architecture, plan) ? plan.kvCacheType ?? 'f16' : 'f16';
}
