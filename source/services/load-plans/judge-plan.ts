import {formatBytes} from '../../format/bytes.js';
import {formatInteger} from '../../format/number.js';
import {type LoadPlan} from '../../types/load-plan.js';
import {type PlanJudgement} from '../../types/plan-judgement.js';
import {type PlanModel} from './plan-model.js';
import {type JudgedMachine, verdictOf} from './plan-verdict.js';
import {validatePlan} from './validate-plan.js';

/**
What a plan would come to for a model on a machine. Pure.
*/
export function judgePlan({model, plan, machine}: {
	readonly model: PlanModel;
	readonly plan: LoadPlan;
	readonly machine: JudgedMachine;
}): PlanJudgement {
	const verdict = verdictOf(model, plan, machine);
	return {
		verdict,
		findings: validatePlan({...plan, ...(plan.gpuLayers === 'auto' && {gpuLayers: verdict.gpuLayers})}, model, {...machine, hasRoom: verdict.contextLength >= verdict.wantedContextLength}),
		warnings: [
			...(verdict.level === 'split' ? [`${model.name} is larger than the VRAM: ${formatInteger(verdict.gpuLayers)} of ${formatInteger(verdict.layerCount)} layers run on the GPU, and the ${formatBytes(verdict.need.memoryBytes)} in main memory decide the speed.`] : []),
			...(verdict.streamable === undefined ? [] : [verdict.streamable.cost]),
		],
	};
}
