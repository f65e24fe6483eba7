import assert from 'node:assert/strict';
import {Buffer} from 'node:buffer';
import {createCipheriv, createHash} from 'node:crypto';
import {open, readFile, writeFile} from 'node:fs/promises';
import {createHasher} from '../../../../source/services/downloads/hash/create-hasher.js';
import {type Hasher} from '../../../../source/services/downloads/hash/hasher.js';
import {type ByteRange} from '../../../../source/services/downloads/partial/byte-ranges.js';
import {type Journal} from '../../../../source/services/downloads/partial/journal.js';
import {PartialFile} from '../../../../source/services/downloads/partial/partial-file.js';
import {type PartialFileOptions} from '../../../../source/services/downloads/partial/partial-file-options.js';
import {partialPaths} from '../../../../source/services/downloads/partial/partial-paths.js';
import {readPartial} from '../../../../source/services/downloads/partial/read-partial.js';
import {type FileIdentity} from '../../../../source/services/downloads/partial/file-identity.js';
import {temporaryFolder} from '../../../helpers/temporary-folder.js';

export const never = new AbortController().signal;

/**
Of the file of the process that is killed.
*/
export const killedSize = 12_000_000;

/**
Noise that is the same in every process, and different for every seed.
*/
export function noise(sizeBytes: number, seed = 1): Uint8Array {
	return createCipheriv('aes-256-ctr', Buffer.alloc(32, seed), Buffer.alloc(16)).update(Buffer.alloc(sizeBytes));
}

export function identify(content: Uint8Array): FileIdentity {
	return {
		repository: 'owner/repo',
		path: 'model.gguf',
		sha256: createHash('sha256').update(content).digest('hex'),
		gitSha1: createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex'),
		sizeBytes: content.length,
		commit: undefined,
		etag: undefined,
	};
}

export type PartialScene = AsyncDisposable & {
	readonly folder: string;
	readonly hasher: Hasher;
	readonly paths: ReturnType<typeof partialPaths>;
	/**
	What the last file that was opened told.
	*/
	readonly told: readonly number[];
	/**
	Opens the partial file; the one before is left as a killed process leaves it, except that its memory is gone.
	*/
	readonly open: (options?: Partial<PartialFileOptions>) => Promise<PartialFile>;
	/**
	What the next process will believe to be in the file.
	*/
	readonly claimed: () => Promise<readonly ByteRange[]>;
	readonly readJournal: () => Promise<Journal>;
	readonly changeJournal: (change: Partial<Journal>) => Promise<void>;
};

/**
A folder for the partial file of some content.
*/
export async function openScene(content: Uint8Array): Promise<PartialScene> {
	const folder = await temporaryFolder();
	const paths = partialPaths(folder.path, 0);
	const hasher = createHasher();
	const opened: PartialFile[] = [];
	let told: number[] = [];
	const readJournal = async () => JSON.parse(await readFile(paths.journal, 'utf8')) as Journal;
	return {
		paths,
		hasher,
		readJournal,
		folder: folder.path,
		get told() {
			return told;
		},
		async open(options) {
			const toldNow: number[] = [];
			told = toldNow;
			const file = await PartialFile.open({
				folder: folder.path,
				index: 0,
				identity: identify(content),
				// Long, so that a test says when the disk is to confirm something.
				journalAge: 3_600_000,
				hasher,
				lost: never,
				onProgress(bytes) {
					toldNow.push(bytes);
				},
				...options,
			});
			opened.push(file);
			return file;
		},
		async claimed() {
			const found = await readPartial(folder.path, 0);
			assert.ok(found);
			return found.written;
		},
		async changeJournal(change) {
			await writeFile(paths.journal, JSON.stringify({...await readJournal(), ...change}));
		},
		async [Symbol.asyncDispose]() {
			await Promise.all(opened.map(async file => file.close().catch(() => undefined)));
			await hasher.close();
			await folder[Symbol.asyncDispose]();
		},
	};
}

/**
Writes ranges of the content, all at once, and waits until they are in the file.
*/
export async function fetchRanges(file: PartialFile, content: Uint8Array, ranges: readonly ByteRange[], server = 'hub'): Promise<void> {
	await Promise.all(ranges.map(async ({start, end}) => {
		const writer = file.openWriter(start, server);
		await writer.write(content.subarray(start, end));
		await writer.flush();
	}));
}

export async function assertHolds(file: string, ranges: readonly ByteRange[], content: Uint8Array): Promise<void> {
	await using handle = await open(file, 'r');
	await Promise.all(ranges.map(async ({start, end}) => {
		const bytes = Buffer.alloc(end - start);
		const {bytesRead} = await handle.read(bytes, 0, bytes.length, start);
		assert.equal(bytesRead, bytes.length);
		assert.ok(bytes.equals(content.subarray(start, end)), `${start} to ${end} is not what was written`);
	}));
}
