import {type FileIdentity} from '../transfer/file-identity.js';
import {type ByteRange} from './byte-ranges.js';

/**
What a journal, a log and a partial file tell together.
*/
export type PartialState = {
	readonly identity: FileIdentity;
	readonly servedEtags: Readonly<Record<string, string>>;
	/**
	What is truly in the file; nothing where the file is gone, perhaps put in place.
	*/
	readonly written: readonly ByteRange[];
	/**
	Whether all of it was received once, wherever it is now.
	*/
	readonly isComplete: boolean;
};

/**
What is there of a file of a download, without touching it; undefined where no journal can be trusted.
*/
export async function readPartial(_folder: string, _index: number): Promise<PartialState | undefined> {
	throw new Error('Being written');
}
