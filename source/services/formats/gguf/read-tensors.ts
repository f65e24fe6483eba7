import {quoteFromFile} from './gguf-errors.js';
import {type GgufTensor} from './gguf-header.js';
import {type PieceReader} from './piece-reader.js';
import {tensorTypes} from './tensor-types.js';

// GGML_MAX_NAME and GGML_MAX_DIMS.
const longestName = 63;
const mostDimensions = 4;
// Far above any real model, whose experts share one tensor.
const mostTensors = 100_000;
// Length of the name, one byte of name, number of dimensions, type and offset.
const smallestTensor = 25;
const largestInt64 = 0x7F_FF_FF_FF_FF_FF_FF_FFn;

/**
Reads the descriptions of `count` tensors: unique names, sizes that do not overflow, and data that follows without a gap.
Whether the data is inside the file is checked once the place of the data is known: `assertDataInside`.
*/
export async function readTensors(reader: PieceReader, count: number, alignment: number): Promise<GgufTensor[]> {
	if (count > mostTensors || count * smallestTensor > reader.remaining) {
		throw reader.broken(`it announces ${count} tensors`);
	}

	const names = new Set<string>();
	const tensors: GgufTensor[] = [];
	let expectedOffset = 0;
	for (let index = 0; index < count; index++) {
		// eslint-disable-next-line no-await-in-loop -- A description begins where the last one ends.
		const tensor = await readTensor(reader, index);
		const {name, offset, sizeBytes} = tensor;
		if (names.has(name)) {
			throw reader.broken(`the tensor ${quoteFromFile(name)} is there twice`);
		}

		if (offset !== expectedOffset) {
			throw reader.broken(`the data of the tensor ${quoteFromFile(name)} begins at ${offset} instead of ${expectedOffset}`);
		}

		expectedOffset = alignUp(offset + sizeBytes, alignment);
		names.add(name);
		tensors.push(tensor);
	}

	return tensors;
}

/**
Checks that the file holds the data of all its tensors.
@throws {IntegrityError} `broken_model` where the file ends before the data of its tensors, as a download that was cut short does.
*/
export function assertDataInside(reader: PieceReader, tensors: readonly GgufTensor[], {dataOffset, fileSize}: {dataOffset: number; fileSize: number}): void {
	for (const {name, offset, sizeBytes} of tensors) {
		if (dataOffset + offset + sizeBytes > fileSize) {
			throw reader.broken(`it ends in the data of the tensor ${quoteFromFile(name)}: ${fileSize} bytes instead of at least ${dataOffset + offset + sizeBytes}`);
		}
	}
}

export function alignUp(bytes: number, alignment: number): number {
	return Math.ceil(bytes / alignment) * alignment;
}

async function readTensor(reader: PieceReader, index: number): Promise<GgufTensor> {
	await reader.need(8, 'its tensor table');
	const nameLength = reader.takeLength();
	if (nameLength === 0 || nameLength > longestName) {
		throw reader.broken(`the name of tensor ${index} has ${nameLength} bytes`);
	}

	await reader.need(nameLength + 4, 'its tensor table');
	const name = reader.takeName(nameLength, `the name of tensor ${index}`);
	const dimensionCount = reader.takeUint32();
	if (dimensionCount > mostDimensions) {
		throw reader.broken(`the tensor ${quoteFromFile(name)} has ${dimensionCount} dimensions`);
	}

	await reader.need((dimensionCount * 8) + 12, 'its tensor table');
	const dimensions = Array.from({length: dimensionCount}, () => reader.takeUint64());
	const typeNumber = reader.takeUint32();
	const offset = reader.takeLength();
	return {
		name,
		dimensions: dimensions.map(Number),
		...measure(reader, name, dimensions, typeNumber),
		offset,
	};
}

function measure(reader: PieceReader, name: string, dimensions: readonly bigint[], typeNumber: number): {type: string; sizeBytes: number} {
	const type = tensorTypes.get(typeNumber);
	if (type === undefined) {
		throw reader.broken(`the tensor ${quoteFromFile(name)} has the unknown type ${typeNumber}`);
	}

	const elements = dimensions.reduce((product, dimension) => product * dimension, 1n);
	if (elements > largestInt64 || dimensions.some(dimension => dimension > largestInt64)) {
		throw reader.broken(`the tensor ${quoteFromFile(name)} has too many elements`);
	}

	const rowLength = dimensions[0] ?? 1n;
	if (rowLength % BigInt(type.blockLength) !== 0n) {
		throw reader.broken(`the rows of the tensor ${quoteFromFile(name)} have ${rowLength} elements, which ${type.name} cannot hold`);
	}

	const sizeBytes = Number(elements / BigInt(type.blockLength) * BigInt(type.blockBytes));
	if (!Number.isSafeInteger(sizeBytes)) {
		throw reader.broken(`the tensor ${quoteFromFile(name)} is too large`);
	}

	return {type: type.name, sizeBytes};
}
