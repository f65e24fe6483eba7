import {AccessError} from '../../../errors/access-error.js';
import {NoSpaceError} from '../../../errors/no-space-error.js';
import {RemudaError} from '../../../errors/remuda-error.js';
import {noSpace} from './free-space.js';

/**
What a failed access to the disk means. Nothing of the path is told: it names the user. Other errors pass through.
*/
export function toDiskError(error: unknown): unknown {
	const code = codeOf(error);
	if (error instanceof RemudaError || code === undefined) {
		return error;
	}

	switch (code) {
		case 'ENOSPC':
		case 'EDQUOT': {
			return noSpace('The disk of the models is full.', {cause: error});
		}

		case 'EFBIG': {
			return new NoSpaceError('The disk of the models does not take files as large as this one.', {
				code: 'file_too_large',
				hint: 'Set models_directory to a folder on another volume, or raise the limit of the file size (ulimit -f).',
				cause: error,
			});
		}

		case 'EACCES':
		case 'EPERM':
		case 'EROFS': {
			return new AccessError(`The models folder cannot be written (${code}).`, {
				code: 'models_unwritable',
				hint: 'Give yourself permission to write there, or set models_directory to another folder.',
				cause: error,
			});
		}

		default: {
			return new RemudaError(`The models folder cannot be used (${code}).`, {
				code: 'disk_failed',
				hint: 'Check the disk and the models folder, then resume the download.',
				cause: error,
			});
		}
	}
}

/**
The code of a failed system call, for example `ENOSPC`.
*/
export function codeOf(error: unknown): string | undefined {
	return error instanceof Error && 'code' in error && 'syscall' in error && typeof error.code === 'string' ? error.code : undefined;
}
