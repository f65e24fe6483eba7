import {formatBytes} from '../../format/bytes.js';
import {type HardwareReport} from '../../types/hardware.js';
import {type ModelRecommendation, type ModelSelection} from '../../types/recommendation.js';
import {type RegistryModel} from '../../types/registry-model.js';
import {estimateMemory} from './estimate-memory.js';
import {fitSubjectOf} from './fit-subject-of.js';
import {judgeFit} from './judge-fit.js';
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
The models that fit with the margin left free, deprecated ones left out: recommended ones first, and the largest first.
*/
export function recommendModels(models: readonly RegistryModel[], hardware: Pick<HardwareReport, 'gpus' | 'memory'>): readonly ModelRecommendation[] {
	return models
		.filter(({deprecated}) => !deprecated)
		.map(model => ({model, verdict: judgeFit(fitSubjectOf(model), hardware)}))
		.filter(({verdict}) => verdict.level === 'gpu' || verdict.level === 'split' || verdict.level === 'memory')
		.toSorted((a, b) => a.model.recommended === b.model.recommended ? b.verdict.need.totalBytes - a.verdict.need.totalBytes : Number(b.model.recommended) - Number(a.model.recommended));
}

function insufficient(availableBytes: number, requiredBytes: number): ModelSelection {
	return {
		kind: 'insufficient',
		availableBytes,
		requiredBytes,
		reason: `Insufficient RAM: ${formatBytes(availableBytes)} are available, and a model is chosen from ${formatBytes(requiredBytes)} on. Close other programs, or choose a smaller model by hand.`,
	};
}
