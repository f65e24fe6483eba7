import {IntegrityError} from '../../errors/integrity-error.js';
import {NotFoundError} from '../../errors/not-found-error.js';
import {type Abortable} from '../../types/abortable.js';
import {type DownloadRequest} from '../../types/download.js';
import {type RegistryFile, type RegistryModel} from '../../types/registry-model.js';
import {type RemoteFile} from '../../types/search.js';
import {type Hub} from '../network/hub.js';
import {fetchModel, fetchTree} from './hub-queries.js';
import {type TreeEntry} from './hub-replies.js';
import {licenseFields} from './license-fields.js';
import {isSafePath} from './safe-path.js';

/**
What to fetch for an entry of the registry: its files at its revision, with the sizes that the hub gives. The registry's hash decides; where it has none, the hub's is taken.
@throws IntegrityError `hash_mismatch`, NotFoundError `file_not_found`.
*/
export async function resolveRegistryModel(hub: Hub, entry: RegistryModel, {signal}: Abortable): Promise<DownloadRequest> {
	const {id, huggingFaceRepo, name, quantization, family, license} = entry;
	const model = await fetchModel(hub, {repository: huggingFaceRepo, revision: entry.revision}, {signal});
	const {id: repository, sha: revision} = model;
	const tree = await fetchTree(hub, {repository, revision}, {signal});
	const wanted: readonly RegistryFile[] = entry.files.length > 0 ? entry.files : [{fileName: entry.fileName, role: 'model'}];
	return {
		ref: id,
		modelId: id,
		name,
		source: 'hugging-face',
		repository,
		revision,
		quantization,
		family,
		license,
		...licenseFields(model),
		files: wanted.map(file => toRemoteFile(file, entry, tree)),
	};
}

function toRemoteFile({fileName, role, sha256: ownHash}: RegistryFile, entry: RegistryModel, tree: readonly TreeEntry[]): RemoteFile {
	const found = tree.find(({path, type}) => path === fileName && type === 'file' && isSafePath(path));
	if (found === undefined) {
		throw new NotFoundError(`${entry.huggingFaceRepo} does not have ${fileName} any more.`, {
			code: 'file_not_found',
			hint: `See what it has: remuda info hf:${entry.huggingFaceRepo}`,
		});
	}

	const known = ownHash ?? (fileName === entry.fileName ? entry.sha256 : undefined);
	const told = found.lfs?.oid;
	if (known !== undefined && told !== undefined && known !== told) {
		throw new IntegrityError(`${fileName} of ${entry.huggingFaceRepo} is not the file that the registry knows: its hash is ${told.slice(0, 12)}…, and should be ${known.slice(0, 12)}….`, {
			code: 'hash_mismatch',
			hint: `If you trust the repository as it is now: remuda download hf:${entry.huggingFaceRepo}:${entry.quantization}`,
		});
	}

	const sha256 = known ?? told;
	return {
		path: fileName, sizeBytes: found.lfs?.size ?? found.size, role, ...(sha256 !== undefined && {sha256}),
	};
}
