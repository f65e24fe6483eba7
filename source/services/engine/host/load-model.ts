import {
	type LlamaChat,
	type LlamaContext,
	type LlamaContextOptions,
	type LlamaContextSequence,
	type LlamaModel,
	type LlamaModelOptions,
} from 'node-llama-cpp';
import {type KvCacheType, type LoadPlan} from '../../../types/load-plan.js';
import {memoryShortage} from '../memory-shortage.js';
import {type HostRequest, type LoadResult} from '../protocol.js';
import {HostError} from './failures.js';
import {type Log} from './log.js';

/**
A model in memory, with its one context and sequence.
*/
export type LoadedSession = {
	readonly model: LlamaModel;
	readonly context: LlamaContext;
	readonly sequence: LlamaContextSequence;
	/**
	The chat with its template, which takes half a second to resolve, blocking; so this is done once, at the first call.
	*/
	readonly chat: () => LlamaChat;
	readonly result: LoadResult;
};

const cacheTypes = {f16: 'F16', q8_0: 'Q8_0', q4_0: 'Q4_0'} as const;
// Llama.cpp goes on without the lock.
const lockFailure = /failed to mlock|mlock.*not supported/iv;

/**
Loads a model as the plan says, as far as model and device allow; the result says what was applied. The context never becomes larger than what the model was trained for.
@throws InsufficientMemoryError of node-llama-cpp, or whatever the binding throws for a bad file.
*/
export async function loadModel(modelPath: string, plan: LoadPlan, {heldBytes, availableBytes, log, signal, onProgress}: Pick<Extract<HostRequest, {type: 'load'}>, 'heldBytes' | 'availableBytes'> & {
	readonly log: Log;
	readonly signal: AbortSignal;
	readonly onProgress: (fraction: number) => void;
}): Promise<LoadedSession> {
	const module = await import('node-llama-cpp');
	const llama = await module.getLlama({
		gpu: plan.gpuLayers === 0 ? false : 'auto',
		// The prebuilt binaries come with the packages: never compile, never fetch.
		build: 'never',
		skipDownload: true,
		progressLogs: false,
		maxThreads: plan.threads,
		logLevel: module.LlamaLogLevel.warn,
		logger(_level, message) {
			log.add(message);
		},
	});
	const assertRoom = (gpuLayers: number) => {
		const shortage = memoryShortage(gpuLayers, plan, {heldBytes, availableBytes});
		if (shortage !== undefined) {
			throw new HostError('out_of_memory', shortage);
		}
	};

	assertRoom(llama.gpu === false ? 0 : (plan.gpuLayers === 'auto' ? heldBytes.length - 1 : plan.gpuLayers));
	const model = await llama.loadModel({
		modelPath,
		gpuLayers: gpuLayersOf(plan),
		// What the layers that are chosen automatically have to leave room for.
		defaultContextFlashAttention: plan.flashAttention,
		...defaultCacheOptions(plan.kvCacheType),
		useMmap: plan.memoryMap,
		useMlock: plan.memoryLock,
		loadSignal: signal,
		onLoadProgress: onProgress,
	});
	// How many layers the GPU took is known only now; the cache and the buffers of the others are still to come.
	assertRoom(model.gpuLayers);
	const contextSize = model.trainContextSize > 0 ? Math.min(plan.contextSize, model.trainContextSize) : plan.contextSize;
	const flashAttention = model.flashAttentionSupported ? plan.flashAttention : false;
	// Without flash attention llama.cpp refuses to keep values in fewer bits.
	const kvCacheType = flashAttention === false ? 'f16' : plan.kvCacheType;
	const context = await createContext(model, {
		contextSize,
		batchSize: Math.min(plan.batchSize, contextSize),
		threads: plan.threads,
		flashAttention,
		...cacheOptions(kvCacheType),
		createSignal: signal,
	});
	const sequence = context.getSequence();
	const gpuNames = model.gpuLayers > 0 ? await llama.getGpuDeviceNames() : [];
	let chat: LlamaChat | undefined;
	return {
		model,
		context,
		sequence,
		chat() {
			chat ??= new module.LlamaChat({contextSequence: sequence, chatWrapper: module.resolveChatWrapper(model, {warningLogs: false})});
			return chat;
		},
		result: {
			contextSize: context.contextSize,
			batchSize: context.batchSize,
			gpuLayers: model.gpuLayers,
			kvCacheType,
			flashAttention,
			memoryMap: model.useMmap,
			memoryLock: plan.memoryLock && !lockFailure.test(log.text()),
			expertLayersInMemory: 0,
			trainedContextLength: model.trainContextSize,
			device: model.gpuLayers > 0 && llama.gpu !== false ? `${llama.gpu.toUpperCase()}: ${gpuNames.join(', ')}`.slice(0, 1024) : 'CPU',
		},
	};
}

/**
Experts cannot be kept in memory while the rest of their layer is on the GPU: as many whole layers as fit are put there then.
*/
function gpuLayersOf({gpuLayers, contextSize, expertLayersInMemory}: LoadPlan): NonNullable<LlamaModelOptions['gpuLayers']> {
	return gpuLayers !== 'auto' && (gpuLayers === 0 || expertLayersInMemory === 0) ? gpuLayers : {fitContext: {contextSize}, ...(gpuLayers !== 'auto' && {max: gpuLayers})};
}

/* eslint-disable @typescript-eslint/no-deprecated -- The binding marks these as experimental, because some types and models do not go together: the rules of load plans let only those pass that llama.cpp takes. */

function defaultCacheOptions(type: KvCacheType): Partial<LlamaModelOptions> {
	return {experimentalDefaultContextKvCacheKeyType: cacheTypes[type], experimentalDefaultContextKvCacheValueType: cacheTypes[type]};
}

function cacheOptions(type: KvCacheType): Partial<LlamaContextOptions> {
	return {experimentalKvCacheKeyType: cacheTypes[type], experimentalKvCacheValueType: cacheTypes[type]};
}

/* eslint-enable @typescript-eslint/no-deprecated */

/**
The weights are there and the plan was checked: what a context may still lack is memory. llama.cpp's line that says so may come later than the binding's error, which says nothing.
*/
async function createContext(model: LlamaModel, options: LlamaContextOptions): Promise<LlamaContext> {
	try {
		return await model.createContext(options);
	} catch (error) {
		throw error instanceof Error && error.message === 'Failed to create context'
			? new HostError('out_of_memory', `llama.cpp could not make a context of ${options.contextSize as number} tokens`)
			: error;
	}
}
