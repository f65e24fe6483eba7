/**
The bytes of a model's tensors by what they are, because they can lie in different places.
*/
export type ModelWeights = {
	/**
	Only rows of it are looked up; it is always in main memory.
	*/
	readonly tokenEmbeddingBytes: number;
	/**
	In order, as many as the model has blocks.
	*/
	readonly layers: readonly LayerWeights[];
	/**
	The output head with what stands beside it, such as its norm.
	*/
	readonly outputBytes: number;
	/**
	The output head is the token embedding: on a GPU there is a second copy of it.
	*/
	readonly tiedOutput: boolean;
	/**
	Of all that is multiplied with (the layers' matrices, experts, the output head), the bytes by tensor type, for example `Q4_K`: some types are rearranged for the processor when they are loaded.
	*/
	readonly matrixBytes: Readonly<Record<string, number>>;
};

export type LayerWeights = {
	/**
	All but the experts.
	*/
	readonly bytes: number;
	/**
	Of all experts of a mixture together, used or not.
	*/
	readonly expertBytes: number;
};
