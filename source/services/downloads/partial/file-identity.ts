import * as z from 'zod/mini';

const text = z.optional(z.string());

/**
Which file it is that is being fetched, without any address: what must be the same for a partial file to go on.
*/
export const fileIdentitySchema = z.object({
	repository: z.string(),
	path: z.string(),
	/**
	Commit hash that the repository's revision was resolved to.
	*/
	commit: text,
	/**
	Of the hub, without quotes.
	*/
	etag: text,
	/**
	Of the content, lower-case hex.
	*/
	sha256: text,
	/**
	SHA-1 as git names a blob; what the hub has of small files.
	*/
	gitSha1: text,
	sizeBytes: z.int().check(z.nonnegative()),
});

export type FileIdentity = Readonly<z.infer<typeof fileIdentitySchema>>;

/**
Whether both have the same bytes, by the strongest evidence that both carry: content hash, ETag, commit.
*/
export function isSameFile(left: FileIdentity, right: FileIdentity): boolean {
	if (left === right) {
		return true;
	}

	if (left.repository !== right.repository || left.path !== right.path || left.sizeBytes !== right.sizeBytes) {
		return false;
	}

	const evidence = (['sha256', 'gitSha1', 'etag', 'commit'] as const).find(key => left[key] !== undefined && right[key] !== undefined);
	return evidence !== undefined && left[evidence] === right[evidence];
}
