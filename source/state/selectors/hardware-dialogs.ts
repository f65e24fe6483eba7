import {type LoadPlan} from '../../types/load-plan.js';
import {type PromptDialog} from '../dialog.js';
import {type OpenPlan} from '../reducers/plans.js';
import {type AppState} from '../state.js';
import {textField} from '../text-field.js';
import {type Complaint} from './chat-dialogs.js';
import {shownMachine} from './hardware.js';
import {
	planFieldNames,
	planFields,
	planValue,
	typedExamples,
	type PlanField,
} from './plan-fields.js';

/**
Asks for a machine in words.
*/
export function simulationPrompt({hardware}: AppState, complaint?: Complaint): PromptDialog {
	return {
		kind: 'prompt',
		purpose: 'simulated-machine',
		title: 'What if the machine were another?',
		hint: complaint?.text ?? 'GPUs, CPU and memory in any order, with commas between: RTX 4090, 64 GB · 2x RTX 3090, Ryzen 9 7950X, 128 GB · Apple M3 Max, 64 GB. What you leave out is assumed, and said. Empty for this machine.',
		field: textField(complaint?.value ?? shownMachine(hardware)?.description ?? ''),
	};
}

/**
Asks for one value of the plan that is shown.
*/
export function planValuePrompt({cursor, name}: Pick<OpenPlan, 'cursor' | 'name'>, plan: LoadPlan, complaint?: Complaint): PromptDialog {
	const field: PlanField = planFields[cursor] ?? planFields[0];
	return {
		kind: 'prompt',
		purpose: 'plan-value',
		title: `${name}: ${planFieldNames[field]}`,
		hint: complaint?.text ?? typedExamples[field],
		field: textField(complaint?.value ?? planValue(plan, field).split(' ', 1).join('')),
	};
}
