import {open, type FileHandle} from 'node:fs/promises';
import {buildGguf} from '../../services/formats/gguf/build-gguf.js';
import {metadataOf} from './metadata.js';
import {type RandomModelShape} from './shape.js';
import {createTensorData, layouts, sizeOf} from './tensor-data.js';
import {tensorsOf} from './tensors.js';

const alignment = 32;

/**
Writes a model that llama.cpp loads and computes with, with random weights: its output is gibberish, its size and speed are real. Returns its size in bytes.
*/
export async function writeRandomModel(path: string, shape: RandomModelShape): Promise<number> {
	const tensors = tensorsOf(shape);
	const offsets = [0];
	for (const tensor of tensors) {
		offsets.push(offsets.at(-1)! + padded(sizeOf(tensor)));
	}

	const head = buildGguf({
		entries: metadataOf(shape),
		tensors: tensors.map((tensor, index) => ({
			name: tensor.name, dimensions: tensor.dimensions, type: layouts[tensor.type].id, offset: offsets[index]!,
		})),
		alignment,
	});
	const dataOf = createTensorData(shape.seed ?? 1);
	const file = await open(path, 'w');
	try {
		await writeAll(file, head, 0);
		for (const [index, tensor] of tensors.entries()) {
			// One after the other, so that only one tensor is in memory.
			// eslint-disable-next-line no-await-in-loop
			await writeAll(file, dataOf(tensor), head.length + offsets[index]!);
		}

		const size = head.length + offsets.at(-1)!;
		await file.truncate(size);
		return size;
	} finally {
		await file.close();
	}
}

async function writeAll(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
	for (let written = 0; written < bytes.length;) {
		// eslint-disable-next-line no-await-in-loop
		const {bytesWritten} = await file.write(bytes, written, bytes.length - written, position + written);
		written += bytesWritten;
	}
}

function padded(size: number): number {
	return Math.ceil(size / alignment) * alignment;
}
