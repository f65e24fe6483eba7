import {isOpen} from '../../format/download-status.js';
import {type Download} from '../../types/download.js';
import {type InstalledModel} from '../../types/installed-model.js';
import {type RegistryModel} from '../../types/registry-model.js';
import {memoize} from './memoize.js';

/**
Names a variant the same way wherever it came from: a search, the registry, the manifest or the queue.
*/
export function variantKey(repository: string, quantization: string): string {
	return `hf:${repository}:${quantization}`.toLowerCase();
}

/**
Installed models by id, by reference, by variant key, and by `hf:OWNER/REPO`.
*/
export const installedByKey = memoize((models: readonly InstalledModel[], registry: readonly RegistryModel[]): ReadonlyMap<string, InstalledModel> => {
	const repositories = new Map(registry.map(({id, huggingFaceRepo}) => [id, huggingFaceRepo]));
	return new Map(models.flatMap(model => {
		const repository = repositories.get(model.id) ?? repositoryOf(model.ref);
		return keysOf({...model, repository}).map(key => [key, model] as const);
	}));
});

/**
Downloads that are not over, by the same keys.
*/
export const queuedByKey = memoize((downloads: readonly Download[]): ReadonlyMap<string, Download> => new Map(downloads.filter(({status}) => isOpen(status)).flatMap(download => {
	const {modelId: id, ref, repository, quantization} = download.request;
	return keysOf({
		id, ref, repository, quantization,
	}).map(key => [key, download] as const);
})));

const repositoryPattern = /^hf:(?<repository>[^\/]+\/[^\/:@]+)/v;

function repositoryOf(ref: string): string | undefined {
	return repositoryPattern.exec(ref)?.groups?.repository;
}

function keysOf({id, ref, repository, quantization}: {
	readonly id: string;
	readonly ref: string;
	readonly repository: string | undefined;
	readonly quantization: string;
}): readonly string[] {
	const keys = [id, ref, ...(repository === undefined ? [] : [variantKey(repository, quantization), `hf:${repository}`])];
	return keys.map(key => key.toLowerCase());
}
