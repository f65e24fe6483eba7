/**
What decides a model's memory use besides its weights; named after the GGUF keys `{arch}.*`.
*/
export type ModelArchitecture = {
	/**
	GGUF `general.architecture`, for example `qwen2`.
	*/
	readonly name: string;
	readonly blockCount: number;
	readonly embeddingLength: number;
	readonly headCount: number;
	/**
	One number for all layers, or one per layer.
	*/
	readonly headCountKv: number | readonly number[];
	readonly keyLength: number;
	/**
	0 where only keys are cached (latent attention).
	*/
	readonly valueLength: number;
	readonly feedForwardLength?: number;
	readonly vocabularySize?: number;
	readonly expertCount?: number;
	readonly expertUsedCount?: number;
	/**
	Of one expert.
	*/
	readonly expertFeedForwardLength?: number;
	/**
	Of a mixture of experts: so many of the first layers have none.
	*/
	readonly leadingDenseBlockCount?: number;
	/**
	Layers that own a KV cache, where fewer than `blockCount`.
	*/
	readonly attentionBlockCount?: number;
	/**
	Of a hybrid: every n-th layer attends.
	*/
	readonly attentionInterval?: number;
	/**
	Layers that keep a state of constant length, in place of a cache or, in every layer, beside one.
	*/
	readonly recurrent?: {
		/**
		Numbers that one layer keeps.
		*/
		readonly stateLength: number;
		readonly innerLength: number;
		readonly inEveryLayer: boolean;
	};
	/**
	Tokens that a layer with a sliding window sees.
	*/
	readonly slidingWindow?: number;
	/**
	Which layers slide: one flag for each, or a number n where all but every n-th do. Without it none is counted on to do so.
	*/
	readonly slidingPattern?: number | readonly boolean[];
	/**
	Of the layers that slide, where it is another one.
	*/
	readonly slidingKeyLength?: number;
	readonly slidingValueLength?: number;
};
