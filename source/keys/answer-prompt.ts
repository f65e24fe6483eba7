import {parseBytes} from '../format/bytes.js';
import {parseBenchSettings} from '../format/bench-settings.js';
import {parseSampling} from '../format/sampling.js';
import {type Action} from '../state/actions.js';
import {type PromptDialog} from '../state/dialog.js';
import {benchSettingsPrompt} from '../state/selectors/bench-dialogs.js';
import {limitPrompt} from '../state/selectors/cache-dialogs.js';
import {samplingPrompt} from '../state/selectors/chat-dialogs.js';
import {answerDownloadPrompt, downloadPrompt} from '../state/selectors/download-prompts.js';
import {planValuePrompt, simulationPrompt} from '../state/selectors/hardware-dialogs.js';
import {planFields, typedChange, typedExamples} from '../state/selectors/plan-fields.js';
import {type AppState} from '../state/state.js';

/**
What an answered prompt sets in motion besides `screen/prompt-answered`. What cannot be understood is asked for again, with what is wrong with it.
*/
export function answerPrompt(state: AppState, {purpose, field: {value}, subjects}: PromptDialog): readonly Action[] {
	switch (purpose) {
		case 'sampling': {
			const parsed = parseSampling(value, state.chat.conversation.sampling);
			return ['problem' in parsed ? askAgain(samplingPrompt(state, {value, text: parsed.problem})) : {type: 'chat/sampling-changed', sampling: parsed.value}];
		}

		case 'bench-settings': {
			const parsed = parseBenchSettings(value, state.bench.settings);
			return ['problem' in parsed ? askAgain(benchSettingsPrompt(state, {value, text: parsed.problem})) : {type: 'bench/settings-changed', settings: parsed.value}];
		}

		case 'cache-limit': {
			const limitBytes = parseBytes(value);
			return [limitBytes === undefined
				? askAgain(limitPrompt(state, {value, text: 'That is no size. Write a number and a unit, such as 20GB.'}))
				: {type: 'cache/prune-plan-requested', limitBytes}];
		}

		case 'system-prompt': {
			return [{type: 'chat/system-prompt-changed', systemPrompt: value.trim()}];
		}

		case 'simulated-machine': {
			// The field stays until the machine is understood.
			return value.trim() === ''
				? [{type: 'hardware/simulation-ended'}]
				: [askAgain(simulationPrompt(state, {value, text: 'Looking that machine up …'})), {type: 'hardware/simulation-requested', description: value.trim()}];
		}

		case 'plan-value': {
			return answerPlanValue(state, value);
		}

		case 'download-rate':
		case 'download-times':
		case 'downloads-rate':
		case 'downloads-hours':
		case 'downloads-counts': {
			const answer = answerDownloadPrompt(state, purpose, {value, subjects});
			return ['problem' in answer ? askAgain(downloadPrompt(state, purpose, {value, text: answer.problem, subjects})) : answer.action];
		}
	}
}

function answerPlanValue({plans: {open}}: AppState, value: string): readonly Action[] {
	const field = open && planFields[open.cursor];
	if (!open?.plan || field === undefined) {
		return [];
	}

	const change = typedChange(field, value);
	return [change ? {type: 'plans/changed', change} : askAgain(planValuePrompt(open, open.plan, {value, text: `That is no value for it. ${typedExamples[field]}`}))];
}

function askAgain(dialog: PromptDialog): Action {
	return {type: 'screen/dialog-opened', dialog};
}
