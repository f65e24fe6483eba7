import {AccessError} from '../../errors/access-error.js';
import {IntegrityError} from '../../errors/integrity-error.js';
import {NoSpaceError} from '../../errors/no-space-error.js';
import {RemudaError} from '../../errors/remuda-error.js';
import {sanitizeLine} from '../../format/sanitize.js';

// Result codes of SQLite, https://sqlite.org/rescode.html; the low byte of an extended one.
const sqliteBusy = 5;
const sqliteLocked = 6;
const sqliteReadOnly = 8;
const sqliteCorrupt = 11;
const sqliteFull = 13;
const sqliteCannotOpen = 14;
const sqlitePermission = 3;
const sqliteNotADatabase = 26;

/**
What a failed call of SQLite means to a person.
*/
export function toStorageError(error: unknown, path: string): RemudaError {
	if (error instanceof RemudaError) {
		return error;
	}

	const shown = sanitizeLine(path);
	switch (resultCode(error)) {
		case sqliteCorrupt:
		case sqliteNotADatabase: {
			return brokenDatabase(path, 'is damaged', error);
		}

		case sqliteBusy:
		case sqliteLocked: {
			return new RemudaError(`Another process keeps ${shown} locked.`, {
				code: 'database_busy',
				hint: 'Wait until the other Remuda is done, or end it, and try again.',
				cause: error,
			});
		}

		case sqliteFull: {
			return new NoSpaceError(`There is no room left to write ${shown}.`, {
				code: 'disk_full',
				hint: 'Free some space on that volume and try again.',
				cause: error,
			});
		}

		case sqliteReadOnly:
		case sqlitePermission:
		case sqliteCannotOpen: {
			return new AccessError(`Remuda may not write ${shown}.`, {
				code: 'home_unwritable',
				hint: 'Make the file and its folder writable, or set REMUDA_HOME to a folder that is.',
				cause: error,
			});
		}

		default: {
			return new RemudaError(`The database ${shown} could not be used: ${sanitizeLine(error instanceof Error ? error.message : String(error))}`, {
				code: 'database_failed',
				hint: 'Check the disk that holds it; remuda doctor tells more.',
				cause: error,
			});
		}
	}
}

/**
A database that Remuda cannot use and must not write to.
*/
export function brokenDatabase(path: string, reason: string, cause?: unknown): IntegrityError {
	return new IntegrityError(`The database ${sanitizeLine(path)} ${reason}.`, {
		code: 'database_broken',
		hint: 'Remuda left it untouched. Move it away to start with a new one; the model files are not part of it and stay where they are.',
		cause,
	});
}

function resultCode(error: unknown): number | undefined {
	return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode % 256 : undefined;
}
