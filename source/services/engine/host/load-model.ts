import process from 'node:process';
import {
	type LlamaChat,
	type LlamaContext,
	type LlamaContextSequence,
	type LlamaModel,
} from 'node-llama-cpp';
import {formatBytes} from '../../../format/bytes.js';
import {type LoadPlan} from '../../../types/load-plan.js';
import {type LoadResult} from '../protocol.js';
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

/**
Loads a model as the plan says. The context never becomes larger than what the model was trained for.
@throws InsufficientMemoryError of node-llama-cpp, or whatever the binding throws for a bad file.
*/
export async function loadModel(modelPath: string, plan: LoadPlan, {contextBytes, log, signal, onProgress}: {
	readonly contextBytes: number;
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
	// Linux promises memory that it does not have, and ends the process that then uses it: llama.cpp would not notice.
	if (llama.gpu === false && contextBytes > process.availableMemory()) {
		throw new HostError('out_of_memory', `A context of ${plan.contextSize} tokens takes ${formatBytes(contextBytes)}, and ${formatBytes(process.availableMemory())} are available.`);
	}

	const model = await llama.loadModel({
		modelPath,
		gpuLayers: plan.gpuLayers === 'auto' ? {fitContext: {contextSize: plan.contextSize}} : plan.gpuLayers,
		useMmap: plan.memoryMap,
		useMlock: plan.memoryLock,
		loadSignal: signal,
		onLoadProgress: onProgress,
	});
	const contextSize = model.trainContextSize > 0 ? Math.min(plan.contextSize, model.trainContextSize) : plan.contextSize;
	const context = await model.createContext({
		contextSize,
		batchSize: Math.min(plan.batchSize, contextSize),
		threads: plan.threads,
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
			trainedContextLength: model.trainContextSize,
			device: model.gpuLayers > 0 && llama.gpu !== false ? `${llama.gpu.toUpperCase()}: ${gpuNames.join(', ')}`.slice(0, 1024) : 'CPU',
		},
	};
}
