import {Buffer} from 'node:buffer';

const alignment = 32;
const types = {uint32: 4, float32: 6, string: 8} as const;
const tensorTypeInt8 = 24;

/**
Header of a GGUF version 3 file of a tiny llama with one tensor of `elements` bytes, padded to the alignment of the data.
*/
export function ggufHeader({name, elements}: {readonly name: string; readonly elements: number}): Uint8Array {
	const metadata = [
		text('general.architecture', 'llama'),
		text('general.type', 'model'),
		text('general.name', name),
		number('general.file_type', 7),
		number('general.quantization_version', 2),
		number('llama.context_length', 4096),
		number('llama.embedding_length', 256),
		number('llama.block_count', 4),
		number('llama.feed_forward_length', 512),
		number('llama.attention.head_count', 8),
		number('llama.attention.head_count_kv', 4),
		number('llama.rope.dimension_count', 32),
		float('llama.attention.layer_norm_rms_epsilon', 0.00001),
	];
	const header = Buffer.concat([
		Buffer.from('GGUF'),
		uint32(3),
		uint64(1),
		uint64(metadata.length),
		...metadata,
		string('generated.weight'),
		uint32(1),
		uint64(elements),
		uint32(tensorTypeInt8),
		uint64(0),
	]);
	return Buffer.concat([header, Buffer.alloc((alignment - (header.length % alignment)) % alignment)]);
}

function text(key: string, value: string): Uint8Array {
	return Buffer.concat([string(key), uint32(types.string), string(value)]);
}

function number(key: string, value: number): Uint8Array {
	return Buffer.concat([string(key), uint32(types.uint32), uint32(value)]);
}

function float(key: string, value: number): Uint8Array {
	const bytes = Buffer.alloc(4);
	bytes.writeFloatLE(value);
	return Buffer.concat([string(key), uint32(types.float32), bytes]);
}

function string(value: string): Uint8Array {
	const bytes = Buffer.from(value);
	return Buffer.concat([uint64(bytes.length), bytes]);
}

function uint32(value: number): Uint8Array {
	const bytes = Buffer.alloc(4);
	bytes.writeUInt32LE(value);
	return bytes;
}

function uint64(value: number): Uint8Array {
	const bytes = Buffer.alloc(8);
	bytes.writeBigUInt64LE(BigInt(value));
	return bytes;
}
