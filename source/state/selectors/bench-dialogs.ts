import {formatBenchSettings} from '../../format/bench-settings.js';
import {type BenchmarkRun} from '../../types/benchmark.js';
import {type ConfirmDialog, type PromptDialog} from '../dialog.js';
import {type AppState} from '../state.js';
import {textField} from '../text-field.js';
import {type Complaint} from './chat-dialogs.js';

export function benchSettingsPrompt({bench}: AppState, complaint?: Complaint): PromptDialog {
	return {
		kind: 'prompt',
		purpose: 'bench-settings',
		title: 'How to measure',
		hint: complaint?.text ?? 'Names and numbers; what you leave out stays as it is.',
		field: textField(complaint?.value ?? formatBenchSettings(bench.settings)),
	};
}

export function deleteResultDialog({id, name, startedAt}: BenchmarkRun): ConfirmDialog {
	return {
		kind: 'confirm',
		title: 'Delete this result?',
		lines: [`${name}, measured ${startedAt.slice(0, 16).replace('T', ' ')}`],
		confirmLabel: 'delete',
		confirmed: {type: 'bench/delete-requested', id},
	};
}
