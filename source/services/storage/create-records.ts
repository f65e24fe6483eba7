import * as z from 'zod/mini';
import {connect, unreadable, type Connection} from './connect.js';
import {type Records} from './storage.js';

// Longer than any id or reference; a key of megabytes is a mistake.
const maximumKeyLength = 2048;

export type RecordsOptions<Value> = {
	readonly path: string;
	readonly namespace: string;
	readonly schema: z.core.$ZodType<Value>;
	/**
	Makes sure that the database is there and may be used.
	*/
	readonly open: () => Promise<unknown>;
	readonly onBroken: (key: string, reason: string) => void;
};

/**
The records of one namespace over a Keyv of its own. Calls run one after another, so that a failure Keyv reports by an event belongs to the call in progress.
*/
export function createRecords<Value>({path, namespace, schema, open, onBroken}: RecordsOptions<Value>): {readonly records: Records<Value>; readonly close: () => Promise<void>} {
	let connecting: Promise<Connection> | undefined;
	let queue: Promise<unknown> = Promise.resolve();
	let isClosed = false;

	async function perform<Result>(work: (connection: Connection) => Promise<Result>): Promise<Result> {
		if (isClosed) {
			throw new Error('The storage is closed.');
		}

		const result = queue.then(async () => {
			await open();
			connecting ??= connect(path, namespace);
			try {
				await connecting;
			} catch (error) {
				// The cause may be gone by the next call, so that one tries again.
				connecting = undefined;
				throw error;
			}

			return work(await connecting);
		});
		queue = result.catch(() => undefined);
		return result;
	}

	function check(key: string, value: unknown): Value | undefined {
		if (value === unreadable) {
			onBroken(key, 'It is not JSON.');
			return undefined;
		}

		const result = z.safeParse(schema, value);
		if (!result.success) {
			onBroken(key, describe(result.error));
			return undefined;
		}

		return result.data;
	}

	/**
	What is to be written. A value the schema refuses could not be read again: a mistake of the program.
	*/
	function encode(key: string, value: Value): Value {
		const result = z.safeParse(schema, value);
		if (!result.success) {
			throw new TypeError(`A record of ${namespace} cannot be kept: ${key}: ${describe(result.error)}`);
		}

		return result.data;
	}

	const records: Records<Value> = {
		async list() {
			const rows = await perform(async connection => connection.list());
			return rows.map(([key, value]) => check(key, value)).filter(value => value !== undefined);
		},
		async get(key) {
			const value = await perform(async connection => connection.get(checkKey(key)));
			return value === undefined ? undefined : check(key, value);
		},
		async put(key, value) {
			const encoded = encode(key, value);
			await perform(async connection => connection.set(checkKey(key), encoded));
		},
		async update(key, change) {
			return perform(async connection => connection.update(checkKey(key), current => {
				const before = current === undefined ? undefined : check(key, current);
				const after = change(before);
				return after === undefined ? {kept: before} : {kept: encode(key, after), write: true};
			}));
		},
		delete: async key => perform(async connection => connection.delete(checkKey(key))),
	};

	return {
		records,
		async close() {
			isClosed = true;
			await queue;
			const connection = await connecting?.catch(() => undefined);
			await connection?.close();
		},
	};
}

function checkKey(key: string): string {
	if (key === '' || key.length > maximumKeyLength) {
		throw new TypeError(`A record's key has 1 to ${maximumKeyLength} characters.`);
	}

	return key;
}

function describe(error: z.core.$ZodError): string {
	const [issue] = error.issues;
	return `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'invalid'}`;
}
