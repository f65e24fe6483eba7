import {isDeepStrictEqual} from 'node:util';
import {planModelOf, planModelOfRegistry, type PlanModel} from '../../services/load-plans/plan-model.js';
import {readPlanModel} from '../../services/load-plans/read-plan-model.js';
import {type Abortable} from '../../types/abortable.js';
import {type HardwareReport} from '../../types/hardware.js';
import {type InstalledModel} from '../../types/installed-model.js';
import {type Action} from '../actions.js';
import {type ProposedPlan} from '../reducers/plans.js';
import {type AppState} from '../state.js';
import {type EffectContext, type Effects, type Job} from './effect.js';
import {errorNotice} from './notices.js';

export const plansEffects: Effects = {
	'plans/refresh-requested': {
		key: () => 'plans/refresh',
		async run(_action, {services, getState}) {
			const measurements = Map.groupBy(await services.loadPlans.measurements(), ({modelId}) => modelId);
			const stored = await Promise.all(getState().library.models.map(async ({id}) => services.loadPlans.get(id)));
			const found = {stored: new Map(stored.filter(plan => plan !== undefined).map(plan => [plan.modelId, plan])), measurements};
			const {stored: before, measurements: measuredBefore} = getState().plans;
			return isDeepStrictEqual(found, {stored: before, measurements: measuredBefore}) ? undefined : {type: 'plans/refresh-succeeded', ...found};
		},
		failed: errorNotice,
	},
	// Verdicts are about the plan that a model is loaded with.
	'plans/refresh-succeeded': judgeAgain(),
	'plans/saved': judgeAgain(),
	'plans/reset': judgeAgain(),
	'plans/opened': {
		key: () => 'plans/proposal',
		async run({modelId}, context) {
			const stored = context.getState().plans.stored.get(modelId);
			return propose(context, stored && {plan: stored.plan, reasons: {}, recommendations: []});
		},
		failed: error => ({type: 'plans/failed', error}),
	},
	// Another goal is asked for a plan of its own, also where one is stored.
	'plans/goal-cycled': {
		key: () => 'plans/proposal',
		run: async (_action, context) => propose(context),
		failed: error => ({type: 'plans/failed', error}),
	},
	'plans/changed': {
		key: () => 'plans/judgement',
		async run(_action, {services, getState, signal}) {
			const state = getState();
			const {open} = state.plans;
			const looked = open && await lookAt(state, open.modelId, {signal});
			if (!open?.plan || !looked) {
				return undefined;
			}

			const {model, machine} = looked;
			return {type: 'plans/judged', plan: open.plan, judgement: await services.loadPlans.judge(model, open.plan, {machine, signal})};
		},
		failed: error => ({type: 'plans/failed', error}),
	},
	'plans/save-requested': {
		key: ({modelId}) => `plans/save:${modelId}`,
		async run({modelId, plan, goal}, {services, dispatch}) {
			const stored = {
				modelId, plan, goal, savedAt: new Date().toISOString(),
			};
			await services.loadPlans.save(stored);
			dispatch({type: 'screen/noticed', notice: {kind: 'info', text: 'Kept: chat, run and bench load the model by this plan from now on. x forgets it.'}});
			return {type: 'plans/saved', stored};
		},
		failed: error => ({type: 'plans/failed', error}),
	},
	'plans/reset-requested': {
		key: ({modelId}) => `plans/save:${modelId}`,
		async run({modelId}, {services, dispatch}) {
			await services.loadPlans.reset(modelId);
			dispatch({type: 'screen/noticed', notice: {kind: 'info', text: 'Forgotten: the model is loaded as Remuda loads by itself.'}});
			return {type: 'plans/reset', modelId};
		},
		failed: error => ({type: 'plans/failed', error}),
	},
};

function judgeAgain<A extends Action>(): Job<A> {
	return {
		key: () => 'plans/judge-again',
		run: async () => ({type: 'hardware/probe-requested'}),
		failed: errorNotice,
	};
}

type Looked = {
	readonly model: PlanModel;
	/**
	Missing where it is this machine.
	*/
	readonly machine: HardwareReport | undefined;
};

async function lookAt({hardware, library, registry}: AppState, modelId: string, {signal}: Abortable): Promise<Looked | undefined> {
	const installed = library.models.find(({id}) => id === modelId);
	const curated = registry.find(({id}) => id === modelId);
	const model = installed ? await readOnce(installed, {signal}) : curated && planModelOfRegistry(curated);
	return model && {model, machine: hardware.simulated?.report};
}

const read = new WeakMap<InstalledModel, PlanModel>();

/**
With what the headers of its files say, which are read once: values are changed key by key. What cannot be read is told when the model is loaded.
*/
async function readOnce(installed: InstalledModel, {signal}: Abortable): Promise<PlanModel> {
	const known = read.get(installed);
	if (known) {
		return known;
	}

	let model: PlanModel;
	try {
		model = await readPlanModel(installed, {signal});
	} catch {
		signal.throwIfAborted();
		model = planModelOf(installed);
	}

	read.set(installed, model);
	return model;
}

async function propose({services, getState, signal}: EffectContext, kept?: ProposedPlan): Promise<Action | undefined> {
	const state = getState();
	const {open} = state.plans;
	const looked = open && await lookAt(state, open.modelId, {signal});
	if (!open || !looked) {
		return undefined;
	}

	const {model, machine} = looked;
	const proposal = kept ?? await services.loadPlans.optimize(model, {goal: open.goal, machine}, {signal});
	const judgement = await services.loadPlans.judge(model, proposal.plan, {machine, signal});
	return {
		type: 'plans/proposed', modelId: open.modelId, proposal, judgement,
	};
}
