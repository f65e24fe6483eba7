import {formatInteger} from '../../format/number.js';
import {type KvCacheType, type LoadPlan} from '../../types/load-plan.js';

export type PlanField = keyof LoadPlan;

/**
The values of a plan in the order in which they are shown.
*/
export const planFields = [
	'contextSize', 'gpuLayers', 'kvCacheType', 'flashAttention', 'batchSize', 'threads', 'memoryMap', 'memoryLock', 'expertLayersInMemory',
] as const satisfies readonly PlanField[];

const kvCacheTypes = ['f16', 'q8_0', 'q4_0'] as const satisfies readonly KvCacheType[];

export const planFieldNames: Readonly<Record<PlanField, string>> = {
	contextSize: 'context',
	gpuLayers: 'GPU layers',
	kvCacheType: 'cache type',
	flashAttention: 'flash attention',
	batchSize: 'batch',
	threads: 'threads',
	memoryMap: 'memory mapping',
	memoryLock: 'memory lock',
	expertLayersInMemory: 'experts in memory',
};

/**
A value as a person reads it: `4,096 tokens`, `auto`, `yes`.
*/
export function planValue(plan: LoadPlan, field: PlanField): string {
	const value = plan[field];
	if (typeof value === 'boolean') {
		return value ? 'yes' : 'no';
	}

	const units: Readonly<Partial<Record<PlanField, string>>> = {contextSize: ' tokens', batchSize: ' tokens', expertLayersInMemory: ' layers'};
	return typeof value === 'number' ? `${formatInteger(value)}${units[field] ?? ''}` : value;
}

/**
A plan in one line: `4,096 tokens · all layers by itself · cache f16 · batch 512 · 7 threads`.
*/
export function planInWords({contextSize, gpuLayers, kvCacheType, batchSize, threads, memoryMap, memoryLock}: LoadPlan): readonly string[] {
	return [
		`context ${formatInteger(contextSize)}`,
		gpuLayers === 'auto' ? 'GPU layers auto' : (gpuLayers === 0 ? 'no GPU' : `${gpuLayers} GPU layers`),
		`cache ${kvCacheType}`,
		`batch ${formatInteger(batchSize)}`,
		threads === 1 ? '1 thread' : `${threads} threads`,
		...(memoryMap ? [] : ['not mapped']),
		...(memoryLock ? ['locked'] : []),
	];
}

/**
What a step up or down makes of a value: sizes double and halve, counts go by one, kinds go round. Undefined where there is no such step.
*/
export function steppedChange(plan: LoadPlan, field: PlanField, step: 1 | -1): Partial<LoadPlan> | undefined {
	switch (field) {
		case 'contextSize': {
			return changed({contextSize: powerOfTwo(plan.contextSize, step, {least: 512, most: 1_048_576})}, plan.contextSize);
		}

		case 'batchSize': {
			return changed({batchSize: powerOfTwo(plan.batchSize, step, {least: 32, most: 4096})}, plan.batchSize);
		}

		case 'gpuLayers': {
			const {gpuLayers} = plan;
			return {gpuLayers: gpuLayers === 'auto' ? (step === 1 ? 1 : 0) : (gpuLayers + step < 0 ? 'auto' : gpuLayers + step)};
		}

		case 'threads': {
			return changed({threads: Math.max(1, plan.threads + step)}, plan.threads);
		}

		case 'expertLayersInMemory': {
			return changed({expertLayersInMemory: Math.max(0, plan.expertLayersInMemory + step)}, plan.expertLayersInMemory);
		}

		case 'kvCacheType': {
			return {kvCacheType: neighbour(kvCacheTypes, plan.kvCacheType, step)};
		}

		case 'flashAttention': {
			return {flashAttention: neighbour(['auto', true, false], plan.flashAttention, step)};
		}

		case 'memoryMap': {
			return {memoryMap: !plan.memoryMap};
		}

		case 'memoryLock': {
			return {memoryLock: !plan.memoryLock};
		}
	}
}

/**
A typed value; undefined where it is none. Whether it suits the model says the validation.
*/
export function typedChange(field: PlanField, text: string): Partial<LoadPlan> | undefined {
	const word = text.trim().toLowerCase().replaceAll(/(?<=\d)[,_](?=\d)/gv, '');
	const number = /^\d{1,9}$/v.test(word) ? Number(word) : (/^\d{1,4}k$/v.test(word) ? Number(word.slice(0, -1)) * 1024 : undefined);
	const flag = ['yes', 'on', 'true'].includes(word) ? true : (['no', 'off', 'false'].includes(word) ? false : undefined);
	switch (field) {
		case 'contextSize':
		case 'batchSize':
		case 'threads':
		case 'expertLayersInMemory': {
			return number === undefined ? undefined : {[field]: number};
		}

		case 'gpuLayers': {
			return word === 'auto' ? {gpuLayers: 'auto'} : (number === undefined ? undefined : {gpuLayers: number});
		}

		case 'kvCacheType': {
			const kvCacheType = kvCacheTypes.find(type => type === word);
			return kvCacheType === undefined ? undefined : {kvCacheType};
		}

		case 'flashAttention': {
			return word === 'auto' ? {flashAttention: 'auto'} : (flag === undefined ? undefined : {flashAttention: flag});
		}

		case 'memoryMap':
		case 'memoryLock': {
			return flag === undefined ? undefined : {[field]: flag};
		}
	}
}

/**
What may be typed for a value, in words.
*/
export const typedExamples: Readonly<Record<PlanField, string>> = {
	contextSize: 'Tokens, for example 8192 or 32k.',
	gpuLayers: 'A number of layers, 0 for none, or auto.',
	kvCacheType: 'f16, q8_0 or q4_0.',
	flashAttention: 'auto, yes or no.',
	batchSize: 'Tokens of a prompt that are computed at once, for example 512.',
	threads: 'A number, best below the number of cores.',
	memoryMap: 'yes or no.',
	memoryLock: 'yes or no.',
	expertLayersInMemory: 'A number of layers, for a mixture of experts; 0 for none.',
};

function powerOfTwo(value: number, step: 1 | -1, {least, most}: {readonly least: number; readonly most: number}): number {
	const power = Math.log2(Math.max(1, value));
	return Math.max(least, Math.min(most, 2 ** (step === 1 ? Math.floor(power) + 1 : Math.ceil(power) - 1)));
}

function changed(change: Partial<LoadPlan>, before: number): Partial<LoadPlan> | undefined {
	return Object.values(change).includes(before) ? undefined : change;
}

function neighbour<Value>(values: readonly Value[], value: Value, step: 1 | -1): Value {
	return values[(values.indexOf(value) + step + values.length) % values.length] ?? value;
}
