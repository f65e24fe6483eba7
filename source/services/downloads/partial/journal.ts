import {
	open,
	readFile,
	rename,
	stat,
} from 'node:fs/promises';
import * as z from 'zod/mini';
import {type Abortable} from '../../../types/abortable.js';
import {fileIdentitySchema} from './file-identity.js';
import {type ByteRange} from './byte-ranges.js';

const maximumRanges = 16_384;
const maximumBytes = 4_194_304;
const maximumEtags = 16;
const longestEtag = 1024;

const count = z.int().check(z.nonnegative());
const rangesSchema = z.array(z.object({
	start: count,
	/**
	Not included.
	*/
	end: count,
})).check(z.maxLength(maximumRanges));

/**
What is known of a partial file; lies next to it.
*/
const journalSchema = z.object({
	version: z.literal(2),
	identity: fileIdentitySchema,
	/**
	Strong ETag by the origin that served bytes with it, which need not be the hub's.
	*/
	servedEtags: z.record(z.string(), z.string()),
	/**
	The run of the operating system that wrote it.
	*/
	bootId: z.string(),
	/**
	What had been written when the journal was: there for as long as the system runs.
	*/
	written: rangesSchema,
	/**
	What the disk has confirmed: there after a loss of power.
	*/
	synced: rangesSchema,
});

export type Journal = Readonly<z.infer<typeof journalSchema>>;

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

export type JournalContent = Pick<Journal, 'identity' | 'bootId'> & {
	readonly servedEtags: ReadonlyMap<string, string>;
	readonly written: readonly ByteRange[];
	readonly synced: readonly ByteRange[];
};

/**
Replaces the journal as a whole, unless the signal aborts before: whoever reads it finds the old or the new one, after a loss of power as well. What would make it too long is left away: it vouches for less then, never for more.
*/
export async function writeJournal(file: string, content: JournalContent, {signal}: Abortable): Promise<void> {
	const temporary = `${file}.new`;
	{
		await using handle = await open(temporary, 'w');
		await handle.writeFile(toText(content));
		await handle.datasync();
	}

	signal.throwIfAborted();
	await rename(temporary, file);
}

function toText({identity, servedEtags, bootId, written, synced}: JournalContent): string {
	const etags = [...servedEtags].filter(([, etag]) => etag.length <= longestEtag).slice(-maximumEtags);
	const journal = {
		version: 2,
		identity,
		servedEtags: Object.fromEntries(etags),
		bootId,
		written: written.slice(0, maximumRanges),
		synced: synced.slice(0, maximumRanges),
	} satisfies z.input<typeof journalSchema>;
	return JSON.stringify(journal);
}
