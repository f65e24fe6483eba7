/**
What a GGUF file says of itself before its tensor data.
*/
export type GgufHeader = {
	/**
	The file's name, as errors call it.
	*/
	readonly label: string;
	readonly version: number;
	readonly metadata: GgufMetadata;
	readonly tensors: readonly GgufTensor[];
	/**
	Bytes from the start of the file to the first tensor.
	*/
	readonly dataOffset: number;
	readonly alignment: number;
	readonly fileSize: number;
};

/**
A Map, because a key may be `__proto__`.
*/
export type GgufMetadata = ReadonlyMap<string, GgufValue>;

/**
A 64-bit integer is a number where a number holds it exactly, else a bigint.
*/
export type GgufValue = number | bigint | boolean | string | GgufArray | GgufLongString;

/**
Long arrays (vocabularies) are counted and skipped: they have no `values`.
*/
export type GgufArray = {
	readonly kind: 'array';
	readonly elementType: GgufValueType;
	readonly length: number;
	readonly values?: ReadonlyArray<number | bigint | boolean | string>;
};

/**
A string too long to be kept.
*/
export type GgufLongString = {
	readonly kind: 'long-string';
	readonly sizeBytes: number;
};

/**
In the order of their numbers in the file.
*/
export const valueTypes = ['uint8', 'int8', 'uint16', 'int16', 'uint32', 'int32', 'float32', 'bool', 'string', 'array', 'uint64', 'int64', 'float64'] as const;

export type GgufValueType = (typeof valueTypes)[number];

export type GgufTensor = {
	readonly name: string;
	/**
	Elements along each axis; the first is the length of a row.
	*/
	readonly dimensions: readonly number[];
	/**
	For example `Q4_K`.
	*/
	readonly type: string;
	/**
	Bytes from `dataOffset`.
	*/
	readonly offset: number;
	readonly sizeBytes: number;
};
