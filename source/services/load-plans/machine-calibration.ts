import {type BenchmarkRun} from '../../types/benchmark.js';
import {type LoadPlan} from '../../types/load-plan.js';
import {calibrateToMachine, type MachineCalibration} from '../hardware/speed/calibrate-to-machine.js';
import {type PlanModel} from './plan-model.js';
import {type JudgedMachine, verdictOf} from './plan-verdict.js';

/**
What this machine's own benchmarks say of its processor; undefined where none of them is of a model that is still known. Runs on a GPU tell nothing of it.
*/
export function calibrationOf(runs: readonly BenchmarkRun[], models: readonly PlanModel[], machine: JudgedMachine): MachineCalibration | undefined {
	const history = runs
		.filter(({device}) => device === machine.cpu.model)
		.flatMap(run => {
			const model = models.find(({id}) => id === run.modelId);
			const estimate = model && verdictOf(model, planOf(run), {...machine, gpus: []}).speed;
			return estimate === undefined ? [] : [{run, estimate}];
		});
	return history.length === 0 ? undefined : calibrateToMachine(history);
}

function planOf({contextSize, threads}: BenchmarkRun): LoadPlan {
	return {
		contextSize, gpuLayers: 0, batchSize: 512, threads, kvCacheType: 'f16', flashAttention: 'auto', memoryMap: true, memoryLock: false, expertLayersInMemory: 0,
	};
}
