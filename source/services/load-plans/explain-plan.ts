import {formatBytes} from '../../format/bytes.js';
import {formatInteger} from '../../format/number.js';
import {type LoadPlan, type ModelKind, type PlanGoal} from '../../types/load-plan.js';
import {type Fit} from '../../types/speed.js';
import {hasFlashAttention} from '../hardware/memory/attention.js';
import {kindDefaults} from './model-kind.js';
import {coresOf} from './plan-machine.js';
import {type PlanModel} from './plan-model.js';
import {type JudgedMachine, verdictOf} from './plan-verdict.js';
import {canQuantizeCache} from './rules/cache-rules.js';

export type PlanContext = {
	readonly plan: LoadPlan;
	readonly model: PlanModel;
	readonly machine: JudgedMachine;
	readonly goal: PlanGoal;
	readonly kind: ModelKind;
	readonly verdict: Fit;
};

/**
Why each value of an optimised plan is what it is.
*/
export function explainPlan({constraints, ...context}: PlanContext & {readonly constraints: Partial<LoadPlan>}): Readonly<Record<keyof LoadPlan, string>> {
	const given = Object.fromEntries(Object.keys(constraints).map(field => [field, 'As given.']));
	return {
		contextSize: contextReason(context),
		gpuLayers: layersReason(context),
		batchSize: batchReason(context),
		threads: threadsReason(context),
		kvCacheType: cacheReason(context),
		flashAttention: flashAttentionReason(context),
		memoryMap: 'Loads at once, and the system may drop weights and read them again where memory gets short.',
		memoryLock: 'Locked weights would be missing where other programs need memory, and the system keeps what is used anyway.',
		expertLayersInMemory: 'Remuda’s engine keeps the experts of a layer where the layer is.',
		...given,
	};
}

function contextReason({plan, model, goal, kind}: PlanContext): string {
	const {usefulContext, leastContext, because} = kindDefaults[kind];
	const {contextSize} = plan;
	if (contextSize === model.contextLength) {
		return `All that ${model.name} was trained for.`;
	}

	if (contextSize < leastContext) {
		return `The most that has room; ${formatInteger(leastContext)} would be of more use ${because}.`;
	}

	if (goal === 'quality') {
		return contextSize > leastContext ? 'The largest that has room.' : `The least that is of use ${because}.`;
	}

	return contextSize >= usefulContext ? `Enough ${because}.` : (goal === 'memory' ? 'The least that is of use.' : `Less than the usual ${formatInteger(usefulContext)}, to make room.`);
}

function layersReason({plan, model, machine, verdict}: PlanContext): string {
	const {gpus} = machine;
	const {gpuLayers} = plan;
	if (gpus.length === 0) {
		return 'No GPU was found.';
	}

	if (gpuLayers === 0) {
		return verdictOf(model, {...plan, gpuLayers: 'auto'}, machine).gpuLayers > 0
			? 'The processor alone is faster, as far as can be told: handing over to the few layers that have room on the GPU costs more than they save.'
			: `Not even a layer has room in ${gpus.map(({name}) => name).join(', ')}.`;
	}

	return gpuLayers === 'auto' || gpuLayers >= verdict.layerCount
		? 'The whole model has room on the GPU.'
		: `As many of ${formatInteger(verdict.layerCount)} as have room on the GPU; the rest runs in main memory.`;
}

function batchReason({plan: {batchSize}, goal, kind}: PlanContext): string {
	if (kind === 'embedding') {
		return 'An embedding model reads its whole input at once.';
	}

	return goal === 'memory' ? 'The buffer that it is computed in grows with it.' : `Prompts are read ${formatInteger(batchSize)} tokens at once, which keeps the processor busy.`;
}

function threadsReason({plan: {threads}, machine}: PlanContext): string {
	const {physicalCores} = machine.cpu;
	return threads >= physicalCores && physicalCores < coresOf(machine)
		? 'One for each physical core: more wait for the memory.'
		: 'One core is left to Remuda: with all of them generation loses most of its speed.';
}

function cacheReason({plan: {kvCacheType}, model, goal, verdict}: PlanContext): string {
	const bytes = verdict.need.lines.filter(({part}) => part === 'cache').reduce((sum, line) => sum + line.bytes, 0);
	if (kvCacheType !== 'f16') {
		return `${goal === 'performance' ? 'Less to read for each token, so faster as far as can be told: keeps' : 'Keeps'} the context in ${formatBytes(bytes)}${kvCacheType === 'q8_0' ? ', with hardly a difference in answers' : ', in exchange for some quality'}.`;
	}

	return goal === 'quality' || canQuantizeCache(model) ? 'Keeps the context as exactly as it was computed.' : 'This model cannot keep it in fewer bits.';
}

function flashAttentionReason({plan, model: {name, architecture}}: PlanContext): string {
	if (architecture !== undefined && !hasFlashAttention(architecture, {})) {
		return `${name} is computed without it; the engine knows.`;
	}

	return plan.kvCacheType === 'f16' ? 'Used where model and device support it.' : 'Switched on by llama.cpp: a cache in fewer bits needs it.';
}
