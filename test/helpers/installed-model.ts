import {createHash} from 'node:crypto';
import {mkdir, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {type InstalledFile, type InstalledModel} from '../../source/types/installed-model.js';

/**
A record as a download leaves it; its file is not on the disk.
*/
export function installedModel(id: string, changes: Partial<InstalledModel> = {}): InstalledModel {
	const file: InstalledFile = {
		path: `/models/huggingface/owner/${id}/model.gguf`, sizeBytes: 1000, checksum: `sha256:${'0'.repeat(64)}`, role: 'model',
	};
	return {
		id,
		ref: `hf:owner/${id}:Q8_0`,
		name: `Model ${id}`,
		quantization: 'Q8_0',
		source: 'hugging-face',
		path: file.path,
		files: [file],
		sizeBytes: file.sizeBytes,
		checksum: file.checksum,
		downloadedAt: '2026-01-01T00:00:00.000Z',
		useCount: 0,
		...changes,
	};
}

/**
A record with its files, one for each content, written to the models folder.
*/
export async function installModel(models: string, id: string, contents: readonly string[], changes: Partial<InstalledModel> = {}): Promise<InstalledModel> {
	const folder = path.join(models, 'huggingface', 'owner', id);
	await mkdir(folder, {recursive: true});
	const files = await Promise.all(contents.map(async (content, index): Promise<InstalledFile> => {
		const file = path.join(folder, `model-${index}.gguf`);
		await writeFile(file, content);
		return {
			path: file,
			sizeBytes: content.length,
			checksum: `sha256:${createHash('sha256').update(content).digest('hex')}`,
			role: index === 0 ? 'model' : 'shard',
		};
	}));
	const [first] = files;
	return installedModel(id, {
		files,
		path: first!.path,
		checksum: first!.checksum,
		sizeBytes: files.reduce((sum, {sizeBytes}) => sum + sizeBytes, 0),
		...changes,
	});
}
