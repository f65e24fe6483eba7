import {formatSampling} from '../../format/sampling.js';
import {type Conversation} from '../../types/conversation.js';
import {type ConfirmDialog, type PromptDialog} from '../dialog.js';
import {type AppState} from '../state.js';
import {textField} from '../text-field.js';

/**
A text that was typed and what is wrong with it, to be asked for again.
*/
export type Complaint = {readonly value: string; readonly text: string};

export function systemPromptPrompt({chat}: AppState): PromptDialog {
	return {
		kind: 'prompt',
		purpose: 'system-prompt',
		title: 'System prompt',
		hint: 'What the model is told before the first question. Empty for none.',
		field: textField(chat.conversation.systemPrompt),
	};
}

export function samplingPrompt({chat}: AppState, complaint?: Complaint): PromptDialog {
	return {
		kind: 'prompt',
		purpose: 'sampling',
		title: 'Sampling settings',
		hint: complaint?.text ?? 'Names and numbers; what you leave out stays as it is.',
		field: textField(complaint?.value ?? formatSampling(chat.conversation.sampling)),
	};
}

/**
Names the chat that deleting would lose.
*/
export function deleteChatDialog({id, title, messages}: Conversation): ConfirmDialog {
	return {
		kind: 'confirm',
		title: 'Delete this chat?',
		lines: [title, messages.length === 1 ? 'One message is lost.' : `${messages.length} messages are lost.`],
		confirmLabel: 'delete',
		confirmed: {type: 'chat/delete-requested', id},
	};
}
