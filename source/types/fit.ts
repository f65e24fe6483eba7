import {type LoadPlan} from './load-plan.js';
import {type ModelArchitecture} from './model-architecture.js';
import {type ModelWeights} from './model-weights.js';

/**
What a fit is computed from.
*/
export type FitSubject = {
	readonly weightBytes: number;
	readonly architecture?: ModelArchitecture;
	/**
	Where the header of the file is at hand; without it the weights are taken to be spread evenly over the layers.
	*/
	readonly weights?: ModelWeights;
	/**
	Tokens.
	*/
	readonly contextLength: number;
	/**
	All its numbers, and of a mixture of experts those used for one token, as its maker tells them.
	*/
	readonly parameters?: number;
	readonly activeParameters?: number;
};

/**
How the model is to be loaded, as far as that decides what it takes. What is left out is as Remuda loads by itself. The output is put on the GPU first, then the layers from the last one backwards.
*/
export type FitPlan = Partial<Pick<LoadPlan, 'kvCacheType' | 'flashAttention' | 'batchSize' | 'gpuLayers' | 'expertLayersInMemory' | 'memoryMap'>>;

export type MemoryPlace = 'gpu' | 'memory';

/**
`weights` are those outside of experts; `engine` is the engine host itself, before it loads anything.
*/
export type MemoryPart = 'weights' | 'experts' | 'cache' | 'state' | 'compute' | 'engine';

export type MemoryLine = {
	/**
	For example `weights`, `KV cache at 4,096 tokens`.
	*/
	readonly label: string;
	readonly bytes: number;
	readonly part: MemoryPart;
	readonly place: MemoryPlace;
};

/**
What a model needs, as a sum whose lines can be shown.
*/
export type MemoryNeed = {
	readonly lines: readonly MemoryLine[];
	readonly totalBytes: number;
	/**
	The sum of the lines of each place.
	*/
	readonly gpuBytes: number;
	readonly memoryBytes: number;
	/**
	Of `memoryBytes`, what the system cannot take back: all but weights that stay mapped from the file, which it can drop and read again.
	*/
	readonly heldBytes: number;
	/**
	Besides: the file's pages of weights that were copied out of it and rearranged for the processor. The process shows them while nobody else needs the room.
	*/
	readonly reclaimableBytes: number;
	/**
	The architecture was not known and a rule of thumb stands in for it.
	*/
	readonly approximate: boolean;
	/**
	What the need was before earlier loads on this machine corrected it.
	*/
	readonly correction?: {
		readonly uncorrectedBytes: number;
		/**
		How many times what the rules say all but the weights takes.
		*/
		readonly factor: number;
		/**
		Loads it was learnt from.
		*/
		readonly loads: number;
	};
};

/**
`gpu`: wholly in VRAM, of one GPU or of several; `split`: some layers in VRAM and the rest in main memory; `memory`: in main memory; `tight`: only by using the margin kept free; `less-context`: only with fewer tokens than wanted; `none`: not at all.
*/
export type FitLevel = 'gpu' | 'split' | 'memory' | 'tight' | 'less-context' | 'none';

export type FitVerdict = {
	readonly level: FitLevel;
	/**
	Of the plan below: at fewer tokens where the level is `less-context`, else at those wanted.
	*/
	readonly need: MemoryNeed;
	/**
	Of the place the level speaks of; GPU and memory together where it is `split`.
	*/
	readonly availableBytes: number;
	readonly marginBytes: number;
	/**
	Bytes that are missing where the level is `none`.
	*/
	readonly shortBytes: number;
	/**
	The largest context up to the wanted one that fits; 0 where none does.
	*/
	readonly contextLength: number;
	readonly wantedContextLength: number;
	/**
	Layers on the GPU, of how many; the output counts as one more.
	*/
	readonly gpuLayers: number;
	readonly layerCount: number;
	/**
	Of a mixture of experts that does not fit wholly on the GPU: with the experts of so many layers in main memory everything else would. The engine host cannot load it so; other programs of llama.cpp can (`--n-cpu-moe`).
	*/
	readonly expertLayersInMemory?: number;
	/**
	One sentence for a person.
	*/
	readonly reason: string;
	/**
	What would help, as sentences; the most useful first.
	*/
	readonly advice: readonly string[];
	/**
	Where it does not fit, but only because of weights that can be read from the disk again and again, as the file is mapped: what that will cost, in words.
	*/
	readonly streamable?: {readonly cost: string};
};

/**
What a load was expected to take and what it took, of this machine.
*/
export type MemoryMeasurement = {
	readonly modelId: string;
	readonly plan: LoadPlan;
	/**
	Its processor and memory, because a home may be shared by machines.
	*/
	readonly machine: string;
	/**
	The weights of the estimate, which are exact and need no correction.
	*/
	readonly weightBytes: number;
	/**
	All of the engine host in main memory: anonymous pages and those of mapped files that it touched.
	*/
	readonly estimatedBytes: number;
	readonly measuredBytes: number;
	/**
	In the memory of GPUs, where there are any.
	*/
	readonly estimatedVramBytes?: number;
	readonly measuredVramBytes?: number;
	/**
	ISO 8601.
	*/
	readonly measuredAt: string;
};
