import {UsageError} from '../../errors/usage-error.js';
import {type LoadPlan, type PlanFinding} from '../../types/load-plan.js';
import {type PlanMachine} from './plan-machine.js';
import {type PlanModel} from './plan-model.js';
import {cacheRules} from './rules/cache-rules.js';
import {memoryRules} from './rules/memory-rules.js';
import {numberRules} from './rules/number-rules.js';
import {placementRules} from './rules/placement-rules.js';

const rules = [...numberRules, ...cacheRules, ...placementRules, ...memoryRules];

/**
All that is wrong with a plan for a model on a machine, errors first. Pure.
*/
export function validatePlan(plan: LoadPlan, model: PlanModel, machine: PlanMachine): readonly PlanFinding[] {
	const findings = rules.map(rule => rule(plan, model, machine)).filter(finding => finding !== undefined);
	return [...findings.filter(({severity}) => severity === 'error'), ...findings.filter(({severity}) => severity === 'warning')];
}

/**
Lets warnings pass.
@throws UsageError `invalid_plan` that names all errors among the findings.
*/
export function refuseErrors(findings: readonly PlanFinding[], modelName: string): void {
	const errors = findings.filter(({severity}) => severity === 'error');
	if (errors.length > 0) {
		throw new UsageError(`${modelName} cannot be loaded so: ${errors.map(({message}) => message).join(' ')}`, {
			code: 'invalid_plan',
			hint: errors.map(({suggestion}) => suggestion).join(' '),
		});
	}
}
