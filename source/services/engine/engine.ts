import {type Abortable} from '../../types/abortable.js';
import {type BenchmarkIteration} from '../../types/benchmark.js';
import {type LoadedModel, type SandboxReport} from '../../types/engine.js';
import {type GenerationProgress, type GenerationRequest, type GenerationResult} from '../../types/generation.js';
import {type InstalledModel} from '../../types/installed-model.js';
import {type LoadPlan} from '../../types/load-plan.js';

/**
Llama.cpp in a child process, the engine host. One model is loaded at a time; loading another unloads the first.
Should the host die, the call in flight rejects with RemudaError `engine_crashed` and the next call starts a new one.
*/
export type Engine = {
	readonly sandbox: () => Promise<SandboxReport>;
	readonly loaded: () => LoadedModel | undefined;
	/**
	Loads a model, unless it is loaded with the same plan already.
	@throws UsageError `invalid_plan`, IntegrityError `broken_model` for a bad file, MemoryError `out_of_memory`.
	*/
	readonly load: (model: InstalledModel, options: Abortable & {
		/**
		Missing fields come from the config.
		*/
		readonly plan?: Partial<LoadPlan>;
		/**
		0–1; may never be called for a tiny model.
		*/
		readonly onProgress?: (fraction: number) => void;
	}) => Promise<LoadedModel>;
	/**
	With the loaded model. Aborting resolves with what was generated and `stopReason: 'abort'`.
	*/
	readonly generate: (request: GenerationRequest, options: Abortable & {
		readonly onProgress?: (progress: GenerationProgress) => void;
	}) => Promise<GenerationResult>;
	/**
	One iteration of a benchmark with the loaded model: no chat template, no cache, no sampling of an early end.
	*/
	readonly measure: (request: {readonly promptTokens: number; readonly generatedTokens: number}, options: Abortable & {
		readonly onProgress?: (generatedTokens: number) => void;
	}) => Promise<BenchmarkIteration>;
	/**
	Highest resident bytes of the host since it started; undefined where the system does not tell.
	*/
	readonly peakMemoryBytes: () => Promise<number | undefined>;
	readonly unload: () => Promise<void>;
	/**
	Keeps the engine for several calls, so that nobody loads another model between them; other calls wait. Inside, only the session is used.
	*/
	readonly exclusive: <Result>(work: (session: EngineSession) => Promise<Result>, options: Abortable) => Promise<Result>;
	/**
	Ends the host; never takes longer than 5 s.
	*/
	readonly close: () => Promise<void>;
};

/**
The engine without its queue.
*/
export type EngineSession = Pick<Engine, 'loaded' | 'load' | 'generate' | 'measure' | 'peakMemoryBytes' | 'unload'>;
