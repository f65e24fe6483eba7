import {readFile} from 'node:fs/promises';
import path from 'node:path';
import {IntegrityError} from '../../errors/integrity-error.js';
import {sanitizeLine} from '../../format/sanitize.js';
import {type RegistryModel} from '../../types/registry-model.js';
import {modelBytesOf} from '../hardware/estimate-file-size.js';
import {registrySchema, registryVersion, type RegistryDocumentModel} from './registry-schema.js';
import {type Registry} from './registry.js';
import {toRegistryModel} from './to-registry-model.js';

/**
Reads and checks the curated list.
@throws {IntegrityError} `broken_registry`, with the path of the wrong field, or `registry_version`.
*/
export async function loadRegistry(file: string): Promise<Registry> {
	const models = parseRegistry(await readText(file), path.basename(file));
	const byId = new Map(models.map(model => [model.id, model]));
	return {models, find: id => byId.get(id)};
}

/**
The models in the text of a registry, which errors call `label`.
*/
export function parseRegistry(text: string, label: string): readonly RegistryModel[] {
	const document = parseJson(text, label);
	assertVersion(document, label);
	const result = registrySchema.safeParse(document);
	if (!result.success) {
		const {path: keys = [], message = 'is broken'} = result.error.issues[0] ?? {};
		throw broken(label, `${fieldPath(keys)}${message}`);
	}

	const {models} = result.data;
	assertUnique(models, label);
	for (const [index, model] of models.entries()) {
		const problem = problemOf(model);
		if (problem !== undefined) {
			throw broken(label, `models[${index}].${problem}`);
		}
	}

	return models.map(model => toRegistryModel(model));
}

async function readText(file: string): Promise<string> {
	try {
		return await readFile(file, 'utf8');
	} catch (error) {
		throw broken(path.basename(file), `it cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown reason'})`, error);
	}
}

function parseJson(text: string, label: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch (error) {
		throw broken(label, 'it is not valid JSON', error);
	}
}

// Before all else: a newer registry may have fields that this program would call wrong.
function assertVersion(document: unknown, label: string): void {
	const {version} = (document ?? {}) as {readonly version?: unknown};
	if (typeof version === 'number' && version !== registryVersion) {
		throw new IntegrityError(`${sanitizeLine(label)} has version ${version}, and this Remuda reads version ${registryVersion}.`, {
			code: 'registry_version', hint: 'Install Remuda again, so that program and registry belong together.',
		});
	}
}

function assertUnique(models: readonly RegistryDocumentModel[], label: string): void {
	const seen = new Map<string, number>();
	for (const [index, {id}] of models.entries()) {
		const first = seen.get(id);
		if (first !== undefined) {
			throw broken(label, `models[${index}].id: “${id}” is the id of models[${first}] already`);
		}

		seen.set(id, index);
	}
}

/**
What the fields of one model say against each other.
*/
function problemOf({files, file_name: fileName, sha256, file_size: fileSize, file_size_exact: isExact, ram_required: required}: RegistryDocumentModel): string | undefined {
	const first = files[0];
	if (first === undefined || first.role === 'mmproj' || first.file_name !== fileName || first.sha256 !== sha256) {
		return 'files[0]: must be the file that file_name and sha256 speak of';
	}

	if (new Set(files.map(file => file.file_name)).size < files.length) {
		return 'files: must not name a file twice';
	}

	if (isExact && files.reduce((sum, file) => sum + (file.size_bytes ?? NaN), 0) !== fileSize) {
		return 'file_size: must be the sum of its files';
	}

	return required < modelBytesOf({fileSize, files: files.map(({role, size_bytes: size}) => ({role, sizeBytes: size ?? undefined}))}) ? 'ram_required: must not be less than its model files' : undefined;
}

function fieldPath(keys: readonly PropertyKey[]): string {
	const joined = keys.map(key => typeof key === 'number' ? `[${key}]` : `.${String(key)}`).join('').replace(/^\./v, '');
	return joined === '' ? '' : `${joined}: `;
}

function broken(label: string, what: string, cause?: unknown): IntegrityError {
	return new IntegrityError(`${sanitizeLine(label)}: ${sanitizeLine(what)}`, {code: 'broken_registry', hint: 'Install Remuda again, or correct the file.', cause});
}
