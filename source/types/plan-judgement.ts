import {
	type LoadPlan,
	type ModelKind,
	type PlanFinding,
	type PlanGoal,
} from './load-plan.js';
import {type Fit} from './speed.js';

/**
What a plan would come to for a model on a machine.
*/
export type PlanJudgement = {
	readonly verdict: Fit;
	/**
	Errors first.
	*/
	readonly findings: readonly PlanFinding[];
	/**
	Sentences: what it will cost that the model is larger than the VRAM or the memory.
	*/
	readonly warnings: readonly string[];
};

/**
The plan that serves a goal best.
*/
export type OptimizedPlan = PlanJudgement & {
	readonly plan: LoadPlan;
	readonly goal: PlanGoal;
	readonly kind: ModelKind;
	/**
	Why a value is what it is, one sentence each.
	*/
	readonly reasons: Readonly<Record<keyof LoadPlan, string>>;
	/**
	Sentences: what else would help, the most useful first.
	*/
	readonly recommendations: readonly string[];
	/**
	Of a mixture of experts that is not wholly on the GPU: the same with experts in main memory and everything else on the GPU, for llama.cpp's own programs; Remuda's engine cannot load it so.
	*/
	readonly expertsInMemory?: LoadPlan;
};
