import {formatInteger} from '../../format/number.js';
import {type LoadPlan, type PlanFinding} from '../../types/load-plan.js';
import {type PlanMachine} from './plan-machine.js';
import {type PlanModel} from './plan-model.js';
import {settingNames} from './setting-names.js';
import {validatePlan} from './validate-plan.js';

/**
What of a stored plan was put right for this load, a sentence each.
*/
export function adaptedInWords(name: string, adapted: readonly PlanFinding[]): readonly string[] {
	return adapted.map(({message, change}) => `The plan stored for ${name} does not suit this machine: ${message} ${changeInWords(change)} for this load; remuda optimize --save stores a new one.`);
}

function changeInWords(change: Partial<LoadPlan> = {}): string {
	return Object.entries(change).map(([field, value]) => `${settingNames[field as keyof LoadPlan]} is ${typeof value === 'number' ? formatInteger(value) : String(value)}`).join(', ');
}

/**
What a person should know of the settings that were chosen, and not of those that nobody asked for.
*/
export function warningsFor(plan: LoadPlan, model: PlanModel, machine: PlanMachine, chosen: ReadonlySet<string>): readonly string[] {
	return validatePlan(plan, model, machine)
		.filter(({severity, field}) => severity === 'warning' && chosen.has(field))
		.map(({message, suggestion}) => `${message} ${suggestion}`);
}
