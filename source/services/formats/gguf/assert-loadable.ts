import {type IntegrityError} from '../../../errors/integrity-error.js';
import {type ModelArchitecture} from '../../../types/model-architecture.js';
import {architectureOf} from './architecture-of.js';
import {brokenModelError, quoteFromFile, unsupportedModelError} from './gguf-errors.js';
import {type GgufHeader} from './gguf-header.js';
import {
	largest,
	numberAt,
	numberOrNumbersAt,
	textAt,
} from './metadata-values.js';
import {rowProblem} from './row-problem.js';
import {vocabularyProblem} from './vocabulary-problem.js';

// LLAMA_MAX_LAYERS and LLAMA_MAX_EXPERTS of llama.cpp.
const mostBlocks = 512;
const mostExperts = 1024;
const longestEmbedding = 2 ** 20;
const longestHead = 2 ** 16;
const longestContext = (2 ** 31) - 1;

/**
Checks what llama.cpp takes on trust: some of these values end its process with SIGABRT, which no try/catch survives.
Returns the architecture, because the one who loads needs it.
@throws {IntegrityError} `broken_model` or `unsupported_model`.
*/
export function assertLoadable(header: GgufHeader): ModelArchitecture {
	assertLanguageModel(header);
	const architecture = architectureOf(header);
	const problem = shapeProblem(architecture)
		?? headProblem(header, architecture)
		?? expertProblem(header, architecture)
		?? numberProblem(header, architecture)
		?? rowProblem(header, architecture)
		?? vocabularyProblem(header);
	if (problem !== undefined) {
		throw brokenModelError(header.label, problem);
	}

	return architecture;
}

function assertLanguageModel(header: GgufHeader): void {
	const {label, metadata, tensors} = header;
	const unsupported = (why: string, hint: string): IntegrityError => unsupportedModelError(label, why, hint);
	const type = textAt(metadata, 'general.type') ?? 'model';
	const architecture = textAt(metadata, 'general.architecture');
	if (architecture === 'clip' || type === 'mmproj') {
		throw unsupported('it is the image part of a multimodal model', 'Load the model it belongs to.');
	}

	if (type !== 'model') {
		throw unsupported(`it holds ${quoteFromFile(type)}, not a model`, 'Load the model it belongs to.');
	}

	const shardNumber = numberAt(metadata, 'split.no') ?? 0;
	if (shardNumber !== 0) {
		throw unsupported(`it is part ${shardNumber + 1} of a model in several files`, 'Load the first part; the others are found beside it.');
	}

	if (tensors.length === 0 && (numberAt(metadata, 'split.count') ?? 1) <= 1) {
		throw brokenModelError(label, 'it has no tensors');
	}
}

function shapeProblem({blockCount, embeddingLength}: ModelArchitecture): string | undefined {
	return outside('block_count', blockCount, mostBlocks) ?? outside('embedding_length', embeddingLength, longestEmbedding);
}

function headProblem({metadata}: GgufHeader, architecture: ModelArchitecture): string | undefined {
	const {name, blockCount, embeddingLength, keyLength, valueLength, feedForwardLength} = architecture;
	const isRecurrent = metadata.has(`${name}.ssm.state_size`) || metadata.has(`${name}.wkv.head_size`);
	// Those without attention have no heads and no feed-forward layer.
	if (isRecurrent && architecture.headCount === 0) {
		return undefined;
	}

	const heads = perBlock(numberOrNumbersAt(metadata, `${name}.attention.head_count`) ?? 0, blockCount);
	const keyValueHeads = perBlock(architecture.headCountKv, blockCount);
	if (heads === undefined || keyValueHeads === undefined) {
		return 'its head counts are not those of its blocks';
	}

	if (heads.every(count => count === 0) || heads.some(count => !isCount(count))) {
		return 'attention.head_count is not a positive number';
	}

	if (keyValueHeads.every(count => count === 0) || keyValueHeads.some((count, index) => !isCount(count) || (count > 0 && (heads[index] ?? 0) % count !== 0))) {
		return 'attention.head_count_kv does not divide attention.head_count';
	}

	if (!metadata.has(`${name}.attention.key_length`) && embeddingLength % architecture.headCount !== 0) {
		return 'attention.head_count does not divide embedding_length';
	}

	return outside('attention.key_length', keyLength, longestHead)
		?? outside('attention.value_length', valueLength + 1, longestHead + 1)
		?? ((architecture.expertCount ?? 0) > 0 ? undefined : outside('feed_forward_length', feedForwardLength ?? 0, longestEmbedding * 16));
}

function expertProblem({metadata}: GgufHeader, {name, expertCount = 0}: ModelArchitecture): string | undefined {
	if (expertCount > mostExperts || !isCount(expertCount)) {
		return `expert_count is ${expertCount}`;
	}

	const used = largest(numberOrNumbersAt(metadata, `${name}.expert_used_count`) ?? 0);
	return !isCount(used) || used > expertCount || (used === 0 && expertCount > 0) ? `expert_used_count is ${used} of ${expertCount}` : undefined;
}

// Every number of the architecture, rope's above all: not one may be infinite or not a number. A negative epsilon ends llama.cpp's process.
function numberProblem({metadata}: GgufHeader, {name}: ModelArchitecture): string | undefined {
	for (const [key, value] of metadata) {
		if (typeof value === 'number' && key.startsWith(`${name}.`) && !Number.isFinite(value)) {
			return `${quoteFromFile(key)} is not a finite number`;
		}

		if (typeof value === 'number' && key.startsWith(`${name}.attention.layer_norm`) && value < 0) {
			return `${quoteFromFile(key)} is negative`;
		}
	}

	const contextLength = numberAt(metadata, `${name}.context_length`);
	return outside('context_length', contextLength ?? 1, longestContext) ?? outside('rope.dimension_count', (numberAt(metadata, `${name}.rope.dimension_count`) ?? 0) + 1, longestHead + 1);
}

function perBlock(values: number | readonly number[], blockCount: number): readonly number[] | undefined {
	if (typeof values === 'number') {
		return Array.from({length: blockCount}, () => values);
	}

	return values.length === blockCount ? values : undefined;
}

function outside(name: string, value: number, most: number): string | undefined {
	return value >= 1 && value <= most && Number.isSafeInteger(value) ? undefined : `${name} is ${value}`;
}

function isCount(value: number): boolean {
	return value >= 0 && Number.isSafeInteger(value);
}
