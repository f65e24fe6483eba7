import {stat} from 'node:fs/promises';
import * as z from 'zod/mini';
import {type InstalledModel} from '../../types/installed-model.js';
import {type Records} from '../storage/storage.js';

export const starterId = 'starter';

const checksum = 'sha256:1fb88b192b73cdbec86acee2447a919dbc717c5c9c3104840322a675d34d3aa9';
const sizeBytes = 2_826_720;

/**
How often a model that has no record of its own was used.
*/
export type Use = {readonly useCount: number; readonly lastUsed: string};

export const useSchema = z.object({
	useCount: z.int().check(z.nonnegative()),
	lastUsed: z.iso.datetime(),
});

/**
The model that ships with Remuda, as if it were installed; the facts are those of starter-model/README.md.
*/
export async function describeStarter(path: string, uses: Pick<Records<Use>, 'get'>): Promise<InstalledModel> {
	const [use, shipped] = await Promise.all([uses.get(starterId), modifiedAt(path)]);
	return {
		id: starterId,
		ref: starterId,
		name: 'Tinychat 2.6M',
		family: 'tinychat',
		quantization: 'Q8_0',
		source: 'starter',
		path,
		files: [{
			path, sizeBytes, checksum, role: 'model',
		}],
		sizeBytes,
		checksum,
		license: 'MIT',
		downloadedAt: shipped.toISOString(),
		...use,
		useCount: use?.useCount ?? 0,
		contextLength: 1024,
		parameters: 2_623_744,
		architecture: {
			name: 'llama',
			blockCount: 4,
			embeddingLength: 256,
			headCount: 8,
			headCountKv: 4,
			keyLength: 32,
			valueLength: 32,
			feedForwardLength: 512,
			vocabularySize: 1024,
		},
	};
}

// Only for show; a missing file is the engine's and the verification's to tell.
async function modifiedAt(path: string): Promise<Date> {
	try {
		const {mtime} = await stat(path);
		return mtime;
	} catch {
		return new Date(0);
	}
}
