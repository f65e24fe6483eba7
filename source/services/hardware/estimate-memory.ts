import {formatInteger} from '../../format/number.js';
import {
	type FitPlan,
	type FitSubject,
	type MemoryLine,
	type MemoryNeed,
	type MemoryPart,
	type MemoryPlace,
} from '../../types/fit.js';
import {type ModelArchitecture} from '../../types/model-architecture.js';
import {type ModelWeights} from '../../types/model-weights.js';
import {hostComputeBytes, reservedComputeBytes, touchedComputeBytes} from './memory/compute-bytes.js';
import {cellsOf} from './memory/context-cells.js';
import {cacheTypeOf} from './memory/attention.js';
import {engineBytes} from './memory/engine-bytes.js';
import {evenWeights} from './memory/even-weights.js';
import {kvCacheBytes} from './memory/kv-cache-bytes.js';
import {placementOf, type Placement} from './memory/placement.js';
import {recurrentStateBytes} from './memory/recurrent-state-bytes.js';
import {repackedBytes} from './memory/repacked-bytes.js';
import {sumNeed} from './memory/sum-need.js';

// For an unknown architecture: models with grouped-query attention cache 0.8–2.7 × 10⁻⁵ of their weights a token.
const cacheShareOfWeights = 3e-5;
// And the activations of a micro-batch; on a GPU they lie in the room for the logits of a vocabulary of 150,000 tokens.
const usualComputeBytes = 150_000_000;
const usualReservedBytes = 320_000_000;

/**
What a model needs with a plan: weights, KV cache, recurrent state, compute buffer and the engine host itself, each by the place where it lies. `auto` GPU layers count as none; judgeFit chooses them.

The sum for main memory is what must stay there: the anonymous pages of the engine host, its libraries, and each weight once. With memory mapping the process shows more while there is room, `reclaimableBytes`: the file's pages of weights that were copied out of it to be rearranged for the processor.
Without the header the weights are taken to be spread evenly; without an architecture a rule of thumb stands in, and the need is marked as approximate.
*/
export function estimateMemory(subject: FitSubject, plan: FitPlan = {}, {instructionSets}: {readonly instructionSets?: readonly string[]} = {}): MemoryNeed {
	const {architecture, contextLength} = subject;
	const weights = subject.weights ?? evenWeights(subject);
	const placement = placementOf(weights.layers.length, plan);
	const lines = [
		...weightLines(weights, placement),
		...(architecture === undefined ? usualLines(subject, placement) : contextLines(architecture, contextLength, {plan, placement})),
		line('engine', engineBytes(architecture), 'engine', 'memory'),
	].filter(({bytes}) => bytes > 0);
	const repacked = Math.min(repackedBytes(weights, instructionSets), bytesOfWeights(lines));
	return sumNeed(lines, {
		approximate: architecture === undefined,
		mappedBytes: plan.memoryMap === false ? 0 : bytesOfWeights(lines) - repacked,
		reclaimableBytes: plan.memoryMap === false ? 0 : repacked,
	});
}

function weightLines({tokenEmbeddingBytes, layers, outputBytes, tiedOutput}: ModelWeights, placement: Placement): readonly MemoryLine[] {
	const bytesOf = (place: MemoryPlace): number => layers.reduce((sum, {bytes}, layer) => sum + (placement.layer(layer) === place ? bytes : 0), 0);
	const expertBytesOf = (place: MemoryPlace): number => layers.reduce((sum, {expertBytes}, layer) => sum + (placement.experts(layer) === place ? expertBytes : 0), 0);
	// The copy that a GPU makes where both are one.
	const headBytes = outputBytes + (tiedOutput && placement.output === 'gpu' ? tokenEmbeddingBytes : 0);
	return (['gpu', 'memory'] as const).flatMap(place => [
		line('weights', bytesOf(place) + (placement.output === place ? headBytes : 0) + (place === 'memory' ? tokenEmbeddingBytes : 0), 'weights', place),
		line('experts', expertBytesOf(place), 'experts', place),
	]);
}

function contextLines(architecture: ModelArchitecture, contextLength: number, {plan, placement}: {readonly plan: FitPlan; readonly placement: Placement}): readonly MemoryLine[] {
	const caches = kvCacheBytes(architecture, contextLength, plan);
	const states = recurrentStateBytes(architecture);
	const type = cacheTypeOf(architecture, plan);
	const cacheLabel = `KV cache at ${formatInteger(contextLength)} tokens${type === 'f16' ? '' : ` in ${type}`}`;
	const hasGpu = placement.gpuLayers > 0;
	return [
		...(['gpu', 'memory'] as const).flatMap(place => [
			line(cacheLabel, sumAt(caches, place, placement), 'cache', place),
			line('recurrent state', sumAt(states, place, placement), 'state', place),
		]),
		line('compute buffer', hasGpu ? reservedComputeBytes(architecture, contextLength, plan) : 0, 'compute', 'gpu'),
		line('compute buffer', placement.isWhole ? hostComputeBytes(architecture, contextLength, plan) : touchedComputeBytes(architecture, contextLength, plan), 'compute', 'memory'),
	];
}

function usualLines({weightBytes, contextLength}: FitSubject, placement: Placement): readonly MemoryLine[] {
	const cacheBytes = weightBytes * cellsOf(contextLength) * cacheShareOfWeights;
	const onGpu = Math.round(cacheBytes * placement.gpuShare);
	const label = `KV cache at ${formatInteger(contextLength)} tokens`;
	return [
		line(label, onGpu, 'cache', 'gpu'),
		line(label, Math.round(cacheBytes) - onGpu, 'cache', 'memory'),
		line('compute buffer', placement.gpuLayers > 0 ? usualReservedBytes : 0, 'compute', 'gpu'),
		line('compute buffer', placement.isWhole ? 0 : usualComputeBytes, 'compute', 'memory'),
	];
}

function sumAt(perLayer: readonly number[], place: MemoryPlace, placement: Placement): number {
	return perLayer.reduce((sum, bytes, layer) => sum + (placement.layer(layer) === place ? bytes : 0), 0);
}

function bytesOfWeights(lines: readonly MemoryLine[]): number {
	return lines.reduce((sum, {bytes, part, place}) => sum + (place === 'memory' && (part === 'weights' || part === 'experts') ? bytes : 0), 0);
}

function line(label: string, bytes: number, part: MemoryPart, place: MemoryPlace): MemoryLine {
	return {
		label, bytes, part, place,
	};
}
