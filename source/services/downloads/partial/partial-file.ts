import {rm, type FileHandle} from 'node:fs/promises';
import {type Abortable} from '../../../types/abortable.js';
import {type Digests} from '../hash/hasher.js';
import {partialLost} from '../disk/partial-lost.js';
import {isSameFile, type FileIdentity} from './file-identity.js';
import {
	complementOf,
	prefixBytes,
	subtractRanges,
	totalBytes,
	type ByteRange,
} from './byte-ranges.js';
import {JournalKeeper} from './journal-keeper.js';
import {makePartialFolder} from './make-partial-folder.js';
import {openOrCreate, requireName} from './named-file.js';
import {type PartialFileOptions} from './partial-file-options.js';
import {partialPaths} from './partial-paths.js';
import {RangeStore} from './range-store.js';
import {type RangeWriter} from './range-writer.js';
import {RangeWriters} from './range-writers.js';
import {readPartial, type PartialState} from './read-partial.js';
import {RenewableHash} from './renewable-hash.js';
import {WrittenLog} from './written-log.js';

/**
A file that is being fetched, range by range, with its journal and its hash.
*/
export class PartialFile {
	/**
	Goes on with what is there if it belongs to the same file, else starts from nothing.
	*/
	static async open(options: PartialFileOptions): Promise<PartialFile> {
		const {folder, index, identity} = options;
		await makePartialFolder(folder);
		const {partial, log} = partialPaths(folder, index);
		const found = await readPartial(folder, index);
		const handle = await openOrCreate(partial);
		let file: PartialFile | undefined;
		try {
			const isSame = found !== undefined && isSameFile(found.identity, identity);
			file = new PartialFile(options, {
				handle,
				log: new WrittenLog(log),
				found: isSame ? found : undefined,
				replaces: !isSame && totalBytes(found?.written ?? []) > 0,
			});
			await (isSame ? file.#goOn(found) : file.restart());
			return file;
		} catch (error) {
			await (file === undefined ? handle.close() : file.#release());
			throw error;
		}
	}

	readonly #options: PartialFileOptions;
	readonly #handle: FileHandle;
	readonly #log: WrittenLog;
	readonly #journal: JournalKeeper;
	readonly #store: RangeStore;
	readonly #writers: RangeWriters;
	readonly #hash: RenewableHash;
	#closing: Promise<void> | undefined;
	/**
	Strong ETag by the origin that served it; the last 16 are kept in the journal.
	*/
	readonly servedEtags: Map<string, string>;
	/**
	Whether something of another file was there and had to go.
	*/
	readonly replaces: boolean;

	private constructor(options: PartialFileOptions, {handle, log, found, replaces}: {
		readonly handle: FileHandle;
		readonly log: WrittenLog;
		readonly found: PartialState | undefined;
		readonly replaces: boolean;
	}) {
		const {folder, index, identity, journalAge, hasher, lost} = options;
		const {partial, journal} = partialPaths(folder, index);
		this.#options = options;
		this.#handle = handle;
		this.#log = log;
		this.replaces = replaces;
		this.servedEtags = new Map(Object.entries(found?.servedEtags ?? {}));
		this.#writers = new RangeWriters(identity.sizeBytes);
		this.#store = new RangeStore({
			handle,
			log,
			sizeBytes: identity.sizeBytes,
			written: found?.written ?? [],
			requireWritable: () => {
				this.#journal.requireWritable();
			},
			onWritten: () => {
				this.#tell();
				this.#journal.keepUp();
			},
		});
		this.#journal = new JournalKeeper({
			handle,
			log,
			identity,
			file: journal,
			age: journalAge,
			lost,
			written: () => this.#store.written,
			keepOnly: ranges => {
				this.#store.forget(subtractRanges(this.written, ranges));
				this.#tell();
			},
			synced: found?.synced ?? [],
			servedEtags: this.servedEtags,
			requireName: async () => this.#requireName(),
		});
		this.#hash = new RenewableHash({
			follow: () => hasher.follow(partial, identity.gitSha1 === undefined ? {} : {gitSize: identity.sizeBytes}),
			prefixBytes: () => prefixBytes(this.written),
		});
	}

	/**
	What the journal does not vouch for may be anything. What lies behind all that it does vouch for goes; what lies between is written over.
	*/
	async #goOn({isOfThisBoot, written}: PartialState): Promise<void> {
		this.#options.lost.throwIfAborted();
		await this.#handle.truncate(written.at(-1)?.end ?? 0);
		await this.#journal.begin({isOfThisBoot});
		this.#tell();
	}

	async #requireName({isWhole = false} = {}): Promise<void> {
		const {folder, index, identity} = this.#options;
		await requireName(partialPaths(folder, index).partial, this.#handle, isWhole ? identity.sizeBytes : {atLeast: this.written.at(-1)?.end ?? 0});
	}

	#tell(): void {
		this.#hash.keepUp();
		this.#options.onProgress(this.received);
	}

	/**
	Waits for what is under way; what is still in memory is written.
	*/
	async #settle(): Promise<void> {
		try {
			await this.#writers.flush();
		} finally {
			await this.#journal.settle();
		}
	}

	async #close(): Promise<void> {
		await this.#settle().catch(() => undefined);
		await this.#journal.sync().catch(() => undefined);
		await this.#release();
	}

	async #release(): Promise<void> {
		await this.#hash.close();
		await this.#handle.close();
		this.#log.close();
	}

	get identity(): FileIdentity {
		return this.#options.identity;
	}

	/**
	Bytes in the file, over all ranges.
	*/
	get received(): number {
		return totalBytes(this.written);
	}

	/**
	What is in the file.
	*/
	get written(): readonly ByteRange[] {
		return this.#store.written;
	}

	/**
	What is not in the file yet.
	*/
	get missing(): readonly ByteRange[] {
		return complementOf(this.written, this.identity.sizeBytes);
	}

	/**
	Writes from `start` on what `server` sends. Bytes that are in the file already, or on their way to it, are passed over: the first to come stay. A writer that failed stays so; what it had taken is missing.
	*/
	openWriter(start: number, server: string): RangeWriter {
		return this.#writers.open(start, async (block, position) => {
			this.#journal.check();
			await this.#store.put(block, position, server);
		});
	}

	/**
	Throws away what those servers brought since the file was opened, and hashes anew; resolves with the number of bytes. To be called while no writer is in use.
	*/
	async forgetOf(isForgotten: (server: string) => boolean): Promise<number> {
		await this.#settle();
		let forgotten = 0;
		await this.#journal.strike(() => {
			const ranges = this.#store.broughtBy(isForgotten);
			forgotten = this.#store.forget(ranges);
			return ranges;
		});
		await this.#hash.renew();
		this.#tell();
		return forgotten;
	}

	/**
	Throws away what is there.
	*/
	async restart(): Promise<void> {
		// What could not be written does not matter any more.
		await this.#settle().catch(() => undefined);
		await this.#journal.erase();
		this.servedEtags.clear();
		this.#store.forget(this.written);
		this.#options.lost.throwIfAborted();
		await this.#handle.truncate(0);
		await this.#journal.write();
		await this.#hash.renew();
		this.#tell();
	}

	/**
	The digests of the whole file, once it is all on disk and the disk has confirmed it.
	@throws RemudaError `partial_lost`, `hashing_failed`; errors of the disk.
	*/
	async finish({signal}: Abortable): Promise<Digests> {
		await this.#settle();
		this.#journal.check();
		if (this.missing.length > 0) {
			// To be fetched, not to be taken for a broken file.
			throw partialLost();
		}

		const digests = await this.#hash.digest({signal});
		await this.#requireName({isWhole: true});
		await this.#journal.sync();
		return digests;
	}

	/**
	Brings everything received to the disk and lets go of the file; says nothing if that fails, because the journal then knows less, never more.
	*/
	async close(): Promise<void> {
		this.#closing ??= this.#close();
		await this.#closing;
	}

	/**
	Deletes it, with its journal.
	*/
	async discard(): Promise<void> {
		const {partial, journal, log} = partialPaths(this.#options.folder, this.#options.index);
		await this.close();
		for (const file of [journal, log, partial]) {
			this.#options.lost.throwIfAborted();
			// eslint-disable-next-line no-await-in-loop -- in this order: what is left of a kill in between means nothing
			await rm(file, {force: true});
		}
	}
}
