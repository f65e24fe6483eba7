import {stat} from 'node:fs/promises';
import {type DownloadRequest} from '../../../types/download.js';
import {type Manifest} from '../../manifest/manifest.js';

/**
Whether the very files of a request are recorded and there, as far as their sizes tell.
*/
export async function isInstalled(manifest: Manifest, {modelId, files}: DownloadRequest): Promise<boolean> {
	const model = await manifest.get(modelId);
	if (model === undefined) {
		return false;
	}

	const wanted = files.map(({sha256}) => sha256).filter(sha256 => sha256 !== undefined);
	const checksums = new Set(model.files.map(({checksum}) => checksum));
	if (wanted.some(sha256 => !checksums.has(`sha256:${sha256.toLowerCase()}`))) {
		return false;
	}

	const found = await Promise.all(model.files.map(async ({path, sizeBytes}) => {
		const stats = await stat(path).catch(() => undefined);
		return stats?.size === sizeBytes;
	}));
	return found.every(Boolean);
}
