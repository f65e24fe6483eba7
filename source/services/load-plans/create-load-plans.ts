import {type Abortable} from '../../types/abortable.js';
import {type BenchmarkRun} from '../../types/benchmark.js';
import {type Config} from '../../types/config.js';
import {type LoadedModel} from '../../types/engine.js';
import {type MemoryMeasurement} from '../../types/fit.js';
import {type InstalledModel} from '../../types/installed-model.js';
import {type LoadPlan, type StoredPlan} from '../../types/load-plan.js';
import {currentMachineName} from '../engine/load-memory.js';
import {type Hardware} from '../hardware/hardware.js';
import {usualContextLength} from '../hardware/margins.js';
import {type Storage} from '../storage/storage.js';
import {judgePlan} from './judge-plan.js';
import {kindPlan} from './kind-plan.js';
import {createPlannedLoading} from './load-by-plan.js';
import {type LoadPlans, type PlanRequest} from './load-plans.js';
import {readLockLimit} from './lock-limit.js';
import {calibrationOf} from './machine-calibration.js';
import {type MeasurementHistory, measurementHistorySchema, withMeasurement} from './measurement-history.js';
import {optimizePlan} from './optimize-plan.js';
import {
	coresOf,
	type MachineWithMemory,
	type PlanMachine,
	readPlanMachine,
} from './plan-machine.js';
import {planModelOf} from './plan-model.js';
import {type JudgedMachine} from './plan-verdict.js';
import {resolveLoadPlan} from './resolve-plan.js';
import {type OfferedModel} from './smaller-model.js';
import {storedPlanSchema} from './stored-plan-schema.js';
import {validatePlan} from './validate-plan.js';

type Options = {
	readonly storage: Pick<Storage, 'records'>;
	readonly hardware: Pick<Hardware, 'probe'>;
	/**
	Read anew at every load.
	*/
	readonly settings: () => Config['engine'];
	/**
	What could be offered where a model does not fit.
	*/
	readonly offered: () => Promise<readonly OfferedModel[]>;
	/**
	What was measured on this machine.
	*/
	readonly benchmarks: () => Promise<readonly BenchmarkRun[]>;
	readonly clock?: () => Date;
};

/**
The load plans in a storage.
*/
export function createLoadPlans({storage, hardware, settings, offered, benchmarks, clock = () => new Date()}: Options): LoadPlans {
	const plans = storage.records<StoredPlan>('load-plans', storedPlanSchema);
	const measured = storage.records<MeasurementHistory>('memory-measurements', measurementHistorySchema);

	const allMeasurements = async (): Promise<readonly MemoryMeasurement[]> => {
		const histories = await measured.list();
		const here = currentMachineName();
		return histories.flatMap(({measurements}) => measurements).filter(({machine}) => machine === here);
	};

	const thisMachine = async ({signal}: Abortable): Promise<JudgedMachine> => {
		const [report, lockLimitBytes, measurements, runs, models] = await Promise.all([hardware.probe({signal}), readLockLimit(), allMeasurements(), benchmarks(), offered()]);
		const calibration = calibrationOf(runs, models, report);
		return {
			...report, measurements, ...(lockLimitBytes !== undefined && {lockLimitBytes}), ...(calibration && {calibration}),
		};
	};

	/**
	What of this machine a plan is checked against; looking for GPUs takes a moment, and most plans do not name them.
	*/
	const machineFor = async ({memoryLock, gpuLayers}: LoadPlan, {signal}: Abortable): Promise<MachineWithMemory> => {
		const [machine, lockLimitBytes, report] = await Promise.all([
			readPlanMachine(),
			memoryLock ? readLockLimit() : undefined,
			gpuLayers === 'auto' || gpuLayers === 0 ? undefined : hardware.probe({signal}),
		]);
		return {...machine, ...(report && {gpus: report.gpus}), ...(lockLimitBytes !== undefined && {lockLimitBytes})};
	};

	const wholePlan = async (model: InstalledModel, {template = {}, explicit = {}}: PlanRequest, stored: StoredPlan | undefined, {signal}: Abortable): Promise<LoadPlan> => {
		const asked = {...template, ...stored?.plan, ...explicit};
		const config = settings();
		const machine = await readPlanMachine();
		const usual = resolveLoadPlan(asked, config, machine);
		// A context that is not the one Remuda comes with was chosen by somebody.
		return asked.contextSize !== undefined || config.contextSize !== usualContextLength
			? usual
			: {
				...usual,
				...await kindPlan(planModelOf(model), usual, async () => usual.gpuLayers === 0 ? {memory: machine.memory, gpus: []} : hardware.probe({signal})),
				...asked,
			};
	};

	const remember = async (modelId: string, loaded: LoadedModel): Promise<void> => {
		const {measuredBytes, ...estimate} = loaded.memory;
		if (measuredBytes === undefined) {
			return;
		}

		const measurement: MemoryMeasurement = {
			modelId, plan: loaded.plan, ...estimate, measuredBytes, measuredAt: clock().toISOString(),
		};
		await measured.update(modelId, history => withMeasurement(history, measurement));
	};

	const loadByPlan = createPlannedLoading({
		settings, wholePlan, machineFor, thisMachine, offered, remember,
	});

	return {
		get: plans.get,
		save: async stored => plans.put(stored.modelId, stored),
		reset: plans.delete,
		async resolve(model, request, options) {
			const plan = await wholePlan(model, request, await plans.get(model.id), options);
			return {plan, findings: validatePlan(plan, planModelOf(model), await machineFor(plan, options))};
		},
		async optimize(model, {goal, constraints = {}, machine}, options) {
			return optimizePlan({
				model,
				machine: machine ?? await thisMachine(options),
				goal,
				constraints: {...(machine === undefined && ownConstraints(settings(), await readPlanMachine())), ...constraints},
			});
		},
		async judge(model, plan, {machine, signal}) {
			return judgePlan({model, plan, machine: machine ?? await thisMachine({signal})});
		},
		load: async (session, model, options) => loadByPlan(session, model, await plans.get(model.id), options),
		async measurements(modelId) {
			if (modelId === undefined) {
				return allMeasurements();
			}

			const history = await measured.get(modelId);
			return history?.measurements ?? [];
		},
	};
}

/**
What the config decides of plans for this machine; it says nothing of others.
*/
function ownConstraints({gpu, threads}: Config['engine'], machine: PlanMachine): Partial<LoadPlan> {
	return {...(gpu === 'off' && {gpuLayers: 0}), ...(threads > 0 && {threads: Math.min(threads, coresOf(machine))})};
}

