import {Buffer} from 'node:buffer';
import {createHash} from 'node:crypto';
import {createReadStream, statSync} from 'node:fs';

/**
The content of one file of a repository; never held in memory as a whole.
*/
export type HubFile = {
	readonly sizeBytes: number;
	/**
	False for a file that is only known by its metadata.
	*/
	readonly available: boolean;
	readonly sha256: () => Promise<string>;
	/**
	The bytes from `start` up to, not including, `end`.
	*/
	readonly read: (start: number, end: number) => AsyncIterable<Uint8Array>;
};

/**
A file made of whatever `read` gives; its hash is computed once, when first asked for.
*/
export function createFile(sizeBytes: number, read: HubFile['read']): HubFile {
	let hashing: Promise<string> | undefined;
	return {
		sizeBytes,
		available: true,
		async sha256() {
			hashing ??= hash(read(0, sizeBytes));
			return hashing;
		},
		read,
	};
}

async function hash(chunks: AsyncIterable<Uint8Array>): Promise<string> {
	const sum = createHash('sha256');
	for await (const chunk of chunks) {
		sum.update(chunk);
	}

	return sum.digest('hex');
}

export function fileOnDisk(path: string): HubFile {
	return createFile(statSync(path).size, async function * (start, end) {
		if (end > start) {
			yield * createReadStream(path, {start, end: end - 1, highWaterMark: 262_144});
		}
	});
}

export function fileOfBytes(content: Uint8Array | string): HubFile {
	const bytes = Buffer.from(content);
	return createFile(bytes.length, async function * (start, end) {
		yield bytes.subarray(start, end);
	});
}

/**
A file that has a size and a hash but cannot be had: asking for its bytes is answered with 403.
*/
export function fileOfMetadata({sizeBytes, sha256}: {readonly sizeBytes: number; readonly sha256: string}): HubFile {
	return {
		sizeBytes,
		available: false,
		sha256: async () => sha256,
		read() {
			throw new Error('A file of metadata has no bytes.');
		},
	};
}
