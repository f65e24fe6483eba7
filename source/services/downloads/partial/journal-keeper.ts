import {rm, type FileHandle} from 'node:fs/promises';
import path from 'node:path';
import {syncFolder} from '../disk/sync-folder.js';
import {codeOf} from '../disk/to-disk-error.js';
import {type FileIdentity} from '../transfer/file-identity.js';
import {partialLost} from '../transfer/setbacks.js';
import {readBootId} from './boot-id.js';
import {writeJournal} from './journal.js';

export type JournalKeeperOptions = {
	/**
	Of the partial file.
	*/
	readonly handle: FileHandle;
	readonly file: string;
	readonly identity: FileIdentity;
	/**
	Milliseconds that the journal may be behind.
	*/
	readonly age: number;
	readonly received: () => number;
	readonly servedEtag: () => string | undefined;
};

const syncBytes = 67_108_864;

/**
Lets the disk confirm what was written to a partial file now and then, and journals it; so a loss of power costs little, and the end is not one long wait for the disk.
*/
export class JournalKeeper {
	readonly #options: JournalKeeperOptions;
	#synced = 0;
	#syncedAt = performance.now();
	#upkeep: Promise<void> | undefined;
	#failure: {readonly error: unknown} | undefined;

	constructor(options: JournalKeeperOptions) {
		this.#options = options;
	}

	async #maintain(): Promise<void> {
		try {
			await this.sync();
		} catch (error) {
			this.#failure = {error};
		} finally {
			this.#upkeep = undefined;
		}
	}

	/**
	To be called whenever something was written.
	*/
	keepUp(): void {
		const isDue = this.#options.received() - this.#synced >= syncBytes || performance.now() - this.#syncedAt >= this.#options.age;
		if (this.#upkeep === undefined && isDue) {
			this.#upkeep = this.#maintain();
		}
	}

	/**
	Throws what went wrong in the background.
	*/
	check(): void {
		if (this.#failure !== undefined) {
			throw this.#failure.error;
		}
	}

	/**
	Resolves once nothing goes on in the background.
	*/
	async settle(): Promise<void> {
		await this.#upkeep;
	}

	/**
	Has everything written so far confirmed, and journals it.
	*/
	async sync(): Promise<void> {
		const {handle, file, identity} = this.#options;
		const received = this.#options.received();
		await handle.datasync();
		this.#synced = received;
		this.#syncedAt = performance.now();
		try {
			await writeJournal(file, {
				version: 1,
				identity,
				servedEtag: this.#options.servedEtag(),
				bootId: await readBootId(),
				segments: [{
					start: 0, end: identity.sizeBytes, received: this.#options.received(), synced: received,
				}],
			});
		} catch (error) {
			throw codeOf(error) === 'ENOENT' ? partialLost(error) : error;
		}
	}

	/**
	Deletes the journal, for good: no crash may leave it beside bytes that it does not mean.
	*/
	async erase(): Promise<void> {
		const {file} = this.#options;
		await rm(file, {force: true});
		await syncFolder(path.dirname(file));
		this.#synced = 0;
		this.#failure = undefined;
	}
}
