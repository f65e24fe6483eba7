import {rm} from 'node:fs/promises';
import path from 'node:path';
import {createTurns} from '../../flow/turns.js';
import {partialLost} from '../disk/partial-lost.js';
import {syncFolder} from '../disk/sync-folder.js';
import {codeOf} from '../disk/to-disk-error.js';
import {readBootId} from './boot-id.js';
import {subtractRanges, totalBytes, type ByteRange} from './byte-ranges.js';
import {writeJournal} from './journal.js';
import {type JournalKeeperOptions} from './journal-keeper-options.js';

const syncBytes = 67_108_864;
const fullDiskCodes = new Set(['ENOSPC', 'EDQUOT']);

/**
Lets the disk confirm what was written to a partial file now and then, and journals it; so a loss of power costs little, and the end is not one long wait for the disk.
*/
export class JournalKeeper {
	readonly #options: JournalKeeperOptions;
	/**
	One after the other, because they share a temporary file.
	*/
	readonly #turns = createTurns();
	#synced: readonly ByteRange[];
	#syncedAt = performance.now();
	#isMaintaining = false;
	/**
	Of the background.
	*/
	#failure: {readonly error: unknown} | undefined;
	/**
	Why nothing may be added any more.
	*/
	#end: {readonly error: unknown} | undefined;

	constructor(options: JournalKeeperOptions) {
		this.#options = options;
		this.#synced = options.synced;
	}

	async #inTurn(change: () => Promise<void>): Promise<void> {
		await this.#turns.inTurn(async () => {
			this.requireWritable();
			await change();
		});
	}

	async #maintain(): Promise<void> {
		this.#isMaintaining = true;
		try {
			await this.sync();
		} catch (error) {
			this.#failure = {error};
		} finally {
			this.#isMaintaining = false;
		}
	}

	async #confirm(): Promise<void> {
		const confirmed = this.#options.written();
		try {
			await this.#options.handle.datasync();
		} catch (error) {
			if (!fullDiskCodes.has(codeOf(error) ?? '')) {
				await this.#distrust(error);
			}

			throw error;
		}

		this.#synced = confirmed;
		this.#syncedAt = performance.now();
		await this.#write();
	}

	/**
	The system tells of lost pages once, then takes them for written: what was not confirmed before may be anything, and no later confirmation means anything.
	*/
	async #distrust(error: unknown): Promise<void> {
		const {file, log, keepOnly, lost} = this.#options;
		lost.throwIfAborted();
		this.#end = {error};
		keepOnly(this.#synced);
		try {
			log.clear();
			await this.#write();
		} catch {
			// The journal of before vouches for too much. Where the disk does not even let it go, nothing can be done.
			await rm(file, {force: true}).catch(() => undefined);
		}
	}

	async #write(): Promise<void> {
		const {file, log, identity, servedEtags, written, requireName, lost} = this.#options;
		// It would vouch for the bytes of whatever has that name now.
		await requireName();
		const bootId = await readBootId();
		lost.throwIfAborted();
		const {mark} = log;
		try {
			await writeJournal(file, {
				identity, servedEtags, bootId, written: written(), synced: this.#synced,
			}, {signal: lost});
		} catch (error) {
			throw codeOf(error) === 'ENOENT' ? partialLost(error) : error;
		}

		lost.throwIfAborted();
		// Only what the journal has now: blocks may have come in while it was written.
		log.drop(mark);
	}

	/**
	To be called whenever something was written.
	*/
	keepUp(): void {
		const isDue = totalBytes(this.#options.written()) - totalBytes(this.#synced) >= syncBytes || performance.now() - this.#syncedAt >= this.#options.age;
		if (!this.#isMaintaining && isDue) {
			void this.#maintain();
		}
	}

	/**
	Throws if nothing may be added to the file any more: it is another process's now, or the disk has lost some of it.
	*/
	requireWritable(): void {
		this.#options.lost.throwIfAborted();
		if (this.#end !== undefined) {
			throw this.#end.error;
		}
	}

	/**
	Throws what went wrong in the background; once, where it is tried again afterwards.
	*/
	check(): void {
		this.requireWritable();
		const failure = this.#failure;
		this.#failure = undefined;
		if (failure !== undefined) {
			throw failure.error;
		}
	}

	/**
	Resolves once nothing goes on in the background.
	*/
	async settle(): Promise<void> {
		await this.#turns.idle();
	}

	/**
	Makes the journal one of this boot. `isOfThisBoot` says whether the one that is there is already.
	*/
	async begin({isOfThisBoot}: {readonly isOfThisBoot: boolean}): Promise<void> {
		if (!isOfThisBoot) {
			// Before there is a journal that would make its records count again.
			this.#options.log.clear();
		}

		await this.write();
	}

	/**
	Journals what is written, whether the disk has confirmed it or not.
	*/
	async write(): Promise<void> {
		await this.#inTurn(async () => this.#write());
	}

	/**
	Has everything written so far confirmed, and journals it.
	*/
	async sync(): Promise<void> {
		await this.#inTurn(async () => this.#confirm());
	}

	/**
	Strikes out what `forget` makes missing, for good: whatever happens, the journal and the log mean either all of it or none.
	*/
	async strike(forget: () => readonly ByteRange[]): Promise<void> {
		await this.#inTurn(async () => {
			// With all in the journal the log is empty, and cannot vouch for what the next journal does not have.
			await this.#write();
			this.#synced = subtractRanges(this.#synced, forget());
			await this.#write();
			await syncFolder(path.dirname(this.#options.file));
		});
	}

	/**
	Deletes the journal, for good: no crash may leave it beside bytes that it does not mean.
	*/
	async erase(): Promise<void> {
		const {file, log, lost} = this.#options;
		await this.#turns.inTurn(async () => {
			lost.throwIfAborted();
			await rm(file, {force: true});
			await syncFolder(path.dirname(file));
			lost.throwIfAborted();
			// In this order: without a journal the log means nothing.
			log.clear();
			this.#synced = [];
			this.#failure = undefined;
			this.#end = undefined;
		});
	}
}
