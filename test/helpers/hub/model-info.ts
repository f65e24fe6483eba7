import {
	hashesOf,
	isLargeFile,
	type HubRepository,
	type Snapshot,
} from './hub-repository.js';

type Detail = {
	/**
	Only these keys, and the id, as `expand[]` asks.
	*/
	readonly expand: readonly string[];
	readonly hasBlobs: boolean;
	/**
	A list gives less of each model, unless asked for `full`.
	*/
	readonly detail: 'list' | 'full' | 'info';
};

const listKeys = new Set(['likes', 'private', 'downloads', 'tags', 'pipeline_tag', 'library_name', 'createdAt', 'modelId']);
const keys = {
	list: listKeys,
	full: new Set([...listKeys, 'author', 'sha', 'lastModified', 'gated', 'disabled', 'siblings']),
	info: undefined,
} as const;

/**
A model as the hub describes it.
*/
export async function modelInfo(snapshot: Snapshot, {expand, hasBlobs, detail}: Detail): Promise<Record<string, unknown>> {
	const {repository, commit} = snapshot;
	const everything: ReadonlyArray<readonly [key: string, value: unknown]> = [
		['modelId', repository.id],
		['author', repository.id.split('/', 1)[0]],
		['sha', commit],
		['lastModified', repository.lastModified ?? '2026-01-01T00:00:00.000Z'],
		['createdAt', '2025-01-01T00:00:00.000Z'],
		['private', repository.private ?? false],
		['gated', repository.gated ?? false],
		['disabled', false],
		['downloads', repository.downloads ?? 0],
		['likes', repository.likes ?? 0],
		['tags', tagsOf(repository)],
		['library_name', 'gguf'],
		['pipeline_tag', 'text-generation'],
		['cardData', cardDataOf(repository)],
		['gguf', ggufOf(repository)],
		['siblings', await siblingsOf(repository, hasBlobs)],
	];
	const wanted = expand.length > 0 ? new Set(expand) : keys[detail];
	return Object.fromEntries([['_id', commit.slice(0, 24)], ['id', repository.id], ...everything.filter(([key]) => wanted?.has(key) ?? true)]);
}

export function tagsOf(repository: HubRepository): readonly string[] {
	return [
		...(Object.keys(repository.files).some(path => path.endsWith('.gguf')) ? ['gguf'] : []),
		...(repository.license === undefined ? [] : [`license:${repository.license}`]),
		...(repository.tags ?? []),
	];
}

function cardDataOf({license, licenseName, licenseLink}: HubRepository): unknown {
	return Object.fromEntries([['license', license], ['license_name', licenseName], ['license_link', licenseLink]].filter(([, value]) => value !== undefined));
}

function ggufOf({gguf}: HubRepository): unknown {
	return gguf === undefined ? {} : Object.fromEntries([['total', gguf.parameters], ['architecture', gguf.architecture], ['context_length', gguf.contextLength]]);
}

async function siblingsOf(repository: HubRepository, hasBlobs: boolean): Promise<unknown[]> {
	return Promise.all(Object.entries(repository.files).map(async ([path, file]) => {
		if (!hasBlobs) {
			return {rfilename: path};
		}

		const {oid, sha256} = await hashesOf(path, file);
		return {
			rfilename: path,
			size: file.sizeBytes,
			blobId: oid,
			...(isLargeFile(path, file) && {lfs: {sha256, size: file.sizeBytes, pointerSize: 135}}),
		};
	}));
}
