/**
The path of a file's bytes, relative to the endpoint; a slash in the revision (`refs/pr/1`) is escaped, those of the file are kept.
*/
export function resolvePath({repository, revision, filePath}: {readonly repository: string; readonly revision: string; readonly filePath: string}): string {
	return `${encodePath(repository)}/resolve/${encodeURIComponent(revision)}/${encodePath(filePath)}`;
}

/**
Path segments, each escaped.
*/
export function encodePath(path: string): string {
	return path.split('/').map(segment => encodeURIComponent(segment)).join('/');
}
