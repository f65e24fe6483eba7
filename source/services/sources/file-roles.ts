import {type FileRole} from '../../types/registry-model.js';

const shard = /^(?<stem>.*)-(?<index>\d{5})-of-(?<count>\d{5})\.gguf$/iv;
// Helpers of llama.cpp that are no models: importance matrices, and draft models for speculative decoding.
const sidecar = /imatrix|(?:^|[\-._])(?:mtp|eagle3|dflash|dspark)-/iv;

export type FileName = {
	readonly role: FileRole | 'sidecar';
	/**
	Path without the part that tells shards apart, and without the ending.
	*/
	readonly stem: string;
	/**
	From 1; 1 of 1 for a file that is not split.
	*/
	readonly index: number;
	readonly count: number;
};

/**
What the name of a GGUF file says about it; undefined for other files.
*/
export function parseFileName(path: string): FileName | undefined {
	if (!path.toLowerCase().endsWith('.gguf')) {
		return undefined;
	}

	const name = path.slice(path.lastIndexOf('/') + 1);
	const {stem, index, count} = shard.exec(path)?.groups ?? {};
	const plain = {stem: path.slice(0, -'.gguf'.length), index: 1, count: 1};
	if (/mmproj/iv.test(name)) {
		return {role: 'mmproj', ...plain};
	}

	if (sidecar.test(name)) {
		return {role: 'sidecar', ...plain};
	}

	return stem === undefined
		? {role: 'model', ...plain}
		: {
			role: 'shard', stem, index: Number(index), count: Number(count),
		};
}
