import {formatBytes} from '../../../format/bytes.js';
import {formatAge} from '../../../format/duration.js';
import {nameWithQuantization} from '../../../format/model-name.js';
import {formatCount, formatInteger} from '../../../format/number.js';
import {type Verification} from '../../../state/reducers/cache-verification.js';
import {type InstalledModel} from '../../../types/installed-model.js';
import {type Spans} from '../../components/lines.js';
import {wrapped, wrappedFacts} from '../../../state/selectors/styled-lines.js';

export type ModelLinesOptions = {
	readonly width: number;
	readonly now: number;
	readonly verification?: Verification;
};

/**
In four lines: what it is, where it lies, what was found.
*/
export function stripLines(model: InstalledModel, {width, now, verification}: ModelLinesOptions): readonly Spans[] {
	const found = verificationLines(verification, width);
	return [
		[{text: nameWithQuantization(model.name, model.quantization), isBold: true}, {text: ` · ${factsOf(model).join(' · ')}`, color: 'muted'}],
		...(found.length > 0 ? found : [[{text: originOf(model, now), color: 'muted'}] as const]),
		[{text: model.path, color: 'muted'}],
		[{text: model.checksum, color: 'muted'}],
	];
}

/**
Everything that is recorded of a model.
*/
export function modelLines(model: InstalledModel, options: ModelLinesOptions): readonly Spans[] {
	const {width, now, verification} = options;
	return [
		[{text: nameWithQuantization(model.name, model.quantization), isBold: true}],
		...(model.source === 'starter' ? wrapped('A tiny model to try things with; it is part of Remuda and cannot be removed.', width) : []),
		...wrappedFacts(factsOf(model), width, {limit: 3}),
		...wrapped(originOf(model, now), width, {limit: 2}),
		...wrapped(`used ${model.useCount} ${model.useCount === 1 ? 'time' : 'times'}, last ${formatAge(model.lastUsed, now)}`, width),
		...verificationLines(verification, width),
		[],
		field('id', model.id),
		field('ref', model.ref),
		...wrapped(model.checksum, width, {color: 'muted', limit: 2}),
		[],
		[{text: model.files.length === 1 ? 'file' : `${model.files.length} files, ${formatBytes(model.sizeBytes)}`, color: 'muted'}],
		...model.files.flatMap(({path, sizeBytes, role}) => [
			[`${formatBytes(sizeBytes).padStart(8)}  ${role}`],
			...wrapped(path, width, {color: 'muted', limit: 3}),
		]),
	];
}

function field(name: string, value: string): Spans {
	return [{text: `${name.padEnd(7)} `, color: 'muted'}, value];
}

function factsOf({architecture, parameters, contextLength, license, family}: InstalledModel): readonly string[] {
	return [
		parameters === undefined ? undefined : `${formatCount(parameters)} parameters`,
		architecture?.name,
		family,
		contextLength === undefined ? undefined : `${formatInteger(contextLength)} tokens of context`,
		license === undefined ? undefined : `licence ${license}`,
	].filter(fact => fact !== undefined);
}

function originOf({source, ref, downloadedAt}: InstalledModel, now: number): string {
	switch (source) {
		case 'starter': {
			return 'ships with Remuda';
		}

		case 'hugging-face': {
			return `downloaded ${formatAge(downloadedAt, now)} as ${ref}`;
		}

		case 'file': {
			return `added ${formatAge(downloadedAt, now)}`;
		}
	}
}

function verificationLines(verification: Verification | undefined, width: number): readonly Spans[] {
	if (verification?.status === 'failed') {
		const {message, hint} = verification.error;
		return wrapped(`! ${message} ${hint ?? ''}`, width, {color: 'bad', limit: 3});
	}

	if (verification?.status !== 'done') {
		return [];
	}

	const {status, path = '', expected, actual} = verification.result;
	switch (status) {
		case 'ok': {
			return [[{text: '✓ verified: every file is as it should be', color: 'good'}]];
		}

		case 'missing': {
			return wrapped(`✗ ${path} is missing. x removes the rest, then download it again.`, width, {color: 'bad', limit: 3});
		}

		case 'changed': {
			return wrapped(`✗ ${path} changed: it is ${short(actual)}, and should be ${short(expected)}. x removes it, then download it again.`, width, {color: 'bad', limit: 4});
		}
	}
}

function short(checksum: string | undefined): string {
	return checksum === undefined ? 'unknown' : `${checksum.replace('sha256:', '').slice(0, 12)}…`;
}
