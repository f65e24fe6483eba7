import {type Action} from '../../state/actions.js';
import {type OpenPlan} from '../../state/reducers/plans.js';
import {planValuePrompt} from '../../state/selectors/hardware-dialogs.js';
import {planFields, steppedChange} from '../../state/selectors/plan-fields.js';
import {planOutcome, planOutcomeRows} from '../../state/selectors/plan-lines.js';
import {type AppState} from '../../state/state.js';
import {type KeyBinding} from '../key-binding.js';
import {listKeys} from './list-keys.js';

/**
The plan of one model: its values are changed here and kept for it.
*/
export const loadPlanBindings: readonly KeyBinding[] = [
	{
		id: 'plan.save',
		label: 'keep this plan',
		keys: ['enter'],
		scope: 'hardware.plan',
		hint: 1,
		actions({plans: {open}}) {
			if (!open?.plan) {
				return [];
			}

			const {modelId, plan, goal} = open;
			return [{
				type: 'plans/save-requested', modelId, plan, goal,
			}];
		},
		disabled: whyNotSaved,
	},
	{
		id: 'plan.goal',
		label: 'other goal',
		keys: ['f'],
		scope: 'hardware.plan',
		hint: 2,
		actions: () => [{type: 'plans/goal-cycled'}],
		disabled: whileClosed,
	},
	step('plan.more', 'raise', ['right', 'l', '+'], 1),
	step('plan.less', 'lower', ['left', 'h', '-'], -1),
	{
		id: 'plan.type',
		label: 'type a value',
		keys: ['e'],
		scope: 'hardware.plan',
		hint: 4,
		actions({plans: {open}}) {
			return open?.plan ? [{type: 'screen/dialog-opened', dialog: planValuePrompt(open, open.plan)}] : [];
		},
		disabled: whileWorking,
	},
	{
		id: 'plan.right',
		label: 'put right',
		keys: ['a'],
		scope: 'hardware.plan',
		hint: 5,
		actions({plans: {open}}) {
			const finding = open && firstToPutRight(open);
			return finding?.change ? [{type: 'plans/changed', change: finding.change}] : [];
		},
		disabled: state => whileWorking(state) ?? (state.plans.open && firstToPutRight(state.plans.open) ? undefined : 'nothing is found that could be put right'),
	},
	{
		id: 'plan.reset',
		label: 'forget the stored plan',
		keys: ['x'],
		scope: 'hardware.plan',
		hint: 6,
		actions: ({plans: {open}}) => (open ? [{type: 'plans/reset-requested', modelId: open.modelId}] : []),
		disabled: state => whileClosed(state) ?? (state.plans.stored.has(state.plans.open?.modelId ?? '') ? undefined : 'none is stored for this model'),
	},
	{
		id: 'plan.close',
		label: 'back',
		keys: ['escape', 'o'],
		scope: 'hardware.plan',
		// However narrow the screen is.
		hint: 0,
		actions: () => [{type: 'plans/closed'}],
	},
	// The keys of a step go from value to value, those of a page through what they come to.
	...listKeys('hardware.plan', (move, state) => (move === 'page-up' || move === 'page-down' ? scroll(state, move === 'page-down' ? 1 : -1) : [{type: 'plans/moved', move}])),
];

function scroll({plans: {open}, screen}: AppState, direction: 1 | -1): readonly Action[] {
	// The last row says how much more there is.
	const shown = planOutcomeRows(screen) - 1;
	return open ? [{type: 'plans/scrolled', by: direction * Math.max(1, shown - 1), last: Math.max(0, planOutcome(open, screen.columns).length - shown)}] : [];
}

function step(id: string, label: string, keys: readonly string[], by: 1 | -1): KeyBinding {
	return {
		id,
		label,
		keys,
		scope: 'hardware.plan',
		hint: 3,
		actions({plans: {open}}): readonly Action[] {
			const change = open && changeOf(open, by);
			return change ? [{type: 'plans/changed', change}] : [];
		},
		disabled: state => whileWorking(state) ?? (state.plans.open && changeOf(state.plans.open, by) ? undefined : 'that is as far as it goes; e types a value'),
	};
}

function changeOf({plan, cursor}: OpenPlan, by: 1 | -1) {
	const field = planFields[cursor];
	return plan === undefined || field === undefined ? undefined : steppedChange(plan, field, by);
}

function whileClosed({plans}: AppState): string | undefined {
	return plans.open ? undefined : 'no plan is shown; o shows that of the selected model';
}

function whileWorking(state: AppState): string | undefined {
	return whileClosed(state) ?? (state.plans.open?.plan ? undefined : 'the plan is not there yet');
}

/**
What is wrong with the selected value, else with the first one.
*/
function firstToPutRight({judgement, cursor}: OpenPlan) {
	const findings = judgement?.findings.filter(({change}) => change !== undefined) ?? [];
	return findings.find(({field}) => field === planFields[cursor]) ?? findings[0];
}

function whyNotSaved(state: AppState): string | undefined {
	const {plans: {open}, library, hardware} = state;
	const waiting = whileWorking(state);
	if (waiting !== undefined || !open) {
		return waiting;
	}

	if (library.models.every(({id}) => id !== open.modelId)) {
		return 'the model is not installed; Esc, then d downloads it';
	}

	const error = open.judgement?.findings.find(({severity}) => severity === 'error');
	return hardware.simulated ? 'it is for a machine that was only described; Esc, then E goes back to this one' : error?.message;
}
