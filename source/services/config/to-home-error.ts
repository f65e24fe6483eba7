import {AccessError} from '../../errors/access-error.js';
import {NoSpaceError} from '../../errors/no-space-error.js';
import {RemudaError} from '../../errors/remuda-error.js';
import {sanitizeLine} from '../../format/sanitize.js';

const refused: ReadonlySet<string> = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ENOENT', 'ELOOP', 'ENAMETOOLONG']);
const full: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT']);

/**
What a failed write below Remuda's home means to a person: AccessError `home_unwritable`, NoSpaceError `disk_full`, or RemudaError `write_failed`.
*/
export function toHomeError(error: unknown, path: string): RemudaError {
	if (error instanceof RemudaError) {
		return error;
	}

	const shown = sanitizeLine(path);
	const code = codeOf(error);
	if (refused.has(code)) {
		return new AccessError(`Remuda may not write ${shown} (${code}).`, {
			code: 'home_unwritable',
			hint: 'Make the folder writable, or set REMUDA_HOME to one that is.',
			cause: error,
		});
	}

	if (full.has(code)) {
		return new NoSpaceError(`There is no room left to write ${shown}.`, {
			code: 'disk_full',
			hint: 'Free some space on that volume and try again.',
			cause: error,
		});
	}

	return new RemudaError(`Could not write ${shown}: ${sanitizeLine(error instanceof Error ? error.message : String(error))}`, {
		code: 'write_failed',
		hint: 'Check the disk that holds it, then try again.',
		cause: error,
	});
}

/**
The system's name of an error, for example `ENOENT`; empty for anything else.
*/
export function codeOf(error: unknown): string {
	return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
