import {type ErrorReport} from '../../types/error-report.js';
import {type MemoryMeasurement} from '../../types/fit.js';
import {type LoadPlan, type PlanGoal, type StoredPlan} from '../../types/load-plan.js';
import {type PlanJudgement} from '../../types/plan-judgement.js';
import {type Action} from '../actions.js';
import {type ListMove, moveBy} from '../list-view.js';
import {planFields, type PlanField} from '../selectors/plan-fields.js';

/**
A plan that Remuda would make, or that is stored.
*/
export type ProposedPlan = {
	readonly plan: LoadPlan;
	/**
	Why a value is what it is.
	*/
	readonly reasons: Readonly<Partial<Record<PlanField, string>>>;
	/**
	Sentences: what else would help.
	*/
	readonly recommendations: readonly string[];
};

/**
The plan that is being looked at and changed.
*/
export type OpenPlan = {
	readonly modelId: string;
	readonly name: string;
	readonly goal: PlanGoal;
	/**
	What the values were before any was changed; missing while it is worked out.
	*/
	readonly proposal?: ProposedPlan;
	/**
	As it is now.
	*/
	readonly plan?: LoadPlan;
	/**
	Of `plan`; of the one before until the new one is judged.
	*/
	readonly judgement?: PlanJudgement;
	/**
	Index of the selected value.
	*/
	readonly cursor: number;
	/**
	The first line shown of what the plan comes to.
	*/
	readonly top: number;
	readonly error?: ErrorReport;
};

export type PlansState = {
	/**
	By the model's id.
	*/
	readonly stored: ReadonlyMap<string, StoredPlan>;
	/**
	What loads of a model took, the latest last, by its id.
	*/
	readonly measurements: ReadonlyMap<string, readonly MemoryMeasurement[]>;
	readonly open?: OpenPlan;
};

export type PlansAction =
	{readonly type: 'plans/refresh-requested'}
	| {readonly type: 'plans/refresh-succeeded'; readonly stored: PlansState['stored']; readonly measurements: PlansState['measurements']}
	| {readonly type: 'plans/opened'; readonly modelId: string; readonly name: string}
	| {readonly type: 'plans/closed'}
	| {readonly type: 'plans/goal-cycled'}
	| {readonly type: 'plans/proposed'; readonly modelId: string; readonly proposal: ProposedPlan; readonly judgement: PlanJudgement}
	| {readonly type: 'plans/moved'; readonly move: ListMove}
	/**
	By lines, down where it is positive; `last` is the furthest it can go.
	*/
	| {readonly type: 'plans/scrolled'; readonly by: number; readonly last: number}
	| {readonly type: 'plans/changed'; readonly change: Partial<LoadPlan>}
	| {readonly type: 'plans/judged'; readonly plan: LoadPlan; readonly judgement: PlanJudgement}
	| {readonly type: 'plans/failed'; readonly error: ErrorReport}
	| {readonly type: 'plans/save-requested'; readonly modelId: string; readonly plan: LoadPlan; readonly goal: PlanGoal}
	| {readonly type: 'plans/saved'; readonly stored: StoredPlan}
	| {readonly type: 'plans/reset-requested'; readonly modelId: string}
	| {readonly type: 'plans/reset'; readonly modelId: string};

export const planGoals = ['performance', 'memory', 'quality'] as const satisfies readonly PlanGoal[];

export const initialPlans: PlansState = {stored: new Map(), measurements: new Map()};

export function reducePlans(plans: PlansState, action: Action): PlansState {
	switch (action.type) {
		case 'plans/refresh-succeeded': {
			return {...plans, stored: action.stored, measurements: action.measurements};
		}

		case 'plans/opened': {
			const {modelId, name} = action;
			return {
				...plans, open: {
					modelId, name, goal: plans.stored.get(modelId)?.goal ?? 'performance', cursor: 0, top: 0,
				},
			};
		}

		case 'hardware/focused':
		case 'plans/closed': {
			return plans.open ? {...plans, open: undefined} : plans;
		}

		case 'plans/saved': {
			return {...plans, stored: new Map([...plans.stored, [action.stored.modelId, action.stored]])};
		}

		case 'plans/reset': {
			return {...plans, stored: new Map([...plans.stored].filter(([id]) => id !== action.modelId))};
		}

		default: {
			const open = plans.open && reduceOpen(plans.open, action);
			return open === plans.open ? plans : {...plans, open};
		}
	}
}

function reduceOpen(open: OpenPlan, action: Action): OpenPlan {
	switch (action.type) {
		case 'plans/goal-cycled': {
			const goal = planGoals[(planGoals.indexOf(open.goal) + 1) % planGoals.length] ?? open.goal;
			return {...open, goal, error: undefined};
		}

		case 'plans/proposed': {
			const {modelId, proposal, judgement} = action;
			return modelId === open.modelId
				? {
					...open, proposal, plan: proposal.plan, judgement, error: undefined,
				}
				: open;
		}

		case 'plans/moved': {
			return {...open, top: 0, cursor: moveBy({cursor: open.cursor, top: 0}, action.move, planFields.length, planFields.length).cursor};
		}

		case 'plans/scrolled': {
			return {...open, top: Math.max(0, Math.min(action.last, open.top + action.by))};
		}

		case 'plans/changed': {
			return open.plan ? {...open, plan: {...open.plan, ...action.change}} : open;
		}

		case 'plans/judged': {
			// Another value may have been chosen since.
			return open.plan === action.plan ? {...open, judgement: action.judgement} : open;
		}

		case 'plans/failed': {
			return {...open, error: action.error};
		}

		default: {
			return open;
		}
	}
}
