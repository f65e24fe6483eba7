import {constants, open, type FileHandle} from 'node:fs/promises';
import path from 'node:path';
import {AccessError} from '../../../errors/access-error.js';
import {NotFoundError} from '../../../errors/not-found-error.js';
import {sanitizeLine} from '../../../format/sanitize.js';
import {type Abortable} from '../../../types/abortable.js';
import {type ByteSource} from './byte-source.js';
import {type GgufHeader, type GgufMetadata} from './gguf-header.js';
import {notModelError, unsupportedModelError} from './gguf-errors.js';
import {PieceReader} from './piece-reader.js';
import {readMetadata} from './read-metadata.js';
import {alignUp, assertDataInside, readTensors} from './read-tensors.js';
import {recognizeOther} from './recognize-other.js';

const magic = 'GGUF';
// Magic, version, and the counts of tensors and of metadata entries.
const preambleBytes = 24;
const defaultAlignment = 32;
const largestAlignment = 1024 * 1024;

/**
Reads the header of a GGUF file, versions 2 and 3 (github.com/ggml-org/ggml, docs/gguf.md), with all the checks of llama.cpp and stricter bounds.
Reads in small pieces and keeps neither vocabulary nor merges, so a header of any size costs little memory.
@throws {IntegrityError} `not_a_model`, `broken_model` or `unsupported_model`; {NotFoundError} `file_not_found`; {AccessError} `file_unreadable`.
*/
export async function readGgufHeader(filePath: string, {signal}: Abortable): Promise<GgufHeader> {
	signal.throwIfAborted();
	const label = sanitizeLine(path.basename(filePath));
	const handle = await openFile(filePath);
	try {
		const stats = await handle.stat();
		if (!stats.isFile()) {
			throw notModelError(label, 'it is not a file');
		}

		return await readGgufHeaderFrom(label, toByteSource(handle, stats.size), {signal});
	} finally {
		await handle.close();
	}
}

/**
The same from any source of bytes.
*/
export async function readGgufHeaderFrom(label: string, source: ByteSource, {signal}: Abortable): Promise<GgufHeader> {
	const reader = new PieceReader(label, source, {signal});
	const first = Math.min(preambleBytes, source.size);
	await reader.need(first, 'its first bytes');
	if (first < magic.length) {
		throw notModelError(label, source.size === 0 ? 'it is empty' : 'it is too short');
	}

	const firstText = reader.takeText(magic.length);
	if (firstText !== magic) {
		throw notModelError(label, recognizeOther(firstText + reader.takeText(first - magic.length)));
	}

	await reader.need(preambleBytes - magic.length, 'its first bytes');
	const version = reader.takeUint32();
	assertVersion(reader, label, version);
	const tensorCount = reader.takeLength();
	const metadata = await readMetadata(reader, reader.takeLength());
	const alignment = alignmentOf(reader, metadata);
	const tensors = await readTensors(reader, tensorCount, alignment);
	const dataOffset = tensors.length > 0 ? alignUp(reader.offset, alignment) : reader.offset;
	assertDataInside(reader, tensors, {dataOffset, fileSize: source.size});
	return {
		label, version, metadata, tensors, dataOffset, alignment, fileSize: source.size,
	};
}

async function openFile(filePath: string): Promise<FileHandle> {
	try {
		// Opened for reading only; without O_NONBLOCK, opening a pipe would wait for its writer.
		return await open(filePath, constants.O_NONBLOCK ?? constants.O_RDONLY);
	} catch (error) {
		const {code} = error as NodeJS.ErrnoException;
		const shown = sanitizeLine(filePath);
		if (code === 'ENOENT' || code === 'ENOTDIR') {
			throw new NotFoundError(`There is no file ${shown}.`, {code: 'file_not_found', hint: 'Check the path.', cause: error});
		}

		throw new AccessError(`${shown} cannot be read (${code ?? 'unknown reason'}).`, {code: 'file_unreadable', hint: 'Check its permissions.', cause: error});
	}
}

function toByteSource(handle: FileHandle, size: number): ByteSource {
	return {
		size,
		async read(into, position) {
			const {bytesRead} = await handle.read(into, 0, into.length, position);
			return bytesRead;
		},
	};
}

function assertVersion(reader: PieceReader, label: string, version: number): void {
	if (version === 2 || version === 3) {
		return;
	}

	if (version === 0) {
		throw reader.broken('its version is 0');
	}

	// A small number whose low half is empty was written with the bytes in the other order.
	if (version % 0x1_00_00 === 0) {
		throw unsupportedModelError(label, 'it is written for big-endian machines', 'Choose the little-endian file of the same model.');
	}

	const hint = version === 1 ? 'Choose a newer conversion of the same model.' : 'Update Remuda, or choose another conversion of the model.';
	throw unsupportedModelError(label, `it is GGUF version ${version}, and only 2 and 3 can be run`, hint);
}

function alignmentOf(reader: PieceReader, metadata: GgufMetadata): number {
	const alignment = metadata.get('general.alignment') ?? defaultAlignment;
	if (typeof alignment !== 'number' || alignment < 1 || alignment > largestAlignment || !Number.isSafeInteger(Math.log2(alignment))) {
		throw reader.broken(`general.alignment is ${typeof alignment === 'number' ? `${alignment}, not a power of two within bounds` : 'not a number'}`);
	}

	return alignment;
}
