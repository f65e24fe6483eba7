import {
	type BenchmarkEstimate,
	type BenchmarkRequest,
	type BenchmarkRun,
	type BenchmarkSubject,
} from '../../types/benchmark.js';
import {type LoadedModel} from '../../types/engine.js';
import {type HardwareReport} from '../../types/hardware.js';
import {calibrationOf} from '../load-plans/machine-calibration.js';
import {type PlanModel} from '../load-plans/plan-model.js';
import {estimateSubject, speedSubjectOf} from '../load-plans/plan-speed.js';

/**
What the speed of a benchmark is estimated from: the model, the plan it was loaded by, and the tokens that are in the context half way through the answer.
*/
export function benchmarkSubjectOf(model: PlanModel, {plan, device}: Pick<LoadedModel, 'plan' | 'device'>, {promptTokens, generatedTokens}: Pick<BenchmarkRequest, 'promptTokens' | 'generatedTokens'>): BenchmarkSubject {
	// The output counts as one more.
	const layerCount = (model.architecture?.blockCount ?? 0) + 1;
	const gpuLayers = device === 'CPU' ? 0 : (plan.gpuLayers === 'auto' ? layerCount : plan.gpuLayers);
	return speedSubjectOf(model, {...plan, gpuLayers}, {layerCount, promptTokens, depthTokens: promptTokens + (generatedTokens / 2)});
}

/**
What this machine's benchmarks so far lead to expect of one.
*/
export function estimateBenchmark(subject: BenchmarkSubject, model: PlanModel, {machine, history}: {
	readonly machine: HardwareReport;
	readonly history: readonly BenchmarkRun[];
}): BenchmarkEstimate {
	const {generationTokensPerSecond, promptTokensPerSecond, timeToFirstTokenMs} = estimateSubject(subject, model.id, {machine, calibration: calibrationOf(history, [model], machine)});
	return {generationTokensPerSecond, promptTokensPerSecond, timeToFirstTokenMs};
}
