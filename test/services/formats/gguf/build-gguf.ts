import {Buffer} from 'node:buffer';
import {type GgufValueType, valueTypes} from '../../../../source/services/formats/gguf/gguf-header.js';

type Scalar = number | bigint | boolean | string;

export type Entry = readonly [key: string, type: GgufValueType | number, value: Scalar | {readonly elementType: GgufValueType; readonly values: readonly Scalar[]; readonly length?: number | bigint}];

export type Tensor = {
	readonly name: string;
	readonly dimensions: ReadonlyArray<number | bigint>;
	readonly type: number;
	readonly offset: number | bigint;
};

export type Parts = {
	readonly magic?: string;
	readonly version?: number;
	readonly tensorCount?: number | bigint;
	readonly entryCount?: number | bigint;
	readonly entries?: readonly Entry[];
	readonly tensors?: readonly Tensor[];
	/**
	Where the data begins: a multiple of this.
	*/
	readonly alignment?: number;
	readonly dataBytes?: number;
};

/**
Writes a GGUF file by the specification, except where the parts say otherwise.
*/
export function buildGguf({magic = 'GGUF', version = 3, entries = [], tensors = [], alignment = 32, dataBytes = 0, ...counts}: Parts): Uint8Array {
	const head = Buffer.concat([
		Buffer.from(magic),
		uint32(version),
		uint64(counts.tensorCount ?? tensors.length),
		uint64(counts.entryCount ?? entries.length),
		...entries.flatMap(entry => entryBytes(entry)),
		...tensors.flatMap(({name, dimensions, type, offset}) => [
			text(name),
			uint32(dimensions.length),
			...dimensions.map(dimension => uint64(dimension)),
			uint32(type),
			uint64(offset),
		]),
	]);
	const padding = (alignment - (head.length % alignment)) % alignment;
	return Buffer.concat([head, Buffer.alloc(padding + dataBytes)]);
}

/**
Little-endian, 4 bytes.
*/
export function uint32(value: number): Uint8Array {
	const bytes = Buffer.alloc(4);
	bytes.writeUInt32LE(value % (2 ** 32));
	return bytes;
}

/**
Little-endian, 8 bytes; a negative number as its two's complement.
*/
export function uint64(value: number | bigint): Uint8Array {
	const bytes = Buffer.alloc(8);
	bytes.writeBigUInt64LE(BigInt.asUintN(64, BigInt(value)));
	return bytes;
}

/**
A string with its length before it.
*/
export function text(value: string): Uint8Array {
	const bytes = Buffer.from(value);
	return Buffer.concat([uint64(bytes.length), bytes]);
}

function entryBytes([key, type, value]: Entry): Uint8Array[] {
	const head = [text(key), uint32(typeof type === 'number' ? type : valueTypes.indexOf(type))];
	if (typeof type === 'number') {
		return [...head, Buffer.alloc(8)];
	}

	if (typeof value === 'object') {
		const {elementType, values, length = values.length} = value;
		return [...head, uint32(valueTypes.indexOf(elementType)), uint64(length), ...values.map(element => scalarBytes(elementType, element))];
	}

	return [...head, scalarBytes(type, value)];
}

function scalarBytes(type: GgufValueType, value: Scalar): Uint8Array {
	const bytes = Buffer.alloc(8);
	switch (type) {
		case 'string': {
			return text(String(value));
		}

		case 'float32': {
			bytes.writeFloatLE(Number(value));
			return bytes.subarray(0, 4);
		}

		case 'float64': {
			bytes.writeDoubleLE(Number(value));
			return bytes;
		}

		case 'array': {
			return Buffer.concat([uint32(0), uint64(0)]);
		}

		default: {
			const widths: Readonly<Record<string, number>> = {
				uint8: 1, int8: 1, bool: 1, uint16: 2, int16: 2, uint32: 4, int32: 4,
			};
			bytes.writeBigUInt64LE(BigInt.asUintN(64, BigInt(value)));
			return bytes.subarray(0, widths[type] ?? 8);
		}
	}
}
