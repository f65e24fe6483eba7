import {quoteFromFile} from './gguf-errors.js';
import {
	type GgufArray,
	type GgufMetadata,
	type GgufValue,
	type GgufValueType,
	valueTypes,
} from './gguf-header.js';
import {type PieceReader} from './piece-reader.js';

// The specification's limit of a key.
const longestKey = 65_535;
// The number of layers llama.cpp knows (LLAMA_MAX_LAYERS): what is longer is a vocabulary.
const longestKeptArray = 512;
const longestKeptString = 1024 * 1024;
// Keys and kept strings of one file; far above any real model.
const keptBytesBudget = 32 * 1024 * 1024;
// A vocabulary has less than a million tokens.
const mostStrings = 2 ** 24;
// A key's length, one byte of key, the value's type, and a value.
const smallestEntry = 14;
const mostEntries = 65_536;

type Scalar = {
	readonly bytes: number;
	readonly take: (reader: PieceReader) => number | bigint | boolean;
};

const scalars: Readonly<Record<Exclude<GgufValueType, 'string' | 'array'>, Scalar>> = {
	uint8: {bytes: 1, take: reader => reader.takeUint8()},
	int8: {bytes: 1, take: reader => reader.takeInt8()},
	uint16: {bytes: 2, take: reader => reader.takeUint16()},
	int16: {bytes: 2, take: reader => reader.takeInt16()},
	uint32: {bytes: 4, take: reader => reader.takeUint32()},
	int32: {bytes: 4, take: reader => reader.takeInt32()},
	float32: {bytes: 4, take: reader => reader.takeFloat32()},
	bool: {bytes: 1, take: reader => reader.takeBoolean()},
	uint64: {bytes: 8, take: reader => toNumberIfExact(reader.takeUint64())},
	int64: {bytes: 8, take: reader => toNumberIfExact(reader.takeInt64())},
	float64: {bytes: 8, take: reader => reader.takeFloat64()},
};

/**
Reads `count` key-value pairs: unique keys, no nested arrays, every length within the file.
Memory stays bounded: long arrays and long strings are counted and skipped.
*/
export async function readMetadata(reader: PieceReader, count: number): Promise<GgufMetadata> {
	if (count > mostEntries || count * smallestEntry > reader.remaining) {
		throw reader.broken(`it announces ${count} metadata entries`);
	}

	const metadata = new Map<string, GgufValue>();
	const budget = {bytes: keptBytesBudget};
	for (let index = 0; index < count; index++) {
		/* eslint-disable no-await-in-loop -- An entry begins where the last one ends. */
		const key = await readKey(reader, index);
		if (metadata.has(key)) {
			throw reader.broken(`the metadata key ${quoteFromFile(key)} is there twice`);
		}

		budget.bytes -= key.length;
		if (budget.bytes < 0) {
			throw reader.broken('its metadata is too large');
		}

		await reader.need(4, 'its metadata');
		metadata.set(key, await readValue(reader, readType(reader, key), key, budget));
		/* eslint-enable no-await-in-loop */
	}

	return metadata;
}

type Budget = {bytes: number};

async function readKey(reader: PieceReader, index: number): Promise<string> {
	await reader.need(8, 'its metadata');
	const length = reader.takeLength();
	if (length === 0 || length > longestKey) {
		throw reader.broken(`the key of metadata entry ${index} has ${length} bytes`);
	}

	await reader.need(length, 'its metadata');
	return reader.takeName(length, `the key of metadata entry ${index}`);
}

function readType(reader: PieceReader, key: string): GgufValueType {
	const number = reader.takeUint32();
	const type = valueTypes[number];
	if (type === undefined) {
		throw reader.broken(`${quoteFromFile(key)} has the unknown type ${number}`);
	}

	// Llama.cpp takes an alignment of this type only.
	if (key === 'general.alignment' && type !== 'uint32') {
		throw reader.broken(`general.alignment is of type ${type}`);
	}

	return type;
}

async function readValue(reader: PieceReader, type: GgufValueType, key: string, budget: Budget): Promise<GgufValue> {
	if (type === 'string') {
		return readString(reader, key, budget);
	}

	if (type === 'array') {
		return readArray(reader, key, budget);
	}

	const {bytes, take} = scalars[type];
	await reader.need(bytes, quoteFromFile(key));
	return take(reader);
}

async function readString(reader: PieceReader, key: string, budget: Budget): Promise<GgufValue> {
	await reader.need(8, quoteFromFile(key));
	const length = reader.takeLength();
	reader.assertRemaining(length, quoteFromFile(key));
	if (length > longestKeptString || length > budget.bytes) {
		reader.skip(length, quoteFromFile(key));
		return {kind: 'long-string', sizeBytes: length};
	}

	budget.bytes -= length;
	await reader.need(length, quoteFromFile(key));
	return reader.takeText(length);
}

async function readArray(reader: PieceReader, key: string, budget: Budget): Promise<GgufArray> {
	await reader.need(12, quoteFromFile(key));
	const elementType = readType(reader, key);
	const length = reader.takeLength();
	if (elementType === 'array') {
		throw reader.broken(`${quoteFromFile(key)} is an array of arrays`);
	}

	if (elementType === 'string') {
		return readStrings(reader, length, key, budget);
	}

	const {bytes, take} = scalars[elementType];
	reader.assertRemaining(length * bytes, quoteFromFile(key));
	if (length > longestKeptArray) {
		reader.skip(length * bytes, quoteFromFile(key));
		return {kind: 'array', elementType, length};
	}

	await reader.need(length * bytes, quoteFromFile(key));
	return {
		kind: 'array', elementType, length, values: Array.from({length}, () => take(reader)),
	};
}

async function readStrings(reader: PieceReader, length: number, key: string, budget: Budget): Promise<GgufArray> {
	// Once, and not for each of the 248,000.
	const what = quoteFromFile(key);
	if (length > mostStrings) {
		throw reader.broken(`${what} announces ${length} strings`);
	}

	reader.assertRemaining(length * 8, what);
	const values: string[] = [];
	let isKept = length <= longestKeptArray;
	for (let index = 0; index < length; index++) {
		if (!reader.has(8)) {
			// eslint-disable-next-line no-await-in-loop -- A string begins where the last one ends.
			await reader.need(8, what);
		}

		const stringLength = reader.takeLength();
		isKept &&= stringLength <= longestKeptString && stringLength <= budget.bytes;
		if (isKept) {
			// eslint-disable-next-line no-await-in-loop -- See above.
			await reader.need(stringLength, what);
			budget.bytes -= stringLength;
			values.push(reader.takeText(stringLength));
		} else {
			reader.skip(stringLength, what);
		}
	}

	return {
		kind: 'array', elementType: 'string', length, ...(isKept && {values}),
	};
}

function toNumberIfExact(value: bigint): number | bigint {
	const number = Number(value);
	return Number.isSafeInteger(number) ? number : value;
}
