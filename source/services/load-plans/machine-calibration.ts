import {type BenchmarkRun} from '../../types/benchmark.js';
import {type LoadPlan} from '../../types/load-plan.js';
import {type SpeedEstimate} from '../../types/speed.js';
import {type SpeedPlan} from '../../types/speed-subject.js';
import {engineGpus} from '../hardware/engine-gpus.js';
import {type MachineCalibration, type MeasuredEstimate} from '../hardware/speed/calibrate-to-machine.js';
import {estimateSpeed} from '../hardware/speed/estimate-speed.js';
import {toSpeedMachine} from '../hardware/speed/to-speed-machine.js';
import {type PlanModel} from './plan-model.js';
import {type JudgedMachine, verdictOf} from './plan-verdict.js';

/**
What this machine's own benchmarks say of it; undefined where none says anything. Each benchmark keeps what it takes to estimate it; an older one is estimated where its model is still known.
*/
export function calibrationOf(runs: readonly BenchmarkRun[], models: readonly PlanModel[], machine: JudgedMachine): MachineCalibration | undefined {
	const history = runs.flatMap(run => measuredEstimateOf(run, models, machine) ?? []);
	return history.length === 0 ? undefined : history;
}

function measuredEstimateOf(run: BenchmarkRun, models: readonly PlanModel[], machine: JudgedMachine): MeasuredEstimate | undefined {
	const place = placeOf(run, machine);
	if (place === undefined) {
		return undefined;
	}

	const [iteration] = run.iterations;
	const depthTokens = run.subject?.plan.depthTokens ?? ((iteration?.promptTokens ?? 512) + ((iteration?.generatedTokens ?? 0) / 2));
	const estimate = run.subject === undefined ? estimateOfOlder(run, place, models, machine) : estimateSpeed(toSpeedMachine(machine), run.subject.model, run.subject.plan);
	return estimate && {
		modelId: run.modelId,
		...(run.subject && {weightsBytes: run.subject.model.weightsBytes}),
		placement: run.subject === undefined || run.subject.plan.placement === 'auto' ? place : run.subject.plan.placement,
		threads: run.threads,
		depthTokens,
		measuredAt: run.startedAt,
		generation: {measured: run.generationTokensPerSecond.median, ...estimatesOf('generationTokensPerSecond', run, estimate)},
		prompt: {measured: run.promptTokensPerSecond.median, ...estimatesOf('promptTokensPerSecond', run, estimate)},
	};
}

function estimatesOf(figure: 'generationTokensPerSecond' | 'promptTokensPerSecond', {estimate: foretold}: BenchmarkRun, estimate: SpeedEstimate) {
	return {estimated: estimate[figure].expected, ...(foretold && {foretold: foretold[figure].expected})};
}

/**
Where it ran, if on this machine: a home may be shared by several, and hardware may have been changed.
*/
function placeOf({device}: BenchmarkRun, machine: JudgedMachine): Exclude<SpeedPlan['placement'], 'auto'> | undefined {
	if (device === machine.cpu.model) {
		return 'cpu';
	}

	return engineGpus(machine.gpus).some(({name}) => device.includes(name)) ? 'gpu' : undefined;
}

function estimateOfOlder(run: BenchmarkRun, place: 'cpu' | 'gpu' | 'split', models: readonly PlanModel[], machine: JudgedMachine): SpeedEstimate | undefined {
	const model = models.find(({id}) => id === run.modelId);
	const {calibration: _, ...uncalibrated} = machine;
	return model && verdictOf(model, planOf(run, place), uncalibrated).speed;
}

function planOf({contextSize, threads}: BenchmarkRun, place: 'cpu' | 'gpu' | 'split'): LoadPlan {
	return {
		contextSize, gpuLayers: place === 'cpu' ? 0 : 'auto', batchSize: 512, threads, kvCacheType: 'f16', flashAttention: 'auto', memoryMap: true, memoryLock: false, expertLayersInMemory: 0,
	};
}
