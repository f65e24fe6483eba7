import {formatBytes} from '../../format/bytes.js';
import {type ModelRecommendation, type ModelSelection} from '../../types/recommendation.js';
import {type RegistryModel} from '../../types/registry-model.js';
import {type Fit} from '../../types/speed.js';
import {estimateMemory} from './estimate-memory.js';
import {fitSubjectOf} from './fit-subject-of.js';
import {memoryMarginBytes} from './margins.js';

const gigabyte = 1_000_000_000;

/**
Which model from how much available memory on, the largest first. GB are 10⁹ bytes, as everywhere in Remuda.
*/
const tiers = [
	{fromBytes: 24 * gigabyte, id: 'qwen2.5-coder-14b-q8'},
	{fromBytes: 16 * gigabyte, id: 'qwen2.5-coder-14b-q5'},
	{fromBytes: 10 * gigabyte, id: 'qwen2.5-coder-7b-q5'},
	{fromBytes: 6 * gigabyte, id: 'qwen2.5-coder-3b-q4'},
] as const;

const leastBytes = 6 * gigabyte;

// Slower than one reads.
const leastTokensPerSecond = 5;

/**
The automatic choice: by available memory, and never one whose computed need leaves less than the margin free; then the next smaller one.
*/
export function selectModel(models: readonly RegistryModel[], availableBytes: number): ModelSelection {
	if (availableBytes < leastBytes) {
		return insufficient(availableBytes, leastBytes);
	}

	const candidates = tiers
		.filter(({fromBytes}) => availableBytes >= fromBytes)
		.map(({id}) => models.find(model => model.id === id))
		.filter(model => model !== undefined)
		.map(model => ({model, needBytes: estimateMemory(fitSubjectOf(model)).totalBytes}));
	const chosen = candidates.find(({needBytes}) => needBytes + memoryMarginBytes <= availableBytes);
	if (chosen === undefined) {
		return insufficient(availableBytes, Math.max(leastBytes, (candidates.at(-1)?.needBytes ?? 0) + memoryMarginBytes));
	}

	const {model, needBytes} = chosen;
	const larger = candidates[candidates.indexOf(chosen) - 1]?.model.name;
	const why = larger === undefined ? 'the choice for that much' : `because ${larger} would leave less than ${formatBytes(memoryMarginBytes)} free`;
	return {
		kind: 'selected',
		model,
		reason: `${formatBytes(availableBytes)} of memory are available: ${model.name}, ${why}; it needs ${formatBytes(needBytes)}.`,
	};
}

/**
The models that fit with the margin left free, deprecated ones left out: recommended ones first but for those that would be too slow to wait for, and the largest first.
*/
export function recommendModels(models: readonly RegistryModel[], judge: (model: RegistryModel) => Fit): readonly ModelRecommendation[] {
	const isPreferred = ({model, verdict}: ModelRecommendation) => model.recommended && (verdict.speed?.generationTokensPerSecond.expected ?? Infinity) >= leastTokensPerSecond;
	return models
		.filter(({deprecated}) => !deprecated)
		.map(model => ({model, verdict: judge(model)}))
		.filter(({verdict}) => ['gpu', 'split', 'memory'].includes(verdict.level))
		.toSorted((a, b) => isPreferred(a) === isPreferred(b) ? b.verdict.need.totalBytes - a.verdict.need.totalBytes : Number(isPreferred(b)) - Number(isPreferred(a)));
}

function insufficient(availableBytes: number, requiredBytes: number): ModelSelection {
	return {
		kind: 'insufficient',
		availableBytes,
		requiredBytes,
		reason: `Insufficient RAM: ${formatBytes(availableBytes)} are available, and a model is chosen from ${formatBytes(requiredBytes)} on. Close other programs, or choose a smaller model by hand.`,
	};
}
