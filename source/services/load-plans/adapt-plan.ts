import {type LoadPlan, type PlanFinding} from '../../types/load-plan.js';
import {type PlanMachine} from './plan-machine.js';
import {type PlanModel} from './plan-model.js';
import {validatePlan} from './validate-plan.js';

/**
The plan with what is wrong with it put right, as far as that is known how; what was wrong is told with it. Warnings, and fields in `fixed`, are left as they are.
*/
export function adaptPlan(plan: LoadPlan, model: PlanModel, machine: PlanMachine, fixed: ReadonlySet<keyof LoadPlan> = new Set()): {readonly plan: LoadPlan; readonly adapted: readonly PlanFinding[]} {
	const adapted: PlanFinding[] = [];
	let current = plan;
	for (;;) {
		const isNew = ({field, message}: PlanFinding) => adapted.every(done => done.field !== field || done.message !== message);
		const isFree = (change: Partial<LoadPlan>) => Object.keys(change).every(name => !fixed.has(name as keyof LoadPlan));
		const error = validatePlan(current, model, machine)
			// Each is put right once, so that two that contradict each other end.
			.find(finding => finding.severity === 'error' && finding.change !== undefined && isFree(finding.change) && isNew(finding));
		if (error === undefined) {
			return {plan: current, adapted};
		}

		adapted.push(error);
		current = {...current, ...error.change};
	}
}
