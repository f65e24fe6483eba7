import {
	type FitLevel,
	type FitPlan,
	type FitSubject,
	type FitVerdict,
	type MemoryMeasurement,
	type MemoryNeed,
} from '../../types/fit.js';
import {type HardwareReport} from '../../types/hardware.js';
import {estimateMemory} from './estimate-memory.js';
import {adviseFit} from './fit/advise-fit.js';
import {arrange, type Arrangement} from './fit/arrange.js';
import {correctNeed} from './fit/correct-need.js';
import {describeFit} from './fit/describe-fit.js';
import {expertLayersFor} from './fit/expert-layers.js';
import {largestContext, leastContext} from './fit/largest-context.js';
import {roomOf, type Room} from './fit/room.js';
import {streamingCost} from './fit/streaming-cost.js';
import {gpuMarginBytes, memoryMarginBytes} from './margins.js';
import {activeShareOf} from './memory/active-share.js';
import {evenWeights} from './memory/even-weights.js';

/**
What of a machine decides whether a model fits; without a processor the one that copies most is assumed.
*/
export type FitMachine = Pick<HardwareReport, 'gpus' | 'memory'> & Partial<Pick<HardwareReport, 'cpu' | 'disks'>>;

/**
Whether a model runs on a machine with a plan, and where: as many layers as fit on the GPUs (each with 1 GiB left free) unless the plan says how many, the rest in main memory (with 2 GB left free); only by using those 2 GB; with less context; or not at all. Pure.
@throws RangeError for sizes that are none.
*/
export function judgeFit(subject: FitSubject, machine: FitMachine, {plan = {}, measurements = []}: {
	readonly plan?: FitPlan;
	/**
	Of earlier loads on this machine, which correct the estimate: those of this model where there are any.
	*/
	readonly measurements?: readonly MemoryMeasurement[];
} = {}): FitVerdict {
	assertJudgeable(subject);
	const room = roomOf(machine);
	const known = {...subject, weights: subject.weights ?? evenWeights(subject)};
	const layerCount = known.weights.layers.length + 1;
	const {instructionSets} = machine.cpu ?? {};
	const needOf = (contextLength: number, changes: FitPlan): MemoryNeed =>
		correctNeed(estimateMemory({...known, contextLength}, {...plan, ...changes}, instructionSets && {instructionSets}), measurements);
	const arrangeWith = (contextLength: number, {isMarginKept, changes = {}}: {readonly isMarginKept: boolean; readonly changes?: FitPlan}): Arrangement => arrange({
		needWith: gpuLayers => needOf(contextLength, {...changes, gpuLayers}),
		layerCount,
		gpuLayers: changes.gpuLayers ?? plan.gpuLayers ?? 'auto',
		room,
		isMarginKept,
	});

	const {arrangement, contextLength, isMarginKept} = choose(subject.contextLength, arrangeWith);
	const {fits, need, gpuLayers, shortOfGpuBytes, shortOfMemoryBytes} = arrangement;
	const level = levelOf(arrangement, {isShorter: contextLength < subject.contextLength, isMarginKept, layerCount});
	// Layers that are given are to stay as they are.
	const expertLayersInMemory = (gpuLayers === layerCount && fits) || (plan.gpuLayers ?? 'auto') !== 'auto' ? undefined : expertLayersFor(known, room, changes => needOf(contextLength, changes));
	const streamable = fits ? undefined : streamingCost(need, room, {activeShare: activeShareOf(known), medium: machine.disks?.[0]?.medium});
	const judged = {
		level,
		need,
		...availableOf(room, level, gpuLayers === layerCount),
		shortBytes: shortOfGpuBytes + shortOfMemoryBytes,
		contextLength: fits ? contextLength : 0,
		wantedContextLength: subject.contextLength,
		gpuLayers,
		layerCount,
		...(expertLayersInMemory !== undefined && {expertLayersInMemory}),
		...(streamable !== undefined && {streamable}),
	};
	const canFitWith = (changes: FitPlan): boolean => arrangeWith(subject.contextLength, {isMarginKept: true, changes}).fits;
	return {
		...judged,
		reason: describeFit(judged, room, arrangement),
		advice: adviseFit(judged, {
			subject, plan, room, canFitWith, fewerLayers: gpuLayers > 0 && plan.gpuLayers !== 'auto' ? arrangeWith(subject.contextLength, {isMarginKept: true, changes: {gpuLayers: 'auto'}}) : undefined,
		}),
	};
}

/**
Guesses would look like answers.
*/
function assertJudgeable({weightBytes, contextLength}: FitSubject): void {
	if (!(Number.isFinite(weightBytes) && weightBytes >= 0 && contextLength >= 1)) {
		throw new RangeError(`A fit needs the size of the weights and a context of one token or more, not ${weightBytes} bytes and ${contextLength} tokens.`);
	}
}

type Choice = {
	readonly arrangement: Arrangement;
	readonly contextLength: number;
	readonly isMarginKept: boolean;
};

/**
All tokens with the margin kept, all without, then as many as fit.
*/
function choose(wanted: number, arrangeWith: (contextLength: number, options: {readonly isMarginKept: boolean}) => Arrangement): Choice {
	const at = (contextLength: number, isMarginKept: boolean): Choice => ({arrangement: arrangeWith(contextLength, {isMarginKept}), contextLength, isMarginKept});
	const shorter = (isMarginKept: boolean): Choice | undefined => {
		const contextLength = largestContext(wanted, length => arrangeWith(length, {isMarginKept}).fits);
		return contextLength < leastContext ? undefined : at(contextLength, isMarginKept);
	};

	return [() => at(wanted, true), () => at(wanted, false), () => shorter(true), () => shorter(false)]
		.values()
		.map(tryOut => tryOut())
		.find(choice => choice?.arrangement.fits === true) ?? at(wanted, false);
}

function levelOf({fits, gpuLayers}: Arrangement, {isShorter, isMarginKept, layerCount}: {readonly isShorter: boolean; readonly isMarginKept: boolean; readonly layerCount: number}): FitLevel {
	if (!fits) {
		return 'none';
	}

	if (isShorter) {
		return 'less-context';
	}

	if (!isMarginKept) {
		return 'tight';
	}

	if (gpuLayers === 0) {
		return 'memory';
	}

	return gpuLayers === layerCount ? 'gpu' : 'split';
}

function availableOf({memoryBytes, gpus}: Room, level: FitLevel, isWhole: boolean): Pick<FitVerdict, 'availableBytes' | 'marginBytes'> {
	const onGpus = {availableBytes: gpus?.freeBytes ?? 0, marginBytes: gpus === undefined || gpus.isUnified ? memoryMarginBytes : gpus.count * gpuMarginBytes};
	if (level === 'gpu' || (level === 'less-context' && isWhole)) {
		return onGpus;
	}

	return level === 'split' && gpus?.isUnified === false
		? {availableBytes: onGpus.availableBytes + memoryBytes, marginBytes: onGpus.marginBytes + memoryMarginBytes}
		: {availableBytes: memoryBytes, marginBytes: memoryMarginBytes};
}
