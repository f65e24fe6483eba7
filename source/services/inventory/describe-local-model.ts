import {readdir, stat} from 'node:fs/promises';
import path from 'node:path';
import {NotFoundError} from '../../errors/not-found-error.js';
import {sanitizeLine} from '../../format/sanitize.js';
import {type InstalledModel} from '../../types/installed-model.js';
import {describeGguf} from '../formats/gguf/describe-gguf.js';
import {readGgufHeader} from '../formats/gguf/read-gguf-header.js';

const shardPattern = /^(?<stem>.+)-(?<number>\d{5})-of-(?<count>\d{5})\.gguf$/iv;

/**
A model file of the user's, used in place and recorded nowhere. Its checksum is empty: nobody has told what it should be.
@throws NotFoundError `file_not_found` or `shards_missing`; IntegrityError for a file that is no model.
*/
export async function describeLocalModel(file: string): Promise<InstalledModel> {
	const header = await readGgufHeader(file, {signal: new AbortController().signal});
	const {name, license, architecture, parameters, quantization, contextLength} = describeGguf(header);
	const paths = await findShards(file);
	const files = await Promise.all(paths.map(async (shard, index) => {
		const {size} = await stat(shard);
		return {
			path: shard, sizeBytes: size, checksum: '', role: index === 0 ? 'model' : 'shard',
		} as const;
	}));
	const {mtime} = await stat(file);
	return {
		id: file,
		ref: file,
		name: name ?? sanitizeLine(path.basename(file)),
		quantization,
		source: 'file',
		path: files[0]!.path,
		files,
		sizeBytes: files.reduce((sum, {sizeBytes}) => sum + sizeBytes, 0),
		checksum: '',
		...(license !== undefined && {license}),
		downloadedAt: mtime.toISOString(),
		useCount: 0,
		...(contextLength !== undefined && {contextLength}),
		...(parameters > 0 && files.length === 1 && {parameters}),
		...(architecture !== undefined && {architecture}),
	};
}

/**
All shards of the model that a file belongs to, the first one first; the file alone where it is none.
*/
async function findShards(file: string): Promise<readonly string[]> {
	const {stem, count} = shardPattern.exec(path.basename(file))?.groups ?? {};
	if (stem === undefined || count === undefined) {
		return [file];
	}

	const folder = path.dirname(file);
	const names = new Set(await readdir(folder));
	const shards = Array.from({length: Number(count)}, (_, index) => `${stem}-${String(index + 1).padStart(5, '0')}-of-${count}.gguf`);
	const missing = shards.filter(shard => !names.has(shard));
	if (shards.length === 0 || missing.length > 0) {
		throw new NotFoundError(`${missing.length} of ${shards.length} files of the model ${sanitizeLine(stem)} are missing, the first is ${sanitizeLine(missing[0] ?? '')}.`, {
			code: 'shards_missing',
			hint: `Put all of them into ${sanitizeLine(folder)}.`,
		});
	}

	return shards.map(shard => path.join(folder, shard));
}
