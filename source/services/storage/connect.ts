import {toStorageError} from './to-storage-error.js';
import {busyTimeoutMs, whileBusy} from './while-busy.js';

const table = 'keyv';

/**
Stands for a value that is not what Keyv writes.
*/
export const unreadable: unique symbol = Symbol('unreadable');

/**
What an update decides: `write` puts `kept` in place of the value, else `kept` is only handed back.
*/
type Decision<Value> = {readonly kept: Value; readonly write?: boolean};

/**
One namespace of the database. Errors are those of SQLite.
*/
export type Connection = {
	readonly get: (key: string) => Promise<unknown>;
	readonly set: (key: string, value: unknown) => Promise<void>;
	readonly delete: (key: string) => Promise<boolean>;
	readonly list: () => Promise<ReadonlyArray<readonly [key: string, value: unknown]>>;
	readonly update: <Value>(key: string, decide: (current: unknown) => Decision<Value>) => Promise<Value>;
	readonly close: () => Promise<void>;
};

/**
A Keyv with an adapter of its own: two namespaces on one adapter overwrite each other. One call at a time.
*/
export async function connect(path: string, namespace: string): Promise<Connection> {
	// Loaded here, so that a start that reads no record pays nothing.
	const [{Keyv}, {KeyvSqlite}] = await Promise.all([import('keyv'), import('@keyv/sqlite')]);
	const adapter = new KeyvSqlite({
		uri: `sqlite://${path}`,
		table,
		driver: 'node:sqlite',
		wal: true,
		busyTimeout: busyTimeoutMs,
		iterationLimit: 500,
	});
	// Told by what `ready` and the calls throw as well; without a listener it would be thrown twice.
	adapter.on('error', () => undefined);
	const keyv = new Keyv({
		store: adapter,
		namespace,
		serialization: {stringify: JSON.stringify, parse: decode as <Type>(text: string) => Type},
		// Nothing here expires, and nothing may be deleted because it looks as if it did.
		checkExpired: false,
	});
	// Keyv answers a failure with undefined or false, and tells the reason by this event only.
	let failure: unknown;
	keyv.on('error', (error: unknown) => {
		failure ??= error;
	});

	const guard = async <Result>(call: () => Promise<Result>): Promise<Result> => whileBusy(async () => attempt(call));

	async function attempt<Result>(call: () => Promise<Result>): Promise<Result> {
		failure = undefined;
		try {
			const result = await call();
			if (failure === undefined) {
				return result;
			}
		} catch (error) {
			failure ??= error;
		}

		throw toStorageError(failure, path);
	}

	async function query(statement: string, ...values: readonly unknown[]): Promise<ReadonlyArray<Readonly<Record<string, unknown>>>> {
		return guard(async () => adapter.query(statement, ...values) as Promise<ReadonlyArray<Readonly<Record<string, unknown>>>>);
	}

	// The adapter takes one prefix off; with it always there, a key that begins like one stays itself.
	const prefixed = (key: string) => `${namespace}:${key}`;

	async function set(key: string, value: unknown): Promise<void> {
		await guard(async () => {
			if (!await keyv.set(prefixed(key), value)) {
				throw new Error(`the record ${key} of ${namespace} was not taken`);
			}
		});
	}

	/**
	Reads, decides, and writes only if the value is still the one that was read: one statement, so that no lock is held meanwhile.
	*/
	async function update<Value>(key: string, decide: (current: unknown) => Decision<Value>): Promise<Value> {
		const [row] = await query(`SELECT value FROM ${table} WHERE key = ? AND namespace = ?`, key, namespace);
		const {kept, write} = decide(row && decode(row.value).value);
		if (write !== true) {
			return kept;
		}

		if (row?.value instanceof Uint8Array) {
			// Nothing of Keyv's, and nothing that the adapter could compare with.
			await set(key, kept);
			return kept;
		}

		const after = JSON.stringify({value: kept});
		const written = row === undefined
			? await query(`INSERT INTO ${table} (key, namespace, value) VALUES (?, ?, ?) ON CONFLICT (key, namespace) DO NOTHING RETURNING key`, key, namespace, after)
			: await query(`UPDATE ${table} SET value = ? WHERE key = ? AND namespace = ? AND value IS ? RETURNING key`, after, key, namespace, row.value);
		return written.length > 0 ? kept : update(key, decide);
	}

	await guard(async () => adapter.ready);
	return {
		set,
		update,
		get: async key => guard(async () => keyv.get<unknown>(prefixed(key))),
		delete: async key => guard(async () => keyv.delete(prefixed(key))),
		async list() {
			// Not Keyv's iterator: it reads page by page while others write, and hides SQLite's error code.
			const rows = await query(`SELECT key, value FROM ${table} WHERE namespace = ? ORDER BY key`, namespace);
			return rows.map(({key, value}) => [String(key), decode(value).value] as const);
		},
		close: async () => keyv.disconnect(),
	};
}

/**
Keyv's envelope around a value. Never throws, because Keyv would call that a missing record.
*/
function decode(text: unknown): {readonly value: unknown} {
	try {
		const envelope = typeof text === 'string' ? JSON.parse(text) as unknown : undefined;
		return {value: typeof envelope === 'object' && envelope !== null && 'value' in envelope ? envelope.value : unreadable};
	} catch {
		return {value: unreadable};
	}
}
