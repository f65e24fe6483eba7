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
	readonly attention?: SpeedAttention;
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
What attention computes for each token of context, which keys and values that are shared between heads do not make less.
*/
export type SpeedAttention = {
	/**
	Numbers of a query, of all layers that attend: layers × heads × length of a head.
	*/
	readonly queryLength: number;
	readonly headLength: number;
	/**
	Keys and values are kept in fewer than 16 bits.
	*/
	readonly quantizedCache: boolean;
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
	/**
	Milliseconds that the program around llama.cpp takes for each generated token: sampling, handing over. Of published figures it is in the constants.
	*/
	readonly overheadMs?: number;
};
