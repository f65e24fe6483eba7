import assert from 'node:assert/strict';
import {test} from 'node:test';
import {calibrationOf} from '../../../source/services/load-plans/machine-calibration.js';
import {verdictOf} from '../../../source/services/load-plans/plan-verdict.js';
import {speedSubjectOf} from '../../../source/services/load-plans/plan-speed.js';
import {type BenchmarkRun} from '../../../source/types/benchmark.js';
import {planMachine} from '../../helpers/load-plans.js';
import {card, denseModel, usualPlan} from '../../helpers/plans.js';

const {speed} = verdictOf(denseModel, usualPlan, planMachine);
const figure = (median: number) => ({
	median, minimum: median, maximum: median, standardDeviation: 0,
});
const iteration = {
	promptTokens: 512, generatedTokens: 0, promptTokensPerSecond: 1, generationTokensPerSecond: 1, timeToFirstTokenMs: 1, interTokenLatencyMs: 1,
};
const subject = speedSubjectOf(denseModel, {...usualPlan, gpuLayers: 0}, {layerCount: 33, promptTokens: 512, depthTokens: 512});

function run(changes: Partial<BenchmarkRun> = {}): BenchmarkRun {
	return {
		id: 'one',
		modelId: denseModel.id,
		ref: denseModel.id,
		name: denseModel.name,
		quantization: denseModel.quantization,
		startedAt: '2026-01-01T00:00:00.000Z',
		iterations: [iteration],
		promptTokensPerSecond: figure(speed!.promptTokensPerSecond.expected),
		generationTokensPerSecond: figure(speed!.generationTokensPerSecond.expected * 2),
		timeToFirstTokenMs: figure(1),
		interTokenLatencyMs: figure(1),
		peakMemoryBytes: 1,
		threads: usualPlan.threads,
		contextSize: usualPlan.contextSize,
		device: planMachine.cpu.model,
		...changes,
	};
}

function speedWith(runs: readonly BenchmarkRun[], model = denseModel) {
	return verdictOf(model, usualPlan, {...planMachine, calibration: calibrationOf(runs, [], planMachine)!}).speed!;
}

test('a model that was measured here is estimated as it was measured, and what was measured is told with the error', () => {
	const {generationTokensPerSecond, measured} = speedWith([run({subject})]);
	const {expected} = speed!.generationTokensPerSecond;
	assert.ok(Math.abs((generationTokensPerSecond.expected / (2 * expected)) - 1) < 0.15);
	assert.equal(measured?.generationTokensPerSecond, 2 * expected);
	assert.ok(Math.abs(measured.estimate.generationTokensPerSecond - expected) < 1e-9);
	const width = ({low, high}: {readonly low: number; readonly high: number}) => high / low;
	assert.ok(width(generationTokensPerSecond) < width(speed!.generationTokensPerSecond));
});

test('a model that nobody lists, as a file opened by path, teaches for others too', () => {
	const {generationTokensPerSecond, measured} = speedWith([run({modelId: '/somewhere/model.gguf', subject})]);
	assert.equal(measured, undefined);
	assert.ok(generationTokensPerSecond.expected > speed!.generationTokensPerSecond.expected * 1.2);
});

test('a benchmark from before subjects were kept counts where its model is known', () => {
	const calibration = calibrationOf([run()], [denseModel], planMachine)!;
	assert.equal(calibration[0]!.generation.measured / calibration[0]!.generation.estimated, 2);
	assert.equal(calibrationOf([run({modelId: 'gone'})], [denseModel], planMachine), undefined);
});

test('benchmarks on the processor say nothing of a GPU, those on it do, and those of other machines nothing at all', () => {
	const withCard = {...planMachine, gpus: [card(24)]};
	const onCard = {...usualPlan, gpuLayers: 'auto'} as const;
	const {speed: uncalibrated} = verdictOf(denseModel, onCard, withCard);
	const speedOnCard = (runs: readonly BenchmarkRun[]) => verdictOf(denseModel, onCard, {...withCard, calibration: calibrationOf(runs, [], withCard)!}).speed!;
	assert.deepEqual(speedOnCard([run({subject})]), uncalibrated);
	const gpuSubject = speedSubjectOf(denseModel, {...usualPlan, gpuLayers: 33}, {layerCount: 33, promptTokens: 512, depthTokens: 512});
	const slow = run({
		subject: gpuSubject, device: `CUDA: NVIDIA ${card(24).name}`, generationTokensPerSecond: figure(uncalibrated!.generationTokensPerSecond.expected / 2),
	});
	assert.ok(speedOnCard([slow]).generationTokensPerSecond.expected < uncalibrated!.generationTokensPerSecond.expected * 0.6);
	assert.equal(calibrationOf([slow], [denseModel], planMachine), undefined);
});

test('what loads showed of memory changes no speed', () => {
	const measurements = [{
		modelId: denseModel.id, plan: usualPlan, machine: 'any', weightBytes: denseModel.weightBytes, estimatedBytes: 6e9, measuredBytes: 9e9, measuredAt: '2026-01-01T00:00:00.000Z',
	}];
	assert.deepEqual(verdictOf(denseModel, usualPlan, {...planMachine, measurements}).speed, speed);
});
