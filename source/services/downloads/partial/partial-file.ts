import {type Abortable} from '../../../types/abortable.js';
import {type Digests, type Hasher} from '../hash/hasher.js';
import {type FileIdentity} from '../transfer/file-identity.js';
import {complementOf, totalBytes, type ByteRange} from './byte-ranges.js';
import {type RangeWriter} from './range-writer.js';

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
	readonly hasher: Hasher;
	/**
	Told the bytes on disk, whenever there are more (or fewer, when some were thrown away).
	*/
	readonly onProgress: (receivedBytes: number) => void;
};

/**
A file that is being fetched, range by range, with its journal and its hash.
*/
export class PartialFile {
	/**
	Goes on with what is there if it belongs to the same file, else starts from nothing.
	*/
	static async open(options: PartialFileOptions): Promise<PartialFile> {
		return new PartialFile(options);
	}

	/**
	Strong ETag by the origin that served it; the last 16 are kept in the journal.
	*/
	readonly servedEtags = new Map<string, string>();
	/**
	Whether something of another file was there and had to go.
	*/
	readonly replaces: boolean = false;
	readonly #options: PartialFileOptions;
	readonly #written: readonly ByteRange[] = [];

	private constructor(options: PartialFileOptions) {
		this.#options = options;
	}

	get identity(): FileIdentity {
		return this.#options.identity;
	}

	/**
	Bytes in the file, over all ranges.
	*/
	get received(): number {
		return totalBytes(this.#written);
	}

	/**
	What is in the file.
	*/
	get written(): readonly ByteRange[] {
		return this.#written;
	}

	/**
	What is not in the file yet.
	*/
	get missing(): readonly ByteRange[] {
		return complementOf(this.#written, this.identity.sizeBytes);
	}

	/**
	Writes from `start` on what `server` sends. Bytes that are in the file already, or on their way to it, are passed over: the first to come stay.
	*/
	openWriter(_start: number, _server: string): RangeWriter {
		throw new Error('Being written');
	}

	/**
	Throws away what those servers brought since the file was opened, and hashes anew; resolves with the number of bytes. To be called while no writer is in use.
	*/
	async forgetOf(_isForgotten: (server: string) => boolean): Promise<number> {
		throw new Error('Being written');
	}

	/**
	Throws away what is there.
	*/
	async restart(): Promise<void> {
		throw new Error('Being written');
	}

	/**
	The digests of the whole file, once it is all on disk and the disk has confirmed it.
	*/
	async finish(_options: Abortable): Promise<Digests> {
		throw new Error('Being written');
	}

	/**
	Brings everything received to the disk and lets go of the file; says nothing if that fails, because the journal then knows less, never more.
	*/
	async close(): Promise<void> {
		throw new Error('Being written');
	}

	/**
	Deletes it, with its journal.
	*/
	async discard(): Promise<void> {
		throw new Error('Being written');
	}
}
