/**
What of a machine decides its speed; only names are needed, figures win over what the tables say of a name.
*/
export type SpeedMachine = {
	/**
	All GPUs that share the model's layers; none for the CPU alone.
	*/
	readonly gpus: readonly SpeedGpu[];
	readonly cpu?: SpeedCpu;
};

export type SpeedGpu = {
	readonly name: string;
	readonly memoryBytes?: number;
	/**
	Peak memory bandwidth in 10⁹ bytes per second.
	*/
	readonly bandwidthGBs?: number;
	/**
	FP32 in 10¹² operations per second.
	*/
	readonly teraflops?: number;
	readonly unifiedMemory?: boolean;
};

export type SpeedCpu = {
	readonly name: string;
	readonly physicalCores?: number;
	/**
	Peak in 10⁹ bytes per second.
	*/
	readonly memoryBandwidthGBs?: number;
	/**
	For example `DDR5-5600`; with `memoryChannels` (of 64 bits; two if not said) it gives the bandwidth.
	*/
	readonly memory?: string;
	readonly memoryChannels?: number;
};

/**
What of a model decides its speed.
*/
export type SpeedModel = {
	/**
	Of the file, all shards.
	*/
	readonly weightsBytes: number;
	/**
	Bytes of weights read for one token; all of them, or for a mixture of experts the share of the active parameters.
	*/
	readonly activeBytes?: number;
	readonly parameters: number;
	/**
	Of a mixture of experts.
	*/
	readonly activeParameters?: number;
	readonly mixtureOfExperts?: boolean;
	/**
	Estimated from the parameters if not known.
	*/
	readonly layers?: number;
	/**
	Of all layers that keep keys and values, for one token of context, in the type that the cache has.
	*/
	readonly kvBytesPerToken?: number;
	/**
	For example `Q4_K_M`.
	*/
	readonly quantization: string;
	/**
	`general.architecture` of the GGUF header, for example `qwen35moe`.
	*/
	readonly architecture?: string;
};

/**
How the model is run.
*/
export type SpeedPlan = {
	/**
	`auto` puts as many layers on the GPU as its memory holds.
	*/
	readonly placement: 'gpu' | 'cpu' | 'split' | 'auto';
	/**
	Layers on the GPU, of a split.
	*/
	readonly gpuLayers?: number;
	/**
	Layers whose experts stay in main memory (`--n-cpu-moe`).
	*/
	readonly expertLayersOnCpu?: number;
	/**
	Tokens in the context while generating.
	*/
	readonly depthTokens: number;
	/**
	Tokens of the prompt that the time to first token is about; 512 if not said.
	*/
	readonly promptTokens?: number;
	/**
	Tokens of the prompt computed at once; 512 if not said.
	*/
	readonly batch?: number;
	readonly contextSize?: number;
	readonly threads?: number;
	/**
	An Ollama server answers, not llama.cpp itself.
	*/
	readonly ollama?: boolean;
	/**
	The llama.cpp is from before 2025, slower by a few percent.
	*/
	readonly oldEngine?: boolean;
};
