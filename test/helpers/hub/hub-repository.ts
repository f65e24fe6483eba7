import {createHash} from 'node:crypto';
import {type HubFile} from './hub-file.js';

/**
A repository to serve. Paths are given out as they are, hostile or not.
*/
export type HubRepository = {
	/**
	`OWNER/REPO`.
	*/
	readonly id: string;
	readonly files: Readonly<Record<string, HubFile>>;
	/**
	Commit hash; made up from the id where not given.
	*/
	readonly commit?: string;
	readonly downloads?: number;
	readonly likes?: number;
	readonly lastModified?: string;
	readonly license?: string;
	/**
	Of a licence that is `other`, as the model card names it.
	*/
	readonly licenseName?: string;
	readonly licenseLink?: string;
	readonly tags?: readonly string[];
	readonly gated?: 'auto' | 'manual';
	readonly private?: boolean;
	/**
	Names it had before; requests to them are redirected.
	*/
	readonly formerIds?: readonly string[];
	/**
	As the hub reads it from the first GGUF file.
	*/
	readonly gguf?: {readonly parameters: number; readonly architecture: string; readonly contextLength: number};
};

/**
One commit of a repository, as it is served.
*/
export type Snapshot = {
	readonly repository: HubRepository;
	readonly commit: string;
};

export function commitOf(repository: HubRepository): string {
	return repository.commit ?? createHash('sha1').update(`commit ${repository.id}`).digest('hex');
}

/**
Files that the hub keeps outside of git: those that a model is made of.
*/
export function isLargeFile(path: string, file: HubFile): boolean {
	return path.endsWith('.gguf') || file.sizeBytes > 1_000_000;
}

export type FileHashes = {
	/**
	Git's object id; for a large file that of its pointer.
	*/
	readonly oid: string;
	readonly sha256: string;
	/**
	The storage's own hash, which the second host uses as ETag.
	*/
	readonly xetHash: string;
};

export async function hashesOf(path: string, file: HubFile): Promise<FileHashes> {
	const sha256 = await file.sha256();
	return {
		sha256,
		oid: isLargeFile(path, file) ? sha1(`pointer ${sha256}`) : await gitHash(file),
		xetHash: createHash('sha256').update(`xet ${sha256}`).digest('hex'),
	};
}

async function gitHash(file: HubFile): Promise<string> {
	const sum = createHash('sha1').update(`blob ${file.sizeBytes}\0`);
	for await (const chunk of file.read(0, file.sizeBytes)) {
		sum.update(chunk);
	}

	return sum.digest('hex');
}

function sha1(text: string): string {
	return createHash('sha1').update(text).digest('hex');
}
