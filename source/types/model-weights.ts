/**
The bytes of a model's tensors by what they are, because they can lie in different places.
*/
export type ModelWeights = {
	readonly tokenEmbeddingBytes: number;
	/**
	In order, as many as the model has blocks.
	*/
	readonly layers: readonly LayerWeights[];
	/**
	The output head with what stands before and beside it, such as its norm; without a head of its own the model uses its token embedding.
	*/
	readonly outputBytes: number;
	/**
	The output head is the token embedding.
	*/
	readonly tiedOutput: boolean;
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
