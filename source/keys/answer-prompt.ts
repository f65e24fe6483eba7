import {parseBytes} from '../format/bytes.js';
import {parseBenchSettings} from '../format/bench-settings.js';
import {parseSampling} from '../format/sampling.js';
import {type Action} from '../state/actions.js';
import {type PromptDialog} from '../state/dialog.js';
import {limitPrompt} from '../state/selectors/cache-dialogs.js';
import {type AppState} from '../state/state.js';

/**
What an answered prompt sets in motion besides `screen/prompt-answered`: settings that were typed, or what is wrong with them.
*/
export function answerPrompt(state: AppState, {purpose, field}: PromptDialog): readonly Action[] {
	switch (purpose) {
		case 'sampling': {
			const parsed = parseSampling(field.value, state.chat.conversation.sampling);
			return ['problem' in parsed ? complaint(parsed.problem) : {type: 'chat/sampling-changed', sampling: parsed.value}];
		}

		case 'bench-settings': {
			const parsed = parseBenchSettings(field.value, state.bench.settings);
			return ['problem' in parsed ? complaint(parsed.problem) : {type: 'bench/settings-changed', settings: parsed.value}];
		}

		case 'cache-limit': {
			const limitBytes = parseBytes(field.value);
			return [limitBytes === undefined
				? {type: 'screen/dialog-opened', dialog: limitPrompt(state, {value: field.value, text: 'That is no size. Write a number and a unit, such as 20GB.'})}
				: {type: 'cache/prune-plan-requested', limitBytes}];
		}

		case 'system-prompt': {
			return [];
		}
	}
}

function complaint(text: string): Action {
	return {type: 'screen/noticed', notice: {kind: 'error', text}};
}
