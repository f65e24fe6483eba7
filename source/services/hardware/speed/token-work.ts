import {type SpeedAttention, type SpeedModel, type SpeedPlan} from '../../../types/speed-subject.js';
import {positive} from './positive.js';

/**
What one token costs, whatever computes it.
*/
export type TokenWork = {
	/**
	10⁹ bytes of weights read.
	*/
	readonly gigabytes: number;
	/**
	10⁹ weights multiplied.
	*/
	readonly gigaweights: number;
	/**
	10⁹ bytes of keys and values read.
	*/
	readonly kvGigabytes: number;
	/**
	Where it is known, of the layers that this work is about.
	*/
	readonly attention?: SpeedAttention;
	/**
	Tokens in the context.
	*/
	readonly depthTokens: number;
	/**
	In layers of a plain transformer.
	*/
	readonly layers: number;
	readonly mixtureOfExperts: boolean;
	/**
	Effort to turn a weight back into a number: 1 for K- and I-quants.
	*/
	readonly unpacking: number;
	/**
	Families of architectures whose layers are more, smaller steps than those of a plain transformer.
	*/
	readonly family: 'plain' | 'gemma' | 'delta-net' | 'latent';
};

export function tokenWork(model: SpeedModel, plan: Pick<SpeedPlan, 'depthTokens'>): TokenWork {
	const {architecture = ''} = model;
	const active = Math.min(positive(model.activeParameters) ?? model.parameters, model.parameters);
	return {
		gigabytes: (positive(model.activeBytes) ?? (model.weightsBytes * active / model.parameters)) / 1e9,
		gigaweights: active / 1e9,
		...(model.attention && {attention: model.attention}),
		depthTokens: plan.depthTokens,
		kvGigabytes: kvBytesPerToken(model) * plan.depthTokens / 1e9,
		// A block of Nemotron-H with experts is either attention, a state space or experts: half of a transformer layer.
		layers: layersOf(model) * (architecture.startsWith('nemotron_h_moe') ? 0.5 : 1),
		mixtureOfExperts: hasExperts(model),
		unpacking: unpackingEffort(model.quantization),
		family: familyOf(architecture),
	};
}

export function hasExperts({mixtureOfExperts, activeParameters}: SpeedModel): boolean {
	return mixtureOfExperts ?? (positive(activeParameters) !== undefined);
}

export function layersOf(model: SpeedModel): number {
	return positive(model.layers) ?? guessLayers(model.parameters / 1e9, hasExperts(model));
}

// Layers grow with about the third root of the parameters: 16–30 for 1B, 32 for 8B, 80 for 70B; 40–48 for 30B with experts.
function guessLayers(billions: number, isMixture: boolean): number {
	return Math.round(isMixture ? Math.max(16, 40 * ((billions / 30) ** 0.25)) : Math.max(18, 34 * ((billions / 8) ** 0.38)));
}

/**
Or, if not known, what most models have: 8 heads of 128 for keys and for values, in half precision; one layer in four of them where other layers keep a state of fixed size.
*/
export function kvBytesPerToken(model: SpeedModel): number {
	const hasState = /^(?:qwen35|qwen3next|lfm2|nemotron_h|falcon-h1|granitehybrid)/v.test(model.architecture ?? '');
	return positive(model.kvBytesPerToken) ?? (layersOf(model) * 8 * 128 * 2 * 2 / (hasState ? 4 : 1));
}

function unpackingEffort(quantization: string): number {
	if (/^(?:b?f16|f32)$/iv.test(quantization)) {
		return 0.25;
	}

	return /q8|^q[45]_[01]$/iv.test(quantization) ? 0.5 : 1;
}

function familyOf(architecture: string): TokenWork['family'] {
	if (architecture.startsWith('gemma')) {
		return 'gemma';
	}

	if (/^(?:qwen35|qwen3next|kimi-linear)/v.test(architecture)) {
		return 'delta-net';
	}

	return /^deepseek[23]|^glm4moelite/v.test(architecture) ? 'latent' : 'plain';
}
