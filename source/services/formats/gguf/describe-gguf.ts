import {sanitizeLine} from '../../../format/sanitize.js';
import {type ModelArchitecture} from '../../../types/model-architecture.js';
import {architectureOf} from './architecture-of.js';
import {fileTypeLabel} from './file-types.js';
import {type GgufHeader, type GgufTensor} from './gguf-header.js';
import {numberAt, textAt} from './metadata-values.js';

/**
What a person, the manifest and the fit want to know of a GGUF file. Text is cleaned for one line of a terminal; the chat template is not.
*/
export type GgufDescription = {
	readonly name?: string;
	readonly license?: string;
	/**
	Missing where the file is no language model or not the first of its shards.
	*/
	readonly architecture?: ModelArchitecture;
	/**
	Number of weights in this file.
	*/
	readonly parameters: number;
	/**
	For example `Q4_K_M`; the commonest tensor type where the file does not say.
	*/
	readonly quantization: string;
	/**
	Tokens the model was trained for.
	*/
	readonly contextLength?: number;
	/**
	Bytes of all tensors in this file.
	*/
	readonly weightBytes: number;
	readonly chatTemplate?: string;
	/**
	Which of how many files this is, counted from 1; missing where the model is one file.
	*/
	readonly shard?: {readonly number: number; readonly count: number};
};

/**
Sums a header up; never throws, because a file that cannot be loaded can still be described.
*/
export function describeGguf(header: GgufHeader): GgufDescription {
	const {metadata, tensors} = header;
	const architectureName = textAt(metadata, 'general.architecture') ?? '';
	const fileType = numberAt(metadata, 'general.file_type');
	const shardCount = numberAt(metadata, 'split.count') ?? 1;
	return {
		...optionalLine('name', textAt(metadata, 'general.name')),
		...optionalLine('license', textAt(metadata, 'general.license')),
		...optional('architecture', architectureIfAny(header)),
		parameters: sum(tensors, ({dimensions}) => dimensions.reduce((product, dimension) => product * dimension, 1)),
		quantization: (fileType === undefined ? undefined : fileTypeLabel(fileType)) ?? commonestType(tensors),
		...optional('contextLength', numberAt(metadata, `${architectureName}.context_length`)),
		weightBytes: sum(tensors, ({sizeBytes}) => sizeBytes),
		...optional('chatTemplate', textAt(metadata, 'tokenizer.chat_template')),
		...(shardCount > 1 && {shard: {number: (numberAt(metadata, 'split.no') ?? 0) + 1, count: shardCount}}),
	};
}

function architectureIfAny(header: GgufHeader): ModelArchitecture | undefined {
	try {
		return architectureOf(header);
	} catch {
		return undefined;
	}
}

function commonestType(tensors: readonly GgufTensor[]): string {
	const bytes = new Map<string, number>();
	for (const {type, sizeBytes} of tensors) {
		bytes.set(type, (bytes.get(type) ?? 0) + sizeBytes);
	}

	return [...bytes].toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? 'unknown';
}

function sum(tensors: readonly GgufTensor[], measure: (tensor: GgufTensor) => number): number {
	return tensors.reduce((total, tensor) => total + measure(tensor), 0);
}

function optional<Key extends string, Value>(key: Key, value: Value | undefined): Partial<Record<Key, Value>> {
	const none: Partial<Record<Key, Value>> = {};
	return value === undefined ? none : {...none, [key]: value};
}

function optionalLine<Key extends string>(key: Key, text: string | undefined): Partial<Record<Key, string>> {
	const line = sanitizeLine(text?.slice(0, 200) ?? '');
	return optional(key, line === '' ? undefined : line);
}
