import {formatBytes} from '../../../format/bytes.js';
import {formatAge} from '../../../format/duration.js';
import {formatCount, formatInteger} from '../../../format/number.js';
import {formatSpeed, formatWait} from '../../../format/speed.js';
import {type BrowseDetails} from '../../../state/selectors/browse-details.js';
import {type MemoryLine, type MemoryNeed} from '../../../types/fit.js';
import {type ModelDetails} from '../../../types/search.js';
import {fitLabels} from '../../../state/selectors/fit-words.js';
import {type Spans} from '../../components/lines.js';
import {wrapped, wrappedFacts} from '../../../state/selectors/styled-lines.js';

export type DetailsSpace = {
	readonly width: number;
	readonly now: number;
	/**
	Each fact has a line of its own, and every line its place: from one model to the next only what differs is drawn.
	*/
	readonly isTall: boolean;
};

/**
What a model is and what it needs: everything above its variants.
*/
export function headLines(view: BrowseDetails, space: DetailsSpace): readonly Spans[] {
	const {row, model} = view;
	const {width, isTall} = space;
	const description = wrapped(model?.description ?? '', width, {limit: 3});
	const tags = wrapped(tagsOf(view), width, {color: 'muted', limit: isTall ? 1 : 2});
	return [
		[{text: row.name, isBold: true}],
		[{text: row.repository === row.name ? 'on Hugging Face' : row.repository, color: 'muted'}],
		...(isTall ? [[], ...factTable(view, space), [], ...padded(description, 3), ...padded(tags, 1), []] : [...factList(view, space), ...description, ...tags]),
		...gateLines(view, width),
		...(isTall ? padded(needTable(view), 5) : needList(view, width)),
		...padded(reasonLines(view, width), isTall ? 3 : 0),
		...padded(speedLines(view, width), isTall ? 3 : 0),
		[],
	];
}

function detailsOf({entry}: BrowseDetails): ModelDetails | undefined {
	return entry?.status === 'ready' ? entry.details : undefined;
}

function padded(lines: readonly Spans[], count: number): readonly Spans[] {
	return [...lines, ...Array.from({length: Math.max(0, count - lines.length)}, () => [])];
}

/**
Tags with a colon are for machines: `base_model:…`, `region:us`.
*/
function tagsOf(view: BrowseDetails): string {
	const tags = view.model?.tags ?? detailsOf(view)?.tags ?? view.result?.tags ?? [];
	return tags.filter(tag => !tag.includes(':')).join(' ');
}

type Facts = Readonly<Record<'parameters' | 'architecture' | 'context' | 'licence' | 'downloads' | 'likes' | 'updated', string | undefined>>;

/**
Of the model and its repository, whoever says it.
*/
function factsOf(view: BrowseDetails, now: number): Facts {
	const {row, model} = view;
	const details = detailsOf(view);
	const known = details ?? view.result;
	const active = whereKnown(model?.activeParameters, count => `, ${formatCount(count)} active`) ?? '';
	return {
		parameters: whereKnown(details?.parameters ?? row.parameters, count => `${formatCount(count)}${active}`),
		architecture: model?.architecture?.name ?? details?.architectureName,
		context: whereKnown(model?.contextWindow ?? details?.contextLength, tokens => `${formatInteger(tokens)} tokens`),
		licence: model?.license ?? known?.license,
		downloads: whereKnown(known?.downloads, formatCount),
		likes: whereKnown(known?.likes, formatCount),
		updated: whereKnown(known?.updatedAt, time => formatAge(time, now)),
	};
}

function whereKnown<Value>(value: Value | undefined, describe: (value: Value) => string): string | undefined {
	return value === undefined ? undefined : describe(value);
}

function factTable(view: BrowseDetails, {now}: DetailsSpace): readonly Spans[] {
	const {downloads, likes, ...facts} = factsOf(view, now);
	const rows: ReadonlyArray<readonly [string, string | undefined]> = [
		...Object.entries(facts),
		['downloads', whereKnown(downloads, count => `${count}, ${likes ?? '0'} likes`)],
		['chosen', view.row.isRecommended ? 'recommended by Remuda' : undefined],
	];
	return rows.map(([name, value]) => [{text: name.padEnd(13), color: 'muted'}, value ?? '–']);
}

function factList(view: BrowseDetails, {width, now}: DetailsSpace): readonly Spans[] {
	const facts = factsOf(view, now);
	return wrappedFacts([
		view.row.isRecommended ? 'recommended' : undefined,
		whereKnown(facts.parameters, count => `${count} parameters`),
		facts.architecture,
		whereKnown(facts.context, tokens => `${tokens} of context`),
		whereKnown(facts.licence, license => `licence ${license}`),
		whereKnown(facts.downloads, count => `${count} downloads`),
		whereKnown(facts.likes, count => `${count} likes`),
		whereKnown(facts.updated, age => `updated ${age}`),
	], width, {limit: 4});
}

function gateLines(view: BrowseDetails, width: number): readonly Spans[] {
	const isGated = detailsOf(view)?.gated ?? view.row.isGated;
	return isGated
		? wrapped(`! Gated: log in and accept its terms at https://huggingface.co/${view.row.repository}, then set HF_TOKEN to a token of that account.`, width, {color: 'warning', limit: 4})
		: [];
}

function verdictOf({variants, cursor}: BrowseDetails) {
	const variant = variants[cursor];
	return variant?.verdict && {quantization: variant.quantization, ...variant.verdict};
}

function needTable(view: BrowseDetails): readonly Spans[] {
	const verdict = verdictOf(view);
	if (!verdict) {
		return [];
	}

	const {lines, totalBytes, approximate} = verdict.need;
	return [
		...lines.map((line): Spans => [`${formatBytes(line.bytes).padStart(9)}  `, {text: labelOf(line, verdict.need), color: 'muted'}]),
		[{text: `${approximate ? '≈' : ''}${formatBytes(totalBytes)}`.padStart(9), isBold: true}, {text: `  in all for ${verdict.quantization}`, color: 'muted'}],
	];
}

function needList(view: BrowseDetails, width: number): readonly Spans[] {
	const verdict = verdictOf(view);
	if (!verdict) {
		return [];
	}

	const {lines, totalBytes, approximate} = verdict.need;
	const total = `${verdict.quantization} needs ${approximate ? 'about ' : ''}${formatBytes(totalBytes)}`;
	return wrappedFacts(lines.map((line, index) => `${index === 0 ? `${total}: ` : ''}${labelOf(line, verdict.need)} ${formatBytes(line.bytes)}`), width, {limit: 3});
}

/**
With the place, where there are two.
*/
function labelOf({label, place}: MemoryLine, {gpuBytes}: MemoryNeed): string {
	return gpuBytes === 0 ? label : `${label}, ${place === 'gpu' ? 'GPU' : 'memory'}`;
}

function reasonLines(view: BrowseDetails, width: number): readonly Spans[] {
	const verdict = verdictOf(view);
	if (!verdict) {
		return [];
	}

	const {text, color} = fitLabels[verdict.level];
	return wrapped(`${text.slice(0, 1)} ${verdict.reason}`, width, {color, limit: 3});
}

/**
How fast it would be, on the machine that the verdict is about.
*/
function speedLines(view: BrowseDetails, width: number): readonly Spans[] {
	const speed = verdictOf(view)?.speed;
	const facts = speed && [
		`${formatSpeed(speed.generationTokensPerSecond)} tokens/s`,
		`prompts ${formatSpeed(speed.promptTokensPerSecond)}`,
		`first token after ${formatWait(speed.timeToFirstTokenMs.expected)}`,
	];
	return wrappedFacts(facts ?? [], width, {limit: 3});
}

/**
Below the variants: what the hub has not said.
*/
export function footLines({entry, model}: BrowseDetails, width: number): readonly Spans[] {
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
			return wrapped(`Enter shows ${others} and which of them fit.`, width, {color: 'muted', limit: 2});
		}
	}
}
