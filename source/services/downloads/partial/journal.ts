import {
	open,
	readFile,
	rename,
	stat,
} from 'node:fs/promises';
import * as z from 'zod/mini';
import {fileIdentitySchema} from '../transfer/file-identity.js';

const count = z.int().check(z.nonnegative());

/**
A range of a file, and how much of it is there. A file has one; several are several connections.
*/
const segmentSchema = z.object({
	start: count,
	/**
	Not included.
	*/
	end: count,
	/**
	Bytes from `start` that were written when the journal was.
	*/
	received: count,
	/**
	Bytes from `start` that the disk has confirmed: there after a loss of power.
	*/
	synced: count,
});

export type Segment = Readonly<z.infer<typeof segmentSchema>>;

/**
What is known of a partial file; lies next to it.
*/
const journalSchema = z.object({
	version: z.literal(1),
	identity: fileIdentitySchema,
	/**
	ETag of the server that the bytes came from, which is not the hub's.
	*/
	servedEtag: z.optional(z.string()),
	/**
	The run of the operating system that wrote it.
	*/
	bootId: z.string(),
	segments: z.array(segmentSchema).check(z.minLength(1), z.maxLength(1024)),
});

export type Journal = Readonly<z.infer<typeof journalSchema>>;

const maximumBytes = 1_048_576;

/**
The journal, or undefined where there is none that can be trusted.
*/
export async function readJournal(file: string): Promise<Journal | undefined> {
	try {
		const {size} = await stat(file);
		return size > maximumBytes ? undefined : journalSchema.parse(JSON.parse(await readFile(file, 'utf8')));
	} catch {
		return undefined;
	}
}

/**
Replaces the journal as a whole: whoever reads it finds the old or the new one, after a loss of power as well.
*/
export async function writeJournal(file: string, journal: Journal): Promise<void> {
	const temporary = `${file}.new`;
	{
		await using handle = await open(temporary, 'w');
		await handle.writeFile(JSON.stringify(journal));
		await handle.datasync();
	}

	await rename(temporary, file);
}

/**
Bytes from the start of a file that are truly there. The file grew from its start and the system is still the same: all of it was written. The system went down since: what the disk had not confirmed may be lost, or be anything.
*/
export function receivedBytes({bootId, segments}: Journal, fileSize: number, currentBootId: string): number {
	const [segment] = segments;
	return segments.length !== 1 || segment?.start !== 0 ? 0 : Math.min(bootId === currentBootId ? fileSize : segment.synced, segment.end, fileSize);
}
