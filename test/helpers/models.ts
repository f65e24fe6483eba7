import {type Download} from '../../source/types/download.js';
import {type FitLevel, type FitVerdict} from '../../source/types/fit.js';
import {type RegistryModel} from '../../source/types/registry-model.js';
import {type ModelDetails, type SearchResult, type Variant} from '../../source/types/search.js';
import {type SpeedEstimate} from '../../source/types/speed.js';

/**
An entry of the registry, with what the test is about.
*/
export function registryModel(changes: Partial<RegistryModel> = {}): RegistryModel {
	const {id = 'alpha-7b-q4', quantization = 'Q4_K_M', fileSize = 4e9} = changes;
	const fileName = `${id}.gguf`;
	return {
		id,
		name: `${id} (${quantization})`,
		family: 'alpha',
		parameters: 7e9,
		quantization,
		contextWindow: 32_768,
		fileSize,
		fileSizeExact: true,
		ramRequired: fileSize + 1e9,
		huggingFaceRepo: `Owner/${id}-GGUF`,
		fileName,
		files: [{fileName, role: 'model', sizeBytes: fileSize}],
		recommended: false,
		description: 'A model for tests.',
		tags: ['chat'],
		license: 'Apache-2.0',
		version: '1',
		deprecated: false,
		...changes,
	};
}

export function searchResult(repository: string, changes: Partial<SearchResult> = {}): SearchResult {
	return {
		ref: `hf:${repository}`, repository, downloads: 1000, likes: 10, gated: false, tags: [], ...changes,
	};
}

export function variant(repository: string, quantization: string, sizeBytes: number): Variant {
	return {
		ref: `hf:${repository}:${quantization}`,
		quantization,
		sizeBytes,
		files: [{path: `model-${quantization}.gguf`, sizeBytes, role: 'model'}],
	};
}

export function modelDetails(repository: string, variants: readonly Variant[], changes: Partial<ModelDetails> = {}): ModelDetails {
	return {
		ref: `hf:${repository}`, repository, revision: 'f'.repeat(40), downloads: 1000, likes: 10, gated: false, tags: [], variants, ...changes,
	};
}

export function verdict(level: FitLevel, bytes = 5e9): FitVerdict {
	return {
		level,
		need: {
			lines: [{
				label: 'weights', bytes, part: 'weights', place: level === 'gpu' ? 'gpu' : 'memory',
			}],
			totalBytes: bytes,
			gpuBytes: level === 'gpu' ? bytes : 0,
			memoryBytes: level === 'gpu' ? 0 : bytes,
			heldBytes: 0,
			reclaimableBytes: 0,
			approximate: false,
		},
		availableBytes: 16e9,
		marginBytes: 2e9,
		shortBytes: level === 'none' ? bytes : 0,
		contextLength: level === 'none' ? 0 : 4096,
		wantedContextLength: 4096,
		gpuLayers: level === 'gpu' ? 29 : 0,
		layerCount: 29,
		reason: `It is ${level}.`,
		advice: [],
	};
}

export function speed(tokensPerSecond: number): SpeedEstimate {
	const range = (expected: number) => ({expected, low: expected * 0.75, high: expected * 1.25});
	return {
		generationTokensPerSecond: range(tokensPerSecond),
		promptTokensPerSecond: range(tokensPerSecond * 20),
		timeToFirstTokenMs: range(1000),
		explanation: ['All on a GPU of 500 GB/s: bound by memory bandwidth.'],
	};
}

export function download(changes: Partial<Download> & {readonly id: string}): Download {
	const {id, totalBytes = 2e9} = changes;
	return {
		request: {
			ref: `hf:Owner/${id}-GGUF:Q4_K_M`,
			modelId: id,
			name: id,
			source: 'hugging-face',
			repository: `Owner/${id}-GGUF`,
			revision: 'f'.repeat(40),
			quantization: 'Q4_K_M',
			files: [{path: `${id}.gguf`, sizeBytes: totalBytes, role: 'model'}],
		},
		status: 'downloading',
		receivedBytes: 1e9,
		totalBytes,
		fetchedBytes: 1e9,
		resumedBytes: 0,
		hosts: [],
		connections: 0,
		priority: 'normal',
		keepTrying: true,
		files: [{path: `${id}.gguf`, sizeBytes: totalBytes, receivedBytes: 1e9}],
		segments: [],
		events: [],
		activeSeconds: 0,
		retries: 0,
		createdAt: '2026-01-01T00:00:00.000Z',
		...changes,
	};
}
