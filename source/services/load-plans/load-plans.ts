import {type Abortable} from '../../types/abortable.js';
import {type LoadedModel} from '../../types/engine.js';
import {type MemoryMeasurement} from '../../types/fit.js';
import {type InstalledModel} from '../../types/installed-model.js';
import {type HardwareReport} from '../../types/hardware.js';
import {
	type LoadPlan,
	type PlanFinding,
	type PlanGoal,
	type StoredPlan,
} from '../../types/load-plan.js';
import {type OptimizedPlan, type PlanJudgement} from '../../types/plan-judgement.js';
import {type EngineSession} from '../engine/engine.js';
import {type PlanModel} from './plan-model.js';

/**
What of a plan is asked for, besides what is stored for the model. A flag goes before the stored plan, that before a template, that before the config.
*/
export type PlanRequest = {
	/**
	Given by the user for this load: never changed silently.
	*/
	readonly explicit?: Partial<LoadPlan>;
	/**
	Of a configuration template.
	*/
	readonly template?: Partial<LoadPlan>;
};

export type LoadOptions = Abortable & PlanRequest & {
	/**
	0–1; may never be called for a tiny model.
	*/
	readonly onProgress?: ((fraction: number) => void) | undefined;
	/**
	One sentence for a person.
	*/
	readonly onNotice?: ((sentence: string) => void) | undefined;
};

/**
The load plans that are kept for models, and loading by them.
*/
export type LoadPlans = {
	/**
	The plan stored for a model.
	*/
	readonly get: (modelId: string) => Promise<StoredPlan | undefined>;
	readonly save: (stored: StoredPlan) => Promise<void>;
	/**
	Forgets the stored plan; whether there was one.
	*/
	readonly reset: (modelId: string) => Promise<boolean>;
	/**
	The whole plan a model would be loaded with now, and all that is wrong with it on this machine.
	*/
	readonly resolve: (model: InstalledModel, request: PlanRequest, options: Abortable) => Promise<{readonly plan: LoadPlan; readonly findings: readonly PlanFinding[]}>;
	/**
	The plan that serves a goal best; on this machine unless another one is given. What the config says of GPU and threads is kept to on this one.
	*/
	readonly optimize: (model: PlanModel, request: {
		readonly goal: PlanGoal;
		/**
		What is decided already.
		*/
		readonly constraints?: Partial<LoadPlan>;
		readonly machine?: HardwareReport | undefined;
	}, options: Abortable) => Promise<OptimizedPlan>;
	/**
	What a plan would come to; on this machine unless another one is given.
	*/
	readonly judge: (model: PlanModel, plan: LoadPlan, options: Abortable & {readonly machine?: HardwareReport | undefined}) => Promise<PlanJudgement>;
	/**
	Loads a model by its plan. A stored plan that does not suit this machine any more is adapted for this load; one that does not fit in memory is tried again smaller, at most three times. Both are told through `onNotice`, as they happen.
	@throws UsageError `invalid_plan` for an explicit part that cannot be; MemoryError `out_of_memory` whose hint names what would fit; what the engine throws.
	*/
	readonly load: (session: Pick<EngineSession, 'load' | 'loaded'>, model: InstalledModel, options: LoadOptions) => Promise<LoadedModel>;
	/**
	What loads of a model were expected to take and took, the latest last; of all models without an id.
	*/
	readonly measurements: (modelId?: string) => Promise<readonly MemoryMeasurement[]>;
};
