import {type SpeedModel, type SpeedPlan} from '../../../types/speed-subject.js';
import {type SpeedConstants} from './calibration.js';
import {positive} from './positive.js';
import {placeLayers, type Placement} from './placement.js';
import {
	cpuTokenTime,
	gpuTokenTime,
	threadsOf,
	type TokenTime,
} from './processor-time.js';
import {type ResolvedMachine} from './resolve-machine.js';
import {tokenWork, type TokenWork} from './token-work.js';

export type GenerationTime = {
	readonly milliseconds: number;
	readonly placement: Placement;
	readonly gpu?: TokenTime;
	readonly cpu?: TokenTime;
};

/**
Milliseconds of one generated token, with what the program around llama.cpp takes for it. Layers run one after another, so of a split model the times of both sides add up; activations that cross the bus are small (a few KiB), what costs is waiting for the other side.
*/
export function generationTime(model: SpeedModel, plan: SpeedPlan, machine: ResolvedMachine, constants: SpeedConstants): GenerationTime {
	const placement = placeLayers(model, plan, machine, constants);
	const work = tokenWork(model, plan);
	const threads = threadsOf(plan, machine.cpu);
	const engine = (plan.ollama === true && placement.gpuShare > 0 ? constants.ollamaSlowdown : 1) * (plan.oldEngine === true ? constants.oldEngineSlowdown : 1);
	const {gpuShare, gpuLayerShare} = placement;
	const gpu = machine.gpu === undefined || gpuShare === 0 ? undefined : gpuTokenTime(machine.gpu, machine.gpuCount, shareOf(work, gpuShare, gpuLayerShare), constants);
	const cpu = gpuShare === 1 ? undefined : cpuTokenTime(machine.cpu, threads, shareOf(work, 1 - gpuShare, 1 - gpuLayerShare), constants);
	const isSplit = gpu !== undefined && cpu !== undefined;
	const milliseconds = (((gpu?.total ?? 0) + ((cpu?.total ?? 0) * (isSplit ? constants.splitCpuSlowdown : 1)) + (isSplit ? constants.handover : 0)) * engine) + (positive(plan.overheadMs) ?? 0);
	return {
		milliseconds, placement, gpu, cpu,
	};
}

function shareOf(work: TokenWork, share: number, layerShare: number): TokenWork {
	const {attention} = work;
	return {
		...work,
		gigabytes: work.gigabytes * share,
		gigaweights: work.gigaweights * share,
		kvGigabytes: work.kvGigabytes * layerShare,
		layers: work.layers * layerShare,
		...(attention && {attention: {...attention, queryLength: attention.queryLength * layerShare}}),
	};
}
