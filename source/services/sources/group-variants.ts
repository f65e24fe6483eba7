import {type RemoteFile, type Variant} from '../../types/search.js';
import {parseFileName, type FileName} from './file-roles.js';
import {type TreeEntry} from './hub-replies.js';
import {parseQuantization} from './parse-quantization.js';
import {isSafePath} from './safe-path.js';

/**
A variant before it has a reference.
*/
export type VariantFiles = Omit<Variant, 'ref'> & {
	/**
	Path of its (first) model file.
	*/
	readonly path: string;
	/**
	Whether another variant of the repository has the same quantization.
	*/
	readonly isAmbiguous: boolean;
};

type Candidate = {readonly file: RemoteFile; readonly name: FileName};

/**
The variants of a repository, smallest first: shards together, and only if all are there; the mmproj, where there is one, with each. Files with hostile paths do not exist.
*/
export function groupVariants(tree: readonly TreeEntry[]): readonly VariantFiles[] {
	const candidates = tree.filter(entry => entry.type === 'file' && isSafePath(entry.path)).map(entry => toCandidate(entry)).filter(candidate => candidate !== undefined);
	const projectors = candidates.filter(({name}) => name.role === 'mmproj').map(({file}) => file);
	const groups = Map.groupBy(candidates.filter(({name}) => name.role === 'model' || name.role === 'shard'), ({name}) => `${name.stem}\n${name.count}`);
	const variants = groups.values().filter(group => isWhole(group)).map(group => toVariant(group, projectors)).toArray();
	const labels = Map.groupBy(variants, variant => variant.quantization);
	return variants
		.map(variant => ({...variant, isAmbiguous: variant.quantization === unknownQuantization || (labels.get(variant.quantization)?.length ?? 0) > 1}))
		.toSorted((left, right) => left.sizeBytes === right.sizeBytes ? left.path.localeCompare(right.path) : left.sizeBytes - right.sizeBytes);
}

/**
Of a model whose file name does not say how it is quantized.
*/
export const unknownQuantization = 'unknown';

function toCandidate({path, size, lfs}: TreeEntry): Candidate | undefined {
	const name = parseFileName(path);
	return name === undefined || name.role === 'sidecar'
		? undefined
		: {
			name, file: {
				path, sizeBytes: lfs?.size ?? size, ...(lfs !== undefined && {sha256: lfs.oid}), role: name.role,
			},
		};
}

function isWhole(group: readonly Candidate[]): boolean {
	const {count} = group[0]!.name;
	return group.length === count && new Set(group.map(({name}) => name.index)).size === count && group.every(({name}) => name.index >= 1 && name.index <= count);
}

function toVariant(group: readonly Candidate[], projectors: readonly RemoteFile[]): Omit<VariantFiles, 'isAmbiguous'> {
	const models = group.toSorted((left, right) => left.name.index - right.name.index).map(({file}) => file);
	const {path} = models[0]!;
	const projector = chooseProjector(projectors, path);
	const files = projector === undefined ? models : [...models, projector];
	return {
		path,
		quantization: parseQuantization(path) ?? unknownQuantization,
		files,
		sizeBytes: files.reduce((sum, file) => sum + file.sizeBytes, 0),
	};
}

const projectorOrder = ['F16', 'BF16', 'F32', 'Q8_0'];

/**
The projector that lies beside the model, or else any; F16 first, because it is what every backend computes with.
*/
function chooseProjector(projectors: readonly RemoteFile[], modelPath: string): RemoteFile | undefined {
	const folder = folderOf(modelPath);
	const beside = projectors.filter(({path}) => folderOf(path) === folder);
	const rank = ({path}: RemoteFile) => {
		const index = projectorOrder.indexOf(parseQuantization(path) ?? '');
		return index === -1 ? projectorOrder.length : index;
	};

	return (beside.length > 0 ? beside : projectors).toSorted((left, right) => rank(left) === rank(right) ? left.path.localeCompare(right.path) : rank(left) - rank(right))[0];
}

function folderOf(path: string): string {
	return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
