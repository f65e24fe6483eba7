/**
Of a model with random weights: how large it is in every direction, and in which type its matrices are kept.
*/
export type RandomModelShape = {
	readonly architecture: RandomArchitecture;
	readonly type: 'F16' | 'Q8_0' | 'Q4_K';
	readonly blockCount: number;
	readonly embeddingLength: number;
	readonly feedForwardLength: number;
	readonly vocabularySize: number;
	/**
	Tokens.
	*/
	readonly contextLength: number;
	readonly headCount: number;
	readonly headCountKv: number;
	/**
	Of one head; where nothing else is said, the embedding divided by the heads.
	*/
	readonly headLength?: number;
	/**
	The output head is the token embedding.
	*/
	readonly tiedEmbeddings: boolean;
	readonly experts?: {
		readonly count: number;
		readonly usedCount: number;
		readonly feedForwardLength: number;
	};
	/**
	Tokens; for `gemma3`.
	*/
	readonly slidingWindow?: number;
	/**
	The same seed makes the same file.
	*/
	readonly seed?: number;
};

/**
`llama` is dense, or a mixture where there are experts; `gemma3` slides in five of six layers; `deepseek2` caches a latent; `lfm2` and `qwen35` attend in every fourth layer and keep a state in the others; `mamba` has a state only.
*/
export type RandomArchitecture = 'llama' | 'qwen3moe' | 'gemma3' | 'deepseek2' | 'lfm2' | 'qwen35' | 'mamba';

/**
A tensor to be written: a matrix of the model's type, or one of 32-bit numbers, all of them about `value`.
*/
export type RandomTensor = {
	readonly name: string;
	/**
	The first is the length of a row.
	*/
	readonly dimensions: readonly number[];
	readonly type: RandomModelShape['type'] | 'F32';
	/**
	Of F32 tensors, which are norms and biases: all elements.
	*/
	readonly value?: number;
};
