import {hashesOf, isLargeFile, type Snapshot} from './hub-repository.js';

/**
One page of `GET /api/models/ID/tree/REVISION?recursive=true`: folders and files, in the order of the repository.
*/
export async function listTree({repository}: Snapshot, {url, pageSize}: {readonly url: URL; readonly pageSize: number}): Promise<{readonly entries: unknown[]; readonly next?: string}> {
	const offset = Number(url.searchParams.get('cursor') ?? 0);
	const isRecursive = url.searchParams.get('recursive') === 'true';
	const files = Object.entries(repository.files);
	const folders = [...new Set(files.map(([path]) => path.split('/').slice(0, -1).join('/')).filter(folder => folder !== ''))];
	const all = [
		...folders.map(path => async () => ({
			type: 'directory', oid: '0'.repeat(40), size: 0, path,
		})),
		...files.filter(([path]) => isRecursive || !path.includes('/')).map(([path, file]) => async () => {
			const {oid, sha256, xetHash} = await hashesOf(path, file);
			return {
				type: 'file',
				oid,
				size: file.sizeBytes,
				...(isLargeFile(path, file) && {lfs: {oid: sha256, size: file.sizeBytes, pointerSize: 135}, xetHash}),
				path,
			};
		}),
	];
	const entries = await Promise.all(all.slice(offset, offset + pageSize).map(async entry => entry()));
	if (offset + pageSize >= all.length) {
		return {entries};
	}

	const next = new URL(url);
	next.searchParams.set('cursor', String(offset + pageSize));
	return {entries, next: next.href};
}
