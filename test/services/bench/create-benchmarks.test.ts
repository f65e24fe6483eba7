import assert from 'node:assert/strict';
import {after, test} from 'node:test';
import {createBenchmarks} from '../../../source/services/bench/create-benchmarks.js';
import {type Benchmarks} from '../../../source/services/bench/benchmarks.js';
import {createEngine} from '../../../source/services/engine/create-engine.js';
import {openStorage} from '../../../source/services/storage/open-storage.js';
import {type BenchmarkProgress} from '../../../source/types/benchmark.js';
import {type HardwareReport} from '../../../source/types/hardware.js';
import {loadPlansIn} from '../../helpers/load-plans.js';
import {engineSettings, installedModel} from '../../helpers/starter-model.js';
import {oneModelInventory} from '../../helpers/one-model-inventory.js';
import {recorder} from '../../helpers/recorder.js';
import {temporaryFolder} from '../../helpers/temporary-folder.js';

const settings = {...engineSettings, contextSize: 256};
const engine = createEngine({settings: () => settings});
const never = new AbortController().signal;
const model = installedModel(undefined, {contextLength: 1024});

after(engine.close);

const machine: HardwareReport = {
	cpu: {
		model: 'Example CPU 9000', physicalCores: 1, logicalCores: 2, instructionSets: [],
	},
	memory: {
		totalBytes: 0, availableBytes: 0, swapTotalBytes: 0, swapFreeBytes: 0,
	},
	gpus: [],
	disks: [],
	operatingSystem: {
		platform: 'linux', name: 'Example', release: '1', architecture: 'x64', hostname: 'example',
	},
	warnings: [],
};

/**
Benchmarks over a database of their own; the machine is made up, as it is not what is measured.
*/
async function withBenchmarks(work: (benchmarks: Benchmarks, uses: readonly string[]) => Promise<void>): Promise<void> {
	await using folder = await temporaryFolder();
	const storage = openStorage({path: folder.join('remuda.sqlite')});
	const inventory = oneModelInventory(model);
	let minute = 0;
	try {
		await work(createBenchmarks({
			engine,
			storage,
			clock: () => new Date(Date.UTC(2026, 0, 1, 0, minute++)),
			hardware: {probe: async () => machine},
			inventory,
			loadPlans: loadPlansIn(storage, settings),
		}), inventory.uses);
	} finally {
		await storage.close();
	}
}

test('measures after a warm-up, and keeps the result', async () => {
	await withBenchmarks(async (benchmarks, uses) => {
		const progress = recorder<BenchmarkProgress>();
		const run = await benchmarks.run({
			modelId: model.id, iterations: 3, promptTokens: 300, generatedTokens: 20,
		}, {signal: never, onProgress: progress.listen});
		assert.equal(run.iterations.length, 3);
		assert.ok(run.iterations.every(iteration => iteration.promptTokens === 300 && iteration.generatedTokens === 20));
		const speeds = run.iterations.map(iteration => iteration.generationTokensPerSecond).toSorted((a, b) => a - b);
		assert.equal(run.generationTokensPerSecond.median, speeds[1]);
		assert.equal(run.generationTokensPerSecond.maximum, speeds[2]);
		assert.equal(run.device, 'Example CPU 9000');
		assert.deepEqual([run.subject?.model.weightsBytes, run.subject?.plan.placement, run.subject?.plan.depthTokens], [2_826_720, 'cpu', 310]);
		// The context of 256 in the settings was too small.
		assert.equal(run.contextSize, 512);
		assert.ok(run.peakMemoryBytes > 50e6);
		assert.equal(run.startedAt, '2026-01-01T00:00:00.000Z');
		assert.deepEqual(uses, [model.id]);

		const phases = progress.values.map(step => `${step.phase} ${step.completed}`).filter((phase, index, all) => phase !== all[index - 1]);
		assert.deepEqual(phases, ['loading 0', 'warming-up 0', 'measuring 0', 'measuring 1', 'measuring 2', 'measuring 3']);
		assert.deepEqual(progress.values.at(-1)!.latest, run.iterations[2]);

		const second = await benchmarks.run({
			modelId: model.id, iterations: 1, promptTokens: 10, generatedTokens: 5,
		}, {signal: never});
		assert.deepEqual(await benchmarks.history(), [second, run]);
		// Nothing was known before the first; the second goes by what that measured.
		const errorOf = ({estimate, generationTokensPerSecond}: typeof run) => Math.abs(Math.log(estimate!.generationTokensPerSecond.expected / generationTokensPerSecond.median));
		const width = ({estimate}: typeof run) => estimate!.generationTokensPerSecond.high / estimate!.generationTokensPerSecond.low;
		assert.ok(errorOf(run) < Math.log(20));
		assert.ok(width(second) < width(run));
		await benchmarks.delete(run.id);
		assert.deepEqual(await benchmarks.history(), [second]);
		await assert.rejects(benchmarks.delete(run.id), {code: 'benchmark_not_found'});
	});
});

test('an aborted benchmark keeps nothing', async () => {
	await withBenchmarks(async (benchmarks, uses) => {
		const controller = new AbortController();
		const reason = new Error('enough');
		const running = benchmarks.run({
			modelId: model.id, iterations: 100, promptTokens: 10, generatedTokens: 100,
		}, {
			signal: controller.signal,
			onProgress({phase, generatedTokens}) {
				if (phase === 'measuring' && generatedTokens > 0) {
					controller.abort(reason);
				}
			},
		});
		await assert.rejects(running, error => error === reason);
		assert.deepEqual(await benchmarks.history(), []);
		assert.deepEqual(uses, []);
	});
});

test('refuses what cannot be measured', async () => {
	await withBenchmarks(async benchmarks => {
		const request = {
			modelId: model.id, iterations: 1, promptTokens: 10, generatedTokens: 10,
		};
		const wrong = [{iterations: 0}, {iterations: 1.5}, {promptTokens: 0}, {generatedTokens: 1}, {iterations: 1e9}];
		await Promise.all(wrong.map(async part => assert.rejects(benchmarks.run({...request, ...part}, {signal: never}), {code: 'invalid_benchmark'})));

		await assert.rejects(benchmarks.run({...request, modelId: 'other'}, {signal: never}), {code: 'model_not_installed'});
		await assert.rejects(benchmarks.run({...request, promptTokens: 2000}, {signal: never}), {code: 'context_too_small'});
	});
});
