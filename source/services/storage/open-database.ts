import {open, stat} from 'node:fs/promises';
import {dirname} from 'node:path';
import {type DatabaseSync} from 'node:sqlite';
import {UsageError} from '../../errors/usage-error.js';
import {sanitizeLine} from '../../format/sanitize.js';
import {makeFolder} from '../config/make-folder.js';
import {codeOf, toHomeError} from '../config/to-home-error.js';
import {loadSqlite} from './load-sqlite.js';
import {brokenDatabase, toStorageError} from './to-storage-error.js';
import {busyTimeoutMs, whileBusy} from './while-busy.js';

// “Rmda” in the header's application id tells Remuda's files from those of other programs: https://sqlite.org/pragma.html#pragma_application_id
const appId = 0x52_6D_64_61;
const databaseVersion = 1;
// The check takes about a millisecond per megabyte, at every start; a larger file is checked by the doctor only.
const checkedBytes = 8 * 1024 * 1024;

/**
Opens the database, makes a new one where there is none, and makes sure that it is one this program may write to. A file it refuses is not changed.
@throws IntegrityError `database_broken`, UsageError `database_version`, AccessError `home_unwritable`, NoSpaceError `disk_full`.
*/
export async function openDatabase(path: string): Promise<DatabaseSync> {
	await ensureFile(path);
	const {DatabaseSync} = await loadSqlite();
	return whileBusy(async () => openChecked(DatabaseSync, path));
}

function openChecked(Database: typeof DatabaseSync, path: string): DatabaseSync {
	let database: DatabaseSync | undefined;
	try {
		database = new Database(path, {timeout: busyTimeoutMs});
		checkOwner(database, path);
		checkStructure(database, path);
		database.exec('PRAGMA journal_mode = WAL');
		claim(database);
		return database;
	} catch (error) {
		database?.close();
		throw toStorageError(error, path);
	}
}

// The conversations are in it: created for its owner only, whatever the umask. SQLite gives its companions the same mode.
async function ensureFile(path: string): Promise<void> {
	try {
		await makeFolder(dirname(path), {mode: 0o700});
		// A pipe would wait for a reader, so look before opening.
		if (await isOtherThanFile(path)) {
			throw brokenDatabase(path, 'is not a file');
		}

		await using handle = await open(path, 'a', 0o600);
		await handle.stat();
	} catch (error) {
		throw toHomeError(error, path);
	}
}

async function isOtherThanFile(path: string): Promise<boolean> {
	try {
		const status = await stat(path);
		return !status.isFile();
	} catch (error) {
		if (codeOf(error) === 'ENOENT') {
			return false;
		}

		throw error;
	}
}

function checkOwner(database: DatabaseSync, path: string): void {
	const owner = readNumber(database, 'application_id');
	const version = readNumber(database, 'user_version');
	if (owner !== appId && !(owner === 0 && version === 0 && isEmpty(database))) {
		throw brokenDatabase(path, 'belongs to another program');
	}

	if (version > databaseVersion) {
		throw new UsageError(`The database ${sanitizeLine(path)} was written by a newer Remuda: its version is ${version}, this program knows ${databaseVersion}.`, {
			code: 'database_version',
			hint: 'Update Remuda, or set REMUDA_HOME to another folder. Remuda left the file untouched.',
		});
	}
}

/**
SQLite itself notices damage only where it reads; a write elsewhere in a damaged file would be lost with it.
*/
function checkStructure(database: DatabaseSync, path: string): void {
	if (readNumber(database, 'page_count') * readNumber(database, 'page_size') > checkedBytes) {
		return;
	}

	const finding = database.prepare('PRAGMA quick_check(1)').get()?.quick_check;
	if (finding !== 'ok') {
		throw brokenDatabase(path, 'is damaged', new Error(String(finding)));
	}
}

function claim(database: DatabaseSync): void {
	if (readNumber(database, 'user_version') < databaseVersion) {
		database.exec(`BEGIN IMMEDIATE; PRAGMA application_id = ${appId}; PRAGMA user_version = ${databaseVersion}; COMMIT`);
	}
}

function isEmpty(database: DatabaseSync): boolean {
	return database.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined;
}

function readNumber(database: DatabaseSync, pragma: string): number {
	return Number(database.prepare(`PRAGMA ${pragma}`).get()?.[pragma]);
}
