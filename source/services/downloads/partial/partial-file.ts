import {
	mkdir,
	open,
	rm,
	stat,
	type FileHandle,
} from 'node:fs/promises';
import {type Abortable} from '../../../types/abortable.js';
import {codeOf} from '../disk/to-disk-error.js';
import {isSameFile, type FileIdentity} from '../transfer/file-identity.js';
import {partialLost} from '../transfer/setbacks.js';
import {BlockWriter} from './block-writer.js';
import {readBootId} from './boot-id.js';
import {FollowingHash, type Digests} from './following-hash.js';
import {JournalKeeper} from './journal-keeper.js';
import {readJournal, receivedBytes} from './journal.js';
import {partialPaths} from './partial-paths.js';

export type PartialFileOptions = {
	/**
	Folder of the download; made if it is not there.
	*/
	readonly folder: string;
	/**
	Position of the file in the download.
	*/
	readonly index: number;
	readonly identity: FileIdentity;
	/**
	Milliseconds that the journal may be behind.
	*/
	readonly journalAge: number;
	/**
	Told the bytes on disk, whenever there are more (or none again).
	*/
	readonly onProgress: (receivedBytes: number) => void;
};

/**
A file that is being fetched, from its start to as far as it has come, with its journal and its hash.
*/
export class PartialFile {
	/**
	Goes on with what is there if it belongs to the same file, else starts from nothing.
	*/
	static async open(options: PartialFileOptions): Promise<PartialFile> {
		const {folder, index, identity} = options;
		await mkdir(folder, {recursive: true});
		const {partial, journal: journalPath} = partialPaths(folder, index);
		const [journal, bootId] = await Promise.all([readJournal(journalPath), readBootId()]);
		const handle = await openOrCreate(partial);
		try {
			const {size} = await handle.stat();
			const isSame = journal !== undefined && isSameFile(journal.identity, identity);
			const file = new PartialFile(options, {handle, replaces: !isSame && journal !== undefined && size > 0});
			if (isSame) {
				file.servedEtag = journal.servedEtag;
				await file.#begin(receivedBytes(journal, size, bootId));
			} else {
				await file.restart();
			}

			return file;
		} catch (error) {
			await handle.close();
			throw error;
		}
	}

	readonly #options: PartialFileOptions;
	readonly #handle: FileHandle;
	readonly #journal: JournalKeeper;
	#writer: BlockWriter;
	#hash: FollowingHash;
	#received = 0;

	/**
	ETag of the server the bytes come from.
	*/
	servedEtag: string | undefined;
	/**
	Whether something of another file was there and had to go.
	*/
	readonly replaces: boolean;

	private constructor(options: PartialFileOptions, {handle, replaces}: {readonly handle: FileHandle; readonly replaces: boolean}) {
		this.#options = options;
		this.#handle = handle;
		this.replaces = replaces;
		this.#writer = this.#createWriter(0);
		this.#hash = this.#createHash();
		this.#journal = new JournalKeeper({
			handle,
			file: partialPaths(options.folder, options.index).journal,
			identity: options.identity,
			age: options.journalAge,
			received: () => this.#received,
			servedEtag: () => this.servedEtag,
		});
	}

	/**
	Goes on behind the first `received` bytes. A tail that the journal does not vouch for may be anything, and goes.
	*/
	async #begin(received: number): Promise<void> {
		await this.#hash.close();
		await this.#handle.truncate(received);
		this.#received = received;
		this.#writer = this.#createWriter(received);
		this.#hash = this.#createHash();
		this.#hash.available(received);
		await this.#journal.sync();
		this.#options.onProgress(received);
	}

	#createWriter(position: number): BlockWriter {
		return new BlockWriter({
			handle: this.#handle,
			position,
			sizeBytes: this.#options.identity.sizeBytes,
			onWritten: (block, start) => {
				this.#received = start + block.length;
				this.#hash.written(block, start);
				this.#options.onProgress(this.#received);
				this.#journal.keepUp();
			},
		});
	}

	#createHash(): FollowingHash {
		const {gitSha1, sizeBytes} = this.#options.identity;
		return new FollowingHash(this.#handle, gitSha1 === undefined ? {} : {gitSize: sizeBytes});
	}

	/**
	A file that was deleted can be written to the end, and is gone then.
	*/
	async #requireName(): Promise<void> {
		const {partial} = partialPaths(this.#options.folder, this.#options.index);
		const [named, opened] = await Promise.all([stat(partial).catch(() => undefined), this.#handle.stat()]);
		if (named?.ino !== opened.ino || named.size !== this.#received) {
			throw partialLost();
		}
	}

	/**
	Waits for what is under way; what is still in memory is written.
	*/
	async #settle(): Promise<void> {
		await this.#writer.flush();
		await this.#journal.settle();
	}

	get identity(): FileIdentity {
		return this.#options.identity;
	}

	/**
	Bytes in the file, from its start.
	*/
	get received(): number {
		return this.#received;
	}

	/**
	Bytes in the file and on their way to it.
	*/
	get position(): number {
		return this.#writer.position;
	}

	/**
	Appends. A promise means: wait for it before the next piece.
	*/
	write(piece: Uint8Array): Promise<void> | undefined {
		this.#journal.check();
		return this.#writer.write(piece);
	}

	async flush(): Promise<void> {
		await this.#writer.flush();
	}

	/**
	Throws away what is there.
	*/
	async restart(): Promise<void> {
		// What could not be written does not matter any more.
		await this.#settle().catch(() => undefined);
		await this.#journal.erase();
		this.servedEtag = undefined;
		await this.#begin(0);
	}

	/**
	The digests of the whole file, once it is all on disk and the disk has confirmed it.
	*/
	async finish({signal}: Abortable): Promise<Digests> {
		await this.#settle();
		this.#journal.check();
		const digests = await this.#hash.digest({signal});
		await this.#handle.sync();
		await this.#requireName();
		await this.#journal.sync();
		return digests;
	}

	/**
	Brings everything received to the disk and lets go of the file; says nothing if that fails, because the journal then knows less, never more.
	*/
	async close(): Promise<void> {
		await this.#settle().catch(() => undefined);
		await this.#journal.sync().catch(() => undefined);
		await this.#hash.close();
		await this.#handle.close();
	}

	/**
	Deletes it, with its journal.
	*/
	async discard(): Promise<void> {
		const {partial, journal} = partialPaths(this.#options.folder, this.#options.index);
		await this.close();
		await Promise.all([partial, journal].map(async file => rm(file, {force: true})));
	}
}

async function openOrCreate(file: string): Promise<FileHandle> {
	try {
		return await open(file, 'r+');
	} catch (error) {
		if (codeOf(error) !== 'ENOENT') {
			throw error;
		}

		return open(file, 'wx+');
	}
}
