import {createHash} from 'node:crypto';
import {open, stat} from 'node:fs/promises';
import {AccessError} from '../../errors/access-error.js';
import {sanitizeLine} from '../../format/sanitize.js';
import {type Abortable} from '../../types/abortable.js';
import {type VerifyResult} from '../../types/cache.js';
import {type InstalledFile, type InstalledModel} from '../../types/installed-model.js';
import {codeOf} from '../config/to-home-error.js';

// Large enough for full speed, small enough to hold the event loop for half a millisecond only.
const pieceBytes = 1024 * 1024;

/**
Hashes the files of a model anew and compares, until the first that differs. A file of another length is not read.
*/
export async function verifyFiles(model: InstalledModel, {signal, onProgress}: Abortable & {
	readonly onProgress?: ((doneBytes: number, totalBytes: number) => void) | undefined;
}): Promise<VerifyResult> {
	let done = 0;
	for (const file of model.files) {
		const before = done;
		// eslint-disable-next-line no-await-in-loop -- one disk, one file at a time
		const result = await verifyFile(file, {
			signal,
			onProgress(bytes) {
				onProgress?.(before + bytes, model.sizeBytes);
			},
		});
		if (result.status !== 'ok') {
			return {id: model.id, path: file.path, ...result};
		}

		done += file.sizeBytes;
	}

	return {id: model.id, status: 'ok'};
}

async function verifyFile({path, sizeBytes, checksum}: InstalledFile, options: Abortable & {readonly onProgress: (bytes: number) => void}): Promise<Omit<VerifyResult, 'id' | 'path'>> {
	try {
		const status = await stat(path);
		if (!status.isFile() || status.size !== sizeBytes) {
			return {status: 'changed', expected: `${sizeBytes} bytes`, actual: status.isFile() ? `${status.size} bytes` : 'not a file'};
		}

		const actual = `sha256:${await hashFile(path, options)}`;
		return actual === checksum ? {status: 'ok'} : {status: 'changed', expected: checksum, actual};
	} catch (error) {
		options.signal.throwIfAborted();
		if (['ENOENT', 'ENOTDIR'].includes(codeOf(error))) {
			return {status: 'missing'};
		}

		throw new AccessError(`Remuda could not read ${sanitizeLine(path)} (${codeOf(error)}).`, {
			code: 'file_unreadable',
			hint: 'Give yourself permission to read it, and check the disk that holds it.',
			cause: error,
		});
	}
}

async function hashFile(path: string, {signal, onProgress}: Abortable & {readonly onProgress: (bytes: number) => void}): Promise<string> {
	await using handle = await open(path, 'r');
	const hash = createHash('sha256');
	let done = 0;
	for await (const piece of handle.createReadStream({highWaterMark: pieceBytes, autoClose: false})) {
		signal.throwIfAborted();
		const bytes = piece as Uint8Array;
		hash.update(bytes);
		done += bytes.length;
		onProgress(done);
	}

	return hash.digest('hex');
}
