import {formatBytes} from '../../format/bytes.js';
import {formatAge} from '../../format/duration.js';
import {nameWithQuantization} from '../../format/model-name.js';
import {type PrunePlan} from '../../types/cache.js';
import {type InstalledModel} from '../../types/installed-model.js';
import {type ConfirmDialog, type PromptDialog} from '../dialog.js';
import {type AppState} from '../state.js';
import {emptyTextField, textField} from '../text-field.js';

/**
Names every model that removal would lose.
*/
export function removeDialog(models: readonly InstalledModel[]): ConfirmDialog {
	return {
		kind: 'confirm',
		title: models.length === 1 ? 'Remove this model?' : `Remove ${models.length} models?`,
		lines: [...models.map(model => describe(model)), '', `${formatBytes(totalBytes(models))} are freed. They would have to be downloaded again.`],
		confirmLabel: 'remove',
		confirmed: {type: 'cache/remove-requested', ids: models.map(({id}) => id)},
	};
}

export function clearDialog(models: readonly InstalledModel[]): ConfirmDialog {
	return {
		kind: 'confirm',
		title: `Remove all ${models.length} downloaded models?`,
		lines: [...models.map(model => describe(model)), '', `${formatBytes(totalBytes(models))} are freed. The starter model stays.`],
		confirmLabel: 'remove all',
		confirmed: {type: 'cache/clear-requested'},
	};
}

export function cleanDialog({library}: AppState): ConfirmDialog {
	const {partialCount = 0, partialBytes = 0} = library.usage ?? {};
	return {
		kind: 'confirm',
		title: 'Remove partial files?',
		lines: [
			`${partialCount} partial files take ${formatBytes(partialBytes)}.`,
			'Those that a download of the queue still needs are kept; the others cannot be resumed afterwards.',
		],
		confirmLabel: 'remove',
		confirmed: {type: 'cache/clean-requested'},
	};
}

/**
What a prune would take, least recently used first.
*/
export function pruneDialog(plan: PrunePlan, now: number): ConfirmDialog {
	return {
		kind: 'confirm',
		title: `Remove ${plan.remove.length === 1 ? 'one model' : `${plan.remove.length} models`} to stay within ${formatBytes(plan.limitBytes)}?`,
		lines: [
			...plan.remove.map(model => `${describe(model)}, ${model.lastUsed === undefined ? 'never used' : `used ${formatAge(model.lastUsed, now)}`}`),
			'',
			`${formatBytes(plan.freedBytes)} are freed, ${formatBytes(plan.keptBytes)} of models stay.`,
		],
		confirmLabel: 'remove',
		confirmed: {type: 'cache/prune-requested', plan},
	};
}

/**
Asks for the limit of a prune.
*/
export function limitPrompt({library}: AppState, problem?: {readonly value: string; readonly text: string}): PromptDialog {
	const bytes = library.usage?.modelBytes;
	const taken = bytes === undefined ? '' : ` They take ${formatBytes(bytes)} now.`;
	return {
		kind: 'prompt',
		purpose: 'cache-limit',
		title: 'How much may the models take?',
		hint: problem?.text ?? `For example 20GB or 1.5TiB. You see what would go before it does.${taken}`,
		field: problem ? textField(problem.value) : emptyTextField,
	};
}

function describe({name, quantization, sizeBytes}: InstalledModel): string {
	return `${nameWithQuantization(name, quantization)}, ${formatBytes(sizeBytes)}`;
}

function totalBytes(models: readonly InstalledModel[]): number {
	let sum = 0;
	for (const {sizeBytes} of models) {
		sum += sizeBytes;
	}

	return sum;
}
