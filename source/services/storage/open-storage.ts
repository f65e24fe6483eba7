import {type DatabaseSync} from 'node:sqlite';
import {createRecords} from './create-records.js';
import {openDatabase} from './open-database.js';
import {type BrokenRecord, type Storage} from './storage.js';
import {toStorageError} from './to-storage-error.js';

/**
The storage in one SQLite file, by way of Keyv. Nothing is touched before a record is asked for.
*/
export function openStorage({path}: {readonly path: string}): Storage {
	const broken = new Map<string, BrokenRecord>();
	const closers: Array<() => Promise<void>> = [];
	let opening: Promise<DatabaseSync> | undefined;

	async function open(): Promise<DatabaseSync> {
		opening ??= openDatabase(path);
		try {
			return await opening;
		} catch (error) {
			// The cause may be gone by the next call, so that one tries again.
			opening = undefined;
			throw error;
		}
	}

	return {
		path,
		records(namespace, schema) {
			const {records, close} = createRecords({
				path,
				namespace,
				schema,
				open,
				onBroken(key, reason) {
					broken.set(JSON.stringify([namespace, key]), {namespace, key, reason});
				},
			});
			closers.push(close);
			return records;
		},
		brokenRecords: () => broken.values().toArray(),
		async check() {
			const database = await open();
			try {
				const rows = database.prepare('PRAGMA integrity_check(20)').all();
				return rows.map(row => String(row.integrity_check)).filter(line => line !== 'ok');
			} catch (error) {
				throw toStorageError(error, path);
			}
		},
		async close() {
			await Promise.all(closers.map(async close => close()));
			const database = await opening?.catch(() => undefined);
			opening = undefined;
			database?.close();
		},
	};
}
