import {formatBytes} from '../../../format/bytes.js';
import {formatAge} from '../../../format/duration.js';
import {formatCount, formatInteger} from '../../../format/number.js';
import {type BrowseDetails, type VariantRow} from '../../../state/selectors/browse-details.js';
import {type ModelDetails} from '../../../types/search.js';
import {fitLabels} from '../../components/fit-label.js';
import {type Spans} from '../../components/lines.js';
import {wrapped, wrappedFacts} from '../../components/wrapped.js';

/**
What a model is: everything above its variants.
*/
export function headLines(view: BrowseDetails, {width, now}: {readonly width: number; readonly now: number}): readonly Spans[] {
	const {row, model} = view;
	return [
		[{text: row.name, isBold: true}],
		[{text: row.repository === row.name ? 'on Hugging Face' : row.repository, color: 'muted'}],
		...wrappedFacts([...modelFacts(view), ...hubFacts(view, now)], width, {limit: 4}),
		...(model ? wrapped(model.description, width, {limit: 3}) : []),
		...wrapped(tagsOf(view), width, {color: 'muted', limit: 2}),
		...gateLines(view, width),
		[],
	];
}

function detailsOf({entry}: BrowseDetails): ModelDetails | undefined {
	return entry?.status === 'ready' ? entry.details : undefined;
}

/**
Tags with a colon are for machines: `base_model:…`, `region:us`.
*/
function tagsOf(view: BrowseDetails): string {
	const tags = view.model?.tags ?? detailsOf(view)?.tags ?? view.result?.tags ?? [];
	return tags.filter(tag => !tag.includes(':')).join(' ');
}

/**
Of the model itself, whoever says it.
*/
function modelFacts(view: BrowseDetails): ReadonlyArray<string | undefined> {
	const {row, model} = view;
	const details = detailsOf(view);
	const parameters = details?.parameters ?? row.parameters;
	const context = model?.contextWindow ?? details?.contextLength;
	return [
		row.isRecommended ? 'recommended' : undefined,
		whereKnown(parameters, count => `${formatCount(count)} parameters`),
		whereKnown(model?.activeParameters, count => `${formatCount(count)} active`),
		model?.architecture?.name ?? details?.architectureName,
		whereKnown(context, tokens => `${formatInteger(tokens)} tokens of context`),
	];
}

/**
Of the repository.
*/
function hubFacts(view: BrowseDetails, now: number): ReadonlyArray<string | undefined> {
	const known = detailsOf(view) ?? view.result;
	return [
		whereKnown(view.model?.license ?? known?.license, license => `licence ${license}`),
		whereKnown(known, ({downloads}) => `${formatCount(downloads)} downloads`),
		whereKnown(known, ({likes}) => `${formatCount(likes)} likes`),
		whereKnown(known?.updatedAt, time => `updated ${formatAge(time, now)}`),
	];
}

function whereKnown<Value>(value: Value | undefined, describe: (value: Value) => string): string | undefined {
	return value === undefined ? undefined : describe(value);
}

function gateLines(view: BrowseDetails, width: number): readonly Spans[] {
	const isGated = detailsOf(view)?.gated ?? view.row.isGated;
	return isGated
		? wrapped(`! Gated: log in and accept its terms at https://huggingface.co/${view.row.repository}, then set HF_TOKEN to a token of that account.`, width, {color: 'warning', limit: 4})
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
	const sum = isTall
		? [[`${total}:`], ...lines.map(({label, bytes}): Spans => [`  ${formatBytes(bytes).padStart(8)}  ${label}`])]
		: wrappedFacts(lines.map(({label, bytes}, index) => `${index === 0 ? `${total}: ` : ''}${label} ${formatBytes(bytes)}`), width, {limit: 3});
	return [...sum, ...wrapped(`${text.slice(0, 1)} ${verdict.reason}`, width, {color, limit: 3})];
}

function hubLines({entry, model}: BrowseDetails, width: number): readonly Spans[] {
	const others = model ? 'the other variants' : 'its variants';
	switch (entry?.status) {
		case 'ready': {
			return [];
		}

		case 'loading': {
			return [[{text: `Asking Hugging Face for ${others} …`, color: 'muted'}]];
		}

		case 'failed': {
			const {message, hint} = entry.error;
			return wrapped(`! ${message} ${hint ?? ''} r tries again.`, width, {color: 'bad', limit: 4});
		}

		case undefined: {
			return [[{text: `Enter shows ${others} and which of them fit.`, color: 'muted'}]];
		}
	}
}
