import {formatBytes} from '../../../format/bytes.js';
import {formatAge} from '../../../format/duration.js';
import {formatCount, formatInteger} from '../../../format/number.js';
import {type BrowseDetails, type VariantRow} from '../../../state/selectors/browse-details.js';
import {type ModelDetails} from '../../../types/search.js';
import {fitLabels} from '../../components/fit-label.js';
import {type Spans} from '../../components/lines.js';
import {wrapped} from '../../components/wrapped.js';

/**
What a model is: everything above its variants.
*/
export function headLines(view: BrowseDetails, {width, now}: {readonly width: number; readonly now: number}): readonly Spans[] {
	const {row, model} = view;
	const tags = model?.tags ?? detailsOf(view)?.tags ?? [];
	return [
		[{text: row.name, isBold: true}],
		[{text: row.repository === row.name ? 'on Hugging Face' : row.repository, color: 'muted'}],
		...wrapped(factsOf(view, now).join(' · '), width, {limit: 3}),
		...(model ? wrapped(model.description, width, {limit: 3}) : []),
		...(tags.length > 0 ? wrapped(tags.filter(tag => !tag.includes(':')).join(' '), width, {color: 'muted', limit: 2}) : []),
		...gateLines(view, width),
		[],
	];
}

function detailsOf({entry}: BrowseDetails): ModelDetails | undefined {
	return entry?.status === 'ready' ? entry.details : undefined;
}

function factsOf(view: BrowseDetails, now: number): readonly string[] {
	const {row, model} = view;
	const details = detailsOf(view);
	const license = model?.license ?? details?.license;
	const architecture = model?.architecture?.name ?? details?.architectureName;
	const parameters = model?.parameters ?? details?.parameters ?? row.parameters;
	const context = model?.contextWindow ?? details?.contextLength;
	const downloads = details?.downloads ?? row.downloads;
	const likes = details?.likes ?? row.likes;
	return [
		row.isRecommended ? 'recommended' : undefined,
		parameters === undefined ? undefined : `${formatCount(parameters)} parameters`,
		model?.activeParameters === undefined ? undefined : `${formatCount(model.activeParameters)} active`,
		architecture,
		context === undefined ? undefined : `${formatInteger(context)} tokens of context`,
		license === undefined ? undefined : `licence ${license}`,
		downloads === undefined ? undefined : `${formatCount(downloads)} downloads`,
		likes === undefined ? undefined : `${formatCount(likes)} likes`,
		details?.updatedAt === undefined ? undefined : `updated ${formatAge(details.updatedAt, now)}`,
	].filter(fact => fact !== undefined);
}

function gateLines(view: BrowseDetails, width: number): readonly Spans[] {
	const isGated = detailsOf(view)?.gated ?? view.row.isGated;
	return isGated
		? wrapped(`! Gated: log in and accept its terms at https://huggingface.co/${view.row.repository}, then set HF_TOKEN to a token of that account.`, width, {color: 'warning', limit: 3})
		: [];
}

/**
What the selected variant needs, and what the hub has not said.
*/
export function footLines(view: BrowseDetails, {width, isTall}: {readonly width: number; readonly isTall: boolean}): readonly Spans[] {
	return [[], ...needLines(view.variants[view.cursor], width, isTall), ...hubLines(view, width)];
}

function needLines(variant: VariantRow | undefined, width: number, isTall: boolean): readonly Spans[] {
	const verdict = variant?.verdict;
	if (!variant || !verdict) {
		return [];
	}

	const {lines, totalBytes, approximate} = verdict.need;
	const total = `${variant.quantization} needs ${approximate ? 'about ' : ''}${formatBytes(totalBytes)} of memory`;
	const {text, color} = fitLabels[verdict.level];
	const sign = text.slice(0, 1);
	return [
		...(isTall
			? [[`${total}:`], ...lines.map(({label, bytes}): Spans => [`  ${formatBytes(bytes).padStart(8)}  ${label}`])]
			: wrapped(`${total}: ${lines.map(({label, bytes}) => `${label} ${formatBytes(bytes)}`).join(' + ')}.`, width, {limit: 3})),
		...wrapped(`${sign} ${verdict.reason}`, width, {color, limit: 3}),
	];
}

function hubLines({entry, model}: BrowseDetails, width: number): readonly Spans[] {
	if (entry?.status === 'failed') {
		const {message, hint} = entry.error;
		return wrapped(`! ${message} ${hint ?? ''} r tries again.`, width, {color: 'bad', limit: 4});
	}

	if (entry?.status === 'loading') {
		return [[{text: model ? 'Asking Hugging Face for the other variants …' : 'Asking Hugging Face for its variants …', color: 'muted'}]];
	}

	return entry === undefined ? [[{text: model ? 'Enter shows the other variants.' : 'Enter shows its variants and which of them fit.', color: 'muted'}]] : [];
}
