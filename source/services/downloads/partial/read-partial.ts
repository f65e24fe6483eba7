import {stat} from 'node:fs/promises';
import {type FileIdentity} from './file-identity.js';
import {readBootId} from './boot-id.js';
import {
	intersectRanges,
	normalizeRanges,
	totalBytes,
	type ByteRange,
} from './byte-ranges.js';
import {readJournal} from './journal.js';
import {partialPaths} from './partial-paths.js';
import {readWrittenLog} from './written-log.js';

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
	What of that would be there after a loss of power.
	*/
	readonly synced: readonly ByteRange[];
	/**
	Whether the journal is of this run of the operating system.
	*/
	readonly isOfThisBoot: boolean;
	/**
	Whether all of it was received once, wherever it is now.
	*/
	readonly isComplete: boolean;
};

/**
What is there of a file of a download, without touching it; undefined where no journal can be trusted. The system is still the same: all of it was written. The system went down since: what the disk had not confirmed may be lost, or be anything.
*/
export async function readPartial(folder: string, index: number): Promise<PartialState | undefined> {
	const {partial, journal: journalPath, log} = partialPaths(folder, index);
	// The log before the journal: what a process that is at work moves from the one to the other is seen at least once.
	const logged = await readWrittenLog(log);
	const [journal, bootId, fileSize] = await Promise.all([readJournal(journalPath), readBootId(), sizeOf(partial)]);
	if (journal === undefined) {
		return undefined;
	}

	const isOfThisBoot = journal.bootId === bootId;
	const {sizeBytes} = journal.identity;
	const vouchedFor = clip(isOfThisBoot ? [...journal.written, ...journal.synced, ...logged] : journal.synced, sizeBytes);
	return {
		identity: journal.identity,
		servedEtags: journal.servedEtags,
		written: clip(vouchedFor, fileSize),
		synced: clip(journal.synced, Math.min(sizeBytes, fileSize)),
		isOfThisBoot,
		isComplete: totalBytes(vouchedFor) === sizeBytes,
	};
}

function clip(ranges: readonly ByteRange[], sizeBytes: number): readonly ByteRange[] {
	return intersectRanges(normalizeRanges(ranges), normalizeRanges([{start: 0, end: sizeBytes}]));
}

async function sizeOf(file: string): Promise<number> {
	try {
		const {size} = await stat(file);
		return size;
	} catch {
		return 0;
	}
}
