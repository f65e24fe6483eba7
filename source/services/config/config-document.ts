import {open, stat} from 'node:fs/promises';
import {AccessError} from '../../errors/access-error.js';
import {RemudaError} from '../../errors/remuda-error.js';
import {UsageError} from '../../errors/usage-error.js';
import {sanitizeLine} from '../../format/sanitize.js';
import {locateJsonError} from './locate-json-error.js';
import {codeOf, toHomeError} from './to-home-error.js';

// A config is a page of text; more is some other file.
const maximumBytes = 1024 * 1024;

/**
What the file says, as parsed JSON and not yet checked; an object without keys when there is no file or nothing in it.
@throws UsageError `broken_config` with line and column, AccessError `config_unreadable` or `home_unwritable`.
*/
export async function readConfigDocument(path: string): Promise<unknown> {
	const text = await readText(path);
	if (text.trim() === '') {
		return {};
	}

	try {
		return JSON.parse(text);
	} catch (error) {
		const position = locateJsonError(text);
		throw broken(path, `is not valid JSON${position === undefined ? '' : ` at line ${position.line}, column ${position.column}`}`, error);
	}
}

async function readText(path: string): Promise<string> {
	const bytes = await readBounded(path);
	if (bytes.length > maximumBytes) {
		throw broken(path, 'is far larger than a config');
	}

	try {
		// Also takes a byte order mark away, which some editors leave.
		return new TextDecoder('utf-8', {fatal: true}).decode(bytes);
	} catch (error) {
		throw broken(path, 'is not UTF-8 text', error);
	}
}

async function readBounded(path: string): Promise<Uint8Array> {
	try {
		// Looked at before it is opened, because opening a named pipe waits for a writer.
		const status = await stat(path);
		if (!status.isFile()) {
			throw broken(path, 'is not a file');
		}

		await using handle = await open(path, 'r');
		const {buffer, bytesRead} = await handle.read({buffer: new Uint8Array(maximumBytes + 1), position: 0});
		return buffer.subarray(0, bytesRead);
	} catch (error) {
		const code = codeOf(error);
		if (code === 'ENOENT') {
			return new Uint8Array();
		}

		// The home, or a folder above it, can be none.
		if (['ENOTDIR', 'ELOOP', 'ENAMETOOLONG'].includes(code)) {
			throw toHomeError(error, path);
		}

		throw error instanceof RemudaError
			? error
			: new AccessError(`Remuda cannot read ${sanitizeLine(path)} (${code}).`, {
				code: 'config_unreadable',
				hint: 'Give yourself permission to read it, or set REMUDA_HOME to another folder.',
				cause: error,
			});
	}
}

/**
A file that says nothing Remuda can use. It is left as it is.
*/
export function broken(path: string, reason: string, cause?: unknown): UsageError {
	return new UsageError(`The config ${sanitizeLine(path)} ${reason}.`, {
		code: 'broken_config',
		hint: 'Correct it there, or move it away to start from the default settings. Remuda left it untouched.',
		cause,
	});
}
