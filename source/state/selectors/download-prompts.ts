import {formatBytes, formatRate, parseRate} from '../../format/bytes.js';
import {formatDownloadCounts, parseDownloadCounts} from '../../format/download-counts.js';
import {formatDownloadTimes, parseDownloadTimes} from '../../format/download-times.js';
import {formatHours, parseHours} from '../../format/hours.js';
import {type Action} from '../actions.js';
import {type PromptDialog, type PromptPurpose} from '../dialog.js';
import {type AppState} from '../state.js';
import {textField} from '../text-field.js';
import {type Complaint} from './chat-dialogs.js';
import {isConfigurable, nameOf, selectChosenDownloads} from './downloads.js';

export type DownloadPromptPurpose = Extract<PromptPurpose, 'download-rate' | 'download-times' | 'downloads-rate' | 'downloads-hours' | 'downloads-counts'>;

/**
Asks for a setting of the chosen downloads or of all; what cannot be understood is asked for again.
*/
export function downloadPrompt(state: AppState, purpose: DownloadPromptPurpose, complaint?: Complaint & {readonly subjects?: readonly string[]}): PromptDialog {
	const {subjects: asked, value, text} = complaint ?? {};
	const subjects = asked ?? selectChosenDownloads(state).filter(download => isConfigurable(download)).map(({id}) => id);
	const {title, hint, present} = questions[purpose](state, subjects);
	return {
		kind: 'prompt', purpose, title, hint: text ?? hint, field: textField(value ?? present), subjects,
	};
}

type Question = {
	readonly title: string;
	readonly hint: string;
	/**
	What is set now, as it would be typed.
	*/
	readonly present: string;
};

const questions: Readonly<Record<DownloadPromptPurpose, (state: AppState, subjects: readonly string[]) => Question>> = {
	'download-rate'(state, subjects) {
		const [first] = named(state, subjects);
		return {
			title: `How fast may ${subjectOf(state, subjects)} be, at most?`,
			hint: `Bytes a second, such as 5MB or 500KB; empty for no cap of its own.${capOfAll(state)}`,
			present: first?.rateLimit === undefined ? '' : typedRate(first.rateLimit),
		};
	},
	'download-times'(state, subjects) {
		const [first] = named(state, subjects);
		return {
			title: `When may ${subjectOf(state, subjects)} run?`,
			hint: '02:00 starts it then, 23:00-07:00 keeps it within these hours, also both; empty for now and at any time. After a reboot, open Remuda again.',
			present: first ? formatDownloadTimes(first, state.screen.now) : '',
		};
	},
	'downloads-rate': ({downloads: {limits}}) => ({
		title: 'How fast may all downloads together be, at most?',
		hint: 'Bytes a second, such as 20MB; empty for no cap. It counts at once and is kept.',
		present: limits && limits.rateLimitBytes > 0 ? typedRate(limits.rateLimitBytes) : '',
	}),
	'downloads-hours': ({downloads: {limits}}) => ({
		title: 'In which hours may downloads run?',
		hint: 'Such as 23:00-07:00; empty for always. A download with hours of its own keeps to those. After a reboot, open Remuda again.',
		present: limits?.quietHours ?? '',
	}),
	'downloads-counts': ({downloads: {limits}}) => ({
		title: 'How much at once?',
		hint: 'Downloads at once, and connections for each file, 1 to 16. What you leave out stays as it is.',
		present: limits ? formatDownloadCounts(limits) : '',
	}),
};

type Answer = {
	readonly value: string;
	readonly subjects?: readonly string[] | undefined;
};

/**
What the answer sets in motion, or what is wrong with it.
*/
export function answerDownloadPrompt({screen}: AppState, purpose: DownloadPromptPurpose, {value, subjects: ids = []}: Answer): {readonly action: Action} | {readonly problem: string} {
	const text = value.trim();
	switch (purpose) {
		case 'download-rate': {
			const rate = readRate(text);
			return rate === undefined ? noRate : {action: {type: 'downloads/configure-requested', ids, change: {rateLimit: rate === 0 ? null : rate}}};
		}

		case 'download-times': {
			const times = parseDownloadTimes(text, screen.now);
			if ('problem' in times) {
				return times;
			}

			const {startAt = null, hours = null} = times.value;
			return {action: {type: 'downloads/configure-requested', ids, change: {startAt, hours}}};
		}

		case 'downloads-rate': {
			const rateLimitBytes = readRate(text);
			return rateLimitBytes === undefined ? noRate : {action: {type: 'downloads/limits-requested', changes: {rateLimitBytes}}};
		}

		case 'downloads-hours': {
			const hours = parseHours(text);
			return text !== '' && hours === undefined
				? {problem: 'These are no hours. Write two times of day, such as 23:00-07:00, or nothing.'}
				: {action: {type: 'downloads/limits-requested', changes: {quietHours: hours ? formatHours(hours) : ''}}};
		}

		case 'downloads-counts': {
			const counts = parseDownloadCounts(text);
			return 'problem' in counts ? counts : {action: {type: 'downloads/limits-requested', changes: counts.value}};
		}
	}
}

const noRate = {problem: 'That is no rate. Write a number and a unit, such as 5MB, or nothing for no cap.'};

/**
0 is no cap.
*/
function readRate(text: string): number | undefined {
	return ['', '0', 'none'].includes(text) ? 0 : parseRate(text);
}

/**
A rate as `parseRate` reads it back without loss.
*/
function typedRate(bytesPerSecond: number): string {
	const short = formatBytes(bytesPerSecond).replace(' ', '');
	return parseRate(short) === bytesPerSecond ? short : String(bytesPerSecond);
}

function named({downloads}: AppState, ids: readonly string[]) {
	return downloads.items.filter(({id}) => ids.includes(id));
}

function subjectOf(state: AppState, ids: readonly string[]): string {
	const [first] = named(state, ids);
	return ids.length > 1 ? `each of the ${ids.length}` : (first ? nameOf(first) : 'it');
}

function capOfAll({downloads: {limits}}: AppState): string {
	return limits && limits.rateLimitBytes > 0 ? ` All together have at most ${formatRate(limits.rateLimitBytes)}; L changes that.` : '';
}
