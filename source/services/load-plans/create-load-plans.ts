import {isDeepStrictEqual} from 'node:util';
import {formatInteger} from '../../format/number.js';
import {type Abortable} from '../../types/abortable.js';
import {type BenchmarkRun} from '../../types/benchmark.js';
import {type Config} from '../../types/config.js';
import {type LoadedModel} from '../../types/engine.js';
import {type HardwareReport} from '../../types/hardware.js';
import {type MemoryMeasurement} from '../../types/fit.js';
import {type LoadPlan, type PlanFinding, type StoredPlan} from '../../types/load-plan.js';
import {currentMachineName} from '../engine/load-memory.js';
import {type Hardware} from '../hardware/hardware.js';
import {type Storage} from '../storage/storage.js';
import {adaptPlan} from './adapt-plan.js';
import {judgePlan} from './judge-plan.js';
import {largestContext} from './largest-context.js';
import {type LoadPlans, type PlanRequest} from './load-plans.js';
import {loadWithRetries} from './load-with-retries.js';
import {readLockLimit} from './lock-limit.js';
import {calibrationOf} from './machine-calibration.js';
import {type MeasurementHistory, measurementHistorySchema, withMeasurement} from './measurement-history.js';
import {heldBytesOf} from './need-of.js';
import {optimizePlan} from './optimize-plan.js';
import {coresOf, currentMachine, type PlanMachine} from './plan-machine.js';
import {type PlanModel, planModelOf} from './plan-model.js';
import {type JudgedMachine} from './plan-verdict.js';
import {resolveLoadPlan} from './resolve-plan.js';
import {type OfferedModel, offerInWords, smallerModel} from './smaller-model.js';
import {storedPlanSchema} from './stored-plan-schema.js';
import {streamingWarning} from './streaming.js';
import {refuseErrors, validatePlan} from './validate-plan.js';

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
	// What the model that is loaded was asked for with, and what it was loaded with in the end: the next answer must not try in vain again.
	let last: {readonly asked: unknown; readonly plan: LoadPlan; readonly processId: number} | undefined;

	const wholePlan = (parts: Partial<LoadPlan>) => resolveLoadPlan(parts, settings(), coresOf(currentMachine()));

	const machineFor = async (plan: LoadPlan, {signal}: Abortable): Promise<PlanMachine> => {
		const machine = currentMachine();
		const lockLimitBytes = plan.memoryLock ? await readLockLimit() : undefined;
		// Looking for GPUs takes a moment, and most plans do not name them.
		const report = plan.gpuLayers === 'auto' || plan.gpuLayers === 0 ? undefined : await hardware.probe({signal});
		return {...machine, ...(report && {gpus: report.gpus}), ...(lockLimitBytes !== undefined && {lockLimitBytes})};
	};

	const allMeasurements = async (): Promise<readonly MemoryMeasurement[]> => {
		const histories = await measured.list();
		const here = currentMachineName();
		return histories.flatMap(({measurements}) => measurements).filter(({machine}) => machine === here);
	};

	const judgedMachine = async (machine: HardwareReport | undefined, {signal}: Abortable): Promise<JudgedMachine> => {
		if (machine !== undefined) {
			return machine;
		}

		const [report, lockLimitBytes, measurements, runs, models] = await Promise.all([hardware.probe({signal}), readLockLimit(), allMeasurements(), benchmarks(), offered()]);
		const calibration = calibrationOf(runs, models, report);
		return {
			...report, measurements, ...(lockLimitBytes !== undefined && {lockLimitBytes}), ...(calibration && {calibration}),
		};
	};

	const advise = async (model: PlanModel, plan: LoadPlan, explicit: Partial<LoadPlan>, {signal}: Abortable): Promise<string> => {
		const machine = await hardware.probe({signal});
		const fitting = largestContext(plan.contextSize, contextSize => heldBytesOf(model, {...plan, contextSize}) <= machine.memory.availableBytes);
		const smaller = smallerModel(model, await offered(), machine);
		return [
			...(explicit.contextSize !== undefined && fitting > 0 && fitting < explicit.contextSize ? [`--context ${fitting} would fit, as far as can be told before.`] : []),
			smaller === undefined ? 'Close other programs, or choose a smaller model or quantization.' : offerInWords(smaller),
		].join(' ');
	};

	const remember = async (model: PlanModel, loaded: LoadedModel): Promise<void> => {
		const {measuredBytes, ...estimate} = loaded.memory;
		if (measuredBytes === undefined) {
			return;
		}

		const measurement: MemoryMeasurement = {
			modelId: model.id, plan: loaded.plan, ...estimate, measuredBytes, measuredAt: clock().toISOString(),
		};
		await measured.update(model.id, history => withMeasurement(history, measurement));
	};

	return {
		get: plans.get,
		save: async stored => plans.put(stored.modelId, stored),
		reset: plans.delete,
		async resolve(model, {explicit = {}, template = {}}, options) {
			const stored = await plans.get(model.id);
			const plan = wholePlan({...template, ...stored?.plan, ...explicit});
			return {plan, findings: validatePlan(plan, planModelOf(model), await machineFor(plan, options))};
		},
		async optimize(model, {goal, constraints = {}, machine}, options) {
			const {gpu, threads} = settings();
			const judged = await judgedMachine(machine, options);
			return optimizePlan({
				model,
				machine: judged,
				goal,
				constraints: {...(gpu === 'off' && {gpuLayers: 0}), ...(threads > 0 && {threads: Math.min(threads, coresOf(judged))}), ...constraints},
			});
		},
		async judge(model, plan, {machine, signal}) {
			return judgePlan({model, plan, machine: await judgedMachine(machine, {signal})});
		},
		async load(session, model, {signal, explicit = {}, template = {}, onProgress, onNotice = () => undefined}) {
			const stored = await plans.get(model.id);
			const asked = {...template, ...stored?.plan, ...explicit};
			const identity = [model.id, model.path, explicit, template, stored?.plan, settings()];
			const options = {signal, ...(onProgress && {onProgress})};
			const current = session.loaded();
			if (last !== undefined && current?.processId === last.processId && isDeepStrictEqual(identity, last.asked)) {
				return session.load(model, {...options, plan: last.plan});
			}

			const planModel = planModelOf(model);
			const fixed = new Set(Object.keys(explicit) as Array<keyof LoadPlan>);
			const whole = wholePlan(asked);
			const machine = await machineFor(whole, {signal});
			// Whether it fits is seen when it is loaded.
			refuseErrors(validatePlan(whole, planModel, {...machine, memory: undefined}).filter(({field}) => fixed.has(field)), model.name);
			const {plan, adapted} = stored === undefined ? {plan: whole, adapted: []} : adaptPlan(whole, planModel, machine, fixed);
			// Whether GPUs hold the rest is looked at only where it matters.
			const isLarger = streamingWarning(planModel, plan, machine) !== undefined;
			const larger = isLarger ? judgePlan({model: planModel, plan, machine: await judgedMachine(undefined, {signal})}).warnings : [];
			for (const sentence of [...adaptedInWords(model.name, adapted), ...warningsFor(plan, planModel, machine, {stored, explicit}), ...larger]) {
				onNotice(sentence);
			}

			const result = await loadWithRetries(plan, {
				model: planModel,
				fixed,
				load: async attempt => session.load(model, {...options, plan: attempt}),
				advise: async () => advise(planModel, plan, explicit, {signal}),
				onNotice,
			});
			if (result.loaded.processId !== current?.processId) {
				await remember(planModel, result.loaded);
			}

			last = {asked: identity, plan: result.plan, processId: result.loaded.processId};
			return result.loaded;
		},
		async measurements(modelId) {
			if (modelId === undefined) {
				return allMeasurements();
			}

			const history = await measured.get(modelId);
			return history?.measurements ?? [];
		},
	};
}

function adaptedInWords(name: string, adapted: readonly PlanFinding[]): readonly string[] {
	return adapted.map(({message, change}) => `The plan stored for ${name} does not suit this machine: ${message} ${changeInWords(change)} for this load; remuda optimize --save stores a new one.`);
}

function changeInWords(change: Partial<LoadPlan> = {}): string {
	return Object.entries(change).map(([field, value]) => `${settingWords[field as keyof LoadPlan]} is ${typeof value === 'number' ? formatInteger(value) : String(value)}`).join(', ');
}

const settingWords: Readonly<Record<keyof LoadPlan, string>> = {
	contextSize: 'The context',
	gpuLayers: 'The number of layers on the GPU',
	batchSize: 'The batch',
	threads: 'The number of threads',
	kvCacheType: 'The type of the cache',
	flashAttention: 'Flash attention',
	memoryMap: 'Memory mapping',
	memoryLock: 'Memory locking',
	expertLayersInMemory: 'The number of layers with experts in memory',
};

/**
What a person should know who chose this plan.
*/
function warningsFor(plan: LoadPlan, model: PlanModel, machine: PlanMachine, {stored, explicit}: PlanRequest & {readonly stored: StoredPlan | undefined}): readonly string[] {
	const chosen = new Set(Object.keys({...stored?.plan, ...explicit}));
	return validatePlan(plan, model, machine)
		.filter(({severity, field}) => severity === 'warning' && chosen.has(field))
		.map(({message, suggestion}) => `${message} ${suggestion}`);
}
