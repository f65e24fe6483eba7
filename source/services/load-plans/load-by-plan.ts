import {isDeepStrictEqual} from 'node:util';
import {type Abortable} from '../../types/abortable.js';
import {type Config} from '../../types/config.js';
import {type LoadedModel} from '../../types/engine.js';
import {type InstalledModel} from '../../types/installed-model.js';
import {type LoadPlan, type StoredPlan} from '../../types/load-plan.js';
import {type EngineSession} from '../engine/engine.js';
import {readMemoryUse} from '../engine/memory-use.js';
import {largestContext} from '../hardware/fit/largest-context.js';
import {adaptPlan} from './adapt-plan.js';
import {judgePlan} from './judge-plan.js';
import {adaptedInWords, warningsFor} from './load-notices.js';
import {type LoadOptions, type PlanRequest} from './load-plans.js';
import {loadWithRetries} from './load-with-retries.js';
import {heldBytesOf, needOf} from './need-of.js';
import {type MachineWithMemory} from './plan-machine.js';
import {type PlanModel, planModelOf} from './plan-model.js';
import {type JudgedMachine} from './plan-verdict.js';
import {type OfferedModel, offerInWords, smallerModel} from './smaller-model.js';
import {refuseErrors, validatePlan} from './validate-plan.js';

type Session = Pick<EngineSession, 'load' | 'loaded'>;

type Parts = {
	readonly settings: () => Config['engine'];
	readonly wholePlan: (model: InstalledModel, request: PlanRequest, stored: StoredPlan | undefined, options: Abortable) => Promise<LoadPlan>;
	readonly machineFor: (plan: LoadPlan, options: Abortable) => Promise<MachineWithMemory>;
	/**
	With its GPUs and what was measured on it.
	*/
	readonly thisMachine: (options: Abortable) => Promise<JudgedMachine>;
	readonly offered: () => Promise<readonly OfferedModel[]>;
	/**
	Keeps what a load took.
	*/
	readonly remember: (modelId: string, loaded: LoadedModel) => Promise<void>;
};

/**
Loading by plans; see `load` of LoadPlans.
*/
export function createPlannedLoading({settings, wholePlan, machineFor, thisMachine, offered, remember}: Parts) {
	// What the model that is loaded was asked for with, and what it was loaded with in the end: the next answer must not try in vain again.
	let last: {readonly asked: unknown; readonly plan: LoadPlan; readonly processId: number} | undefined;

	const advise = async (model: PlanModel, plan: LoadPlan, explicit: Partial<LoadPlan>, {signal}: Abortable): Promise<string> => {
		const machine = await thisMachine({signal});
		const fitting = largestContext(plan.contextSize, contextSize => heldBytesOf(model, {...plan, contextSize}, machine.cpu) <= machine.memory.availableBytes);
		const smaller = smallerModel(model, await offered(), machine);
		return [
			...(explicit.contextSize !== undefined && fitting > 0 && fitting < explicit.contextSize ? [`--context ${fitting} would fit, as far as can be told before.`] : []),
			smaller === undefined ? 'Close other programs, or choose a smaller model or quantization.' : offerInWords(smaller),
		].join(' ');
	};

	return async (session: Session, model: InstalledModel, stored: StoredPlan | undefined, options: LoadOptions): Promise<LoadedModel> => {
		const {signal, explicit = {}, template = {}, onProgress, onNotice = () => undefined} = options;
		const identity = [model.id, model.path, explicit, template, stored?.plan, settings()];
		const current = session.loaded();
		const load = async (plan: LoadPlan) => session.load(model, {signal, plan, ...(onProgress && {onProgress})});
		if (last !== undefined && current?.processId === last.processId && isDeepStrictEqual(identity, last.asked)) {
			return load(last.plan);
		}

		const planModel = planModelOf(model);
		const fixed = new Set(Object.keys(explicit) as Array<keyof LoadPlan>);
		const whole = await wholePlan(model, {explicit, template}, stored, {signal});
		const machine = withoutModel(await machineFor(whole, {signal}), await heldBy(current));
		// Whether it fits is seen when it is loaded.
		refuseErrors(validatePlan(whole, planModel, {...machine, memory: undefined}).filter(({field}) => fixed.has(field)), model.name);
		const {plan, adapted} = stored === undefined ? {plan: whole, adapted: []} : adaptPlan(whole, planModel, machine, fixed);
		// Whether GPUs hold the rest is looked at only where main memory does not.
		// What not even the cache has room for is told when it fails.
		const isLoadable = heldBytesOf(planModel, {...plan, gpuLayers: 0}) <= machine.memory.availableBytes;
		const isLarger = isLoadable && needOf(planModel, {...plan, gpuLayers: 0}).memoryBytes > machine.memory.availableBytes;
		const larger = isLarger ? largerInWords(planModel, plan, withMemory(await thisMachine({signal}), machine.memory)) : [];
		for (const sentence of [...adaptedInWords(model.name, adapted), ...warningsFor(plan, planModel, machine, new Set(Object.keys({...stored?.plan, ...explicit}))), ...larger]) {
			onNotice(sentence);
		}

		const result = await loadWithRetries(plan, {
			model: planModel,
			fixed,
			load,
			advise: async () => advise(planModel, plan, explicit, {signal}),
			onNotice,
		});
		last = {asked: identity, plan: result.plan, processId: result.loaded.processId};
		if (result.loaded.processId !== current?.processId) {
			await rememberOrTell(result.loaded);
		}

		return result.loaded;

		// The model is loaded, and answers all the same.
		async function rememberOrTell(loaded: LoadedModel): Promise<void> {
			try {
				await remember(model.id, loaded);
			} catch (error) {
				onNotice(`What loading ${model.name} took could not be kept: ${error instanceof Error ? error.message : String(error)}`);
			}
		}
	};
}

/**
What will be slow, or may not work, of a model that main memory alone does not hold.
*/
function largerInWords(model: PlanModel, plan: LoadPlan, machine: JudgedMachine): readonly string[] {
	const {verdict, warnings} = judgePlan({model, plan, machine});
	return verdict.level === 'less-context' ? [verdict.reason, ...warnings] : warnings;
}

/**
Main memory that the model loaded now gives back before the next one comes; its mapped pages count as available already.
*/
async function heldBy(loaded: LoadedModel | undefined): Promise<number> {
	const use = loaded && await readMemoryUse(loaded.processId);
	return use?.anonymousBytes ?? 0;
}

function withMemory(machine: JudgedMachine, {availableBytes}: MachineWithMemory['memory']): JudgedMachine {
	return {...machine, memory: {...machine.memory, availableBytes}};
}

function withoutModel(machine: MachineWithMemory, heldBytes: number): MachineWithMemory {
	const {totalBytes, availableBytes} = machine.memory;
	return {...machine, memory: {...machine.memory, availableBytes: Math.min(totalBytes, availableBytes + heldBytes)}};
}
