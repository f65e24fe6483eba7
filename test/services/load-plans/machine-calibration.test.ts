import assert from 'node:assert/strict';
import {test} from 'node:test';
import {calibrationOf} from '../../../source/services/load-plans/machine-calibration.js';
import {verdictOf} from '../../../source/services/load-plans/plan-verdict.js';
import {type BenchmarkRun} from '../../../source/types/benchmark.js';
import {planMachine} from '../../helpers/load-plans.js';
import {card, denseModel, usualPlan} from '../../helpers/plans.js';

const {speed} = verdictOf(denseModel, usualPlan, planMachine);
const figure = (median: number) => ({
	median, minimum: median, maximum: median, standardDeviation: 0,
});

function run(changes: Partial<BenchmarkRun> = {}): BenchmarkRun {
	return {
		id: 'one',
		modelId: denseModel.id,
		ref: denseModel.id,
		name: denseModel.name,
		quantization: denseModel.quantization,
		startedAt: '2026-01-01T00:00:00.000Z',
		iterations: [],
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

test('a machine that measured faster is estimated faster, on its processor only', () => {
	const calibration = calibrationOf([run()], [denseModel], planMachine)!;
	assert.ok(calibration.generation.factor > 1.2);
	const faster = verdictOf(denseModel, usualPlan, {...planMachine, calibration}).speed!.generationTokensPerSecond.expected;
	assert.ok(faster > speed!.generationTokensPerSecond.expected * 1.2);
	const withCard = {...planMachine, gpus: [card(24)]};
	const onCard = {...usualPlan, gpuLayers: 'auto'} as const;
	assert.deepEqual(verdictOf(denseModel, onCard, {...withCard, calibration}).speed, verdictOf(denseModel, onCard, withCard).speed);
});

test('runs on another device, or of a model that is not known any more, say nothing', () => {
	assert.equal(calibrationOf([run({device: 'CUDA: NVIDIA GeForce RTX 3090'})], [denseModel], planMachine), undefined);
	assert.equal(calibrationOf([run({modelId: 'gone'})], [denseModel], planMachine), undefined);
});
