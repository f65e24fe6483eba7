import {
	mkdir,
	open,
	rm,
	stat,
	type FileHandle,
} from 'node:fs/promises';
import path from 'node:path';
import {type Abortable} from '../../types/abortable.js';
import {BlockWriter} from './block-writer.js';
import {readBootId} from './boot-id.js';
import {isSameFile, type FileIdentity} from './file-identity.js';
import {FollowingHash, type Digests} from './following-hash.js';
import {
	readJournal,
	receivedBytes,
	writeJournal,
	type Journal,
} from './journal.js';
import {partialLost} from './setbacks.js';
import {syncFolder} from './sync-folder.js';
import {codeOf} from './to-disk-error.js';

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
	Milliseconds that a journal may be behind.
	*/
	readonly journalAge: number;
	/**
	Told the bytes on disk, whenever there are more (or none again).
	*/
	readonly onProgress: (receivedBytes: number) => void;
};

const syncBytes = 67_108_864;

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
			const file = new PartialFile(options, {
				handle, journalPath, bootId, replaces: !isSame && journal !== undefined && size > 0,
			});
			if (isSame) {
				file.servedEtag = journal.servedEtag;
				await file.#resume(receivedBytes(journal, size, bootId));
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
	readonly #journalPath: string;
	readonly #bootId: string;
	#writer: BlockWriter;
	#hash: FollowingHash;
	#received = 0;
	#synced = 0;
	#syncedAt = performance.now();
	#upkeep: Promise<void> | undefined;
	#failure: {readonly error: unknown} | undefined;

	/**
	ETag of the server the bytes come from.
	*/
	servedEtag: string | undefined;
	/**
	Whether something of another file was there and had to go.
	*/
	readonly replaces: boolean;

	private constructor(options: PartialFileOptions, state: {readonly handle: FileHandle; readonly journalPath: string; readonly bootId: string; readonly replaces: boolean}) {
		this.#options = options;
		this.#handle = state.handle;
		this.#journalPath = state.journalPath;
		this.#bootId = state.bootId;
		this.replaces = state.replaces;
		this.#writer = this.#createWriter(0);
		this.#hash = this.#createHash();
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

	async #resume(received: number): Promise<void> {
		// A tail that the journal does not vouch for may be anything.
		await this.#handle.truncate(received);
		await this.#begin(received, 0);
	}

	async #begin(received: number, synced: number): Promise<void> {
		await this.#hash.close();
		this.#received = received;
		this.#synced = synced;
		this.#failure = undefined;
		this.#writer = this.#createWriter(received);
		this.#hash = this.#createHash();
		this.#hash.available(received);
		await this.#sync();
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
				this.#keepUp();
			},
		});
	}

	#createHash(): FollowingHash {
		const {gitSha1, sizeBytes} = this.#options.identity;
		return new FollowingHash(this.#handle, gitSha1 === undefined ? {} : {gitSize: sizeBytes});
	}

	/**
	Lets the disk confirm what was written now and then, so that a loss of power costs little and the end is not one long wait.
	*/
	#keepUp(): void {
		const isDue = this.#received - this.#synced >= syncBytes || performance.now() - this.#syncedAt >= this.#options.journalAge;
		if (this.#upkeep === undefined && isDue) {
			this.#upkeep = this.#maintain();
		}
	}

	async #maintain(): Promise<void> {
		try {
			await this.#sync();
		} catch (error) {
			this.#failure = {error};
		} finally {
			this.#upkeep = undefined;
		}
	}

	async #sync(): Promise<void> {
		const received = this.#received;
		await this.#handle.datasync();
		this.#synced = received;
		this.#syncedAt = performance.now();
		await this.#writeJournal();
	}

	async #writeJournal(): Promise<void> {
		const {identity} = this.#options;
		const journal: Journal = {
			version: 1,
			identity,
			servedEtag: this.servedEtag,
			bootId: this.#bootId,
			segments: [{
				start: 0, end: identity.sizeBytes, received: this.#received, synced: this.#synced,
			}],
		};
		try {
			await writeJournal(this.#journalPath, journal);
		} catch (error) {
			throw codeOf(error) === 'ENOENT' ? partialLost(error) : error;
		}
	}

	/**
	Waits for what is under way; what is still in memory is written.
	*/
	async #settle(): Promise<void> {
		await this.#writer.flush();
		await this.#upkeep;
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
		if (this.#failure !== undefined) {
			throw this.#failure.error;
		}

		return this.#writer.write(piece);
	}

	async flush(): Promise<void> {
		await this.#writer.flush();
	}

	/**
	Throws away what is there. The journal goes first, so that no crash leaves it beside bytes that it does not mean.
	*/
	async restart(): Promise<void> {
		// What could not be written does not matter any more.
		await this.#settle().catch(() => undefined);
		await rm(this.#journalPath, {force: true});
		await syncFolder(this.#options.folder);
		await this.#handle.truncate(0);
		this.servedEtag = undefined;
		await this.#begin(0, 0);
	}

	/**
	The digests of the whole file, once it is all on disk and the disk has confirmed it.
	*/
	async finish({signal}: Abortable): Promise<Digests> {
		await this.#settle();
		if (this.#failure !== undefined) {
			throw this.#failure.error;
		}

		const digests = await this.#hash.digest({signal});
		await this.#handle.sync();
		await this.#requireName();
		this.#synced = this.#received;
		await this.#writeJournal();
		return digests;
	}

	/**
	Brings everything received to the disk and lets go of the file; says nothing if that fails, because the journal then knows less, never more.
	*/
	async close(): Promise<void> {
		await this.#settle().catch(() => undefined);
		await this.#sync().catch(() => undefined);
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

export function partialPaths(folder: string, index: number): {readonly partial: string; readonly journal: string} {
	return {partial: path.join(folder, `${index}.partial`), journal: path.join(folder, `${index}.json`)};
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
