/**
What the keys and values of the context are kept as. 8 and 4 bits take about a half and a quarter of the memory of 16; they need flash attention.
*/
export type KvCacheType = 'f16' | 'q8_0' | 'q4_0';

/**
How a model is loaded.
*/
export type LoadPlan = {
	/**
	Tokens.
	*/
	readonly contextSize: number;
	/**
	Layers put on the GPU; 0 is none, `auto` leaves it to the engine.
	*/
	readonly gpuLayers: number | 'auto';
	/**
	Tokens of a prompt that are computed at once. The binding makes llama.cpp's micro-batch (`n_ubatch`) the same, so there is one number for both (AddonContext.cpp of node-llama-cpp).
	*/
	readonly batchSize: number;
	/**
	Never all cores: under Node that costs most of the speed.
	*/
	readonly threads: number;
	readonly kvCacheType: KvCacheType;
	/**
	`auto` uses it where model and device support it.
	*/
	readonly flashAttention: 'auto' | boolean;
	/**
	Weights are read from the file as they are needed, and the system may drop them again; without it they are copied into memory of the process.
	*/
	readonly memoryMap: boolean;
	/**
	Weights may not be swapped out or dropped.
	*/
	readonly memoryLock: boolean;
	/**
	Of a mixture of experts: layers whose experts stay in main memory while the rest is on the GPU (`--n-cpu-moe` of llama.cpp). The engine host cannot do that and puts fewer layers on the GPU instead.
	*/
	readonly expertLayersInMemory: number;
};

/**
What is to be made the best of.
*/
export type PlanGoal = 'performance' | 'memory' | 'quality';

/**
One thing that is wrong, or not as good as it could be, with a plan for a model on a machine.
*/
export type PlanFinding = {
	readonly field: keyof LoadPlan;
	/**
	With an error the model would not load, or not as the plan says.
	*/
	readonly severity: 'error' | 'warning';
	/**
	A sentence.
	*/
	readonly message: string;
	/**
	What to do, as a sentence.
	*/
	readonly suggestion: string;
	/**
	The part of a plan that would put it right, where there is one.
	*/
	readonly change?: Partial<LoadPlan>;
};

/**
A plan kept for a model, for all its loads.
*/
export type StoredPlan = {
	readonly modelId: string;
	readonly plan: LoadPlan;
	readonly goal: PlanGoal;
	/**
	ISO 8601.
	*/
	readonly savedAt: string;
};

/**
What a model is for, as far as its header and name tell.
*/
export type ModelKind = 'chat' | 'code' | 'embedding' | 'reasoning' | 'vision';
