import {createHash} from 'node:crypto';
import {createReadStream} from 'node:fs';
import {readdir} from 'node:fs/promises';
import {pipeline} from 'node:stream/promises';
import {generateGguf} from '../helpers/hub/generate-file.js';
import {type HubFile} from '../helpers/hub/hub-file.js';
import {startHub, type HubOptions, type HubServer} from '../helpers/hub/start-hub.js';
import {temporaryUserHome} from './user-home.js';

export const reference = 'hf:owner/herd-GGUF:Q8_0';
export const modelId = 'herd-q8_0';

/**
A home, and a hub with one model that takes a while to come.
*/
export type ModelWorld = AsyncDisposable & {
	readonly hub: HubServer;
	readonly file: HubFile;
	readonly home: string;
	readonly join: (...segments: readonly string[]) => string;
	/**
	For `startRemuda` and `runRemuda`.
	*/
	readonly surroundings: {readonly home: string; readonly hub: string};
	/**
	Paths of all files below the models folder, whole or in part.
	*/
	readonly modelFiles: () => Promise<readonly string[]>;
	/**
	Where the model lies in the end.
	*/
	readonly target: string;
	/**
	Bytes that the second host sent, minus the size of the file: what was fetched more than once.
	*/
	readonly refetchedBytes: () => number;
};

export async function startModelWorld({sizeBytes = 64_000_000, ...options}: HubOptions & {readonly sizeBytes?: number} = {}): Promise<ModelWorld> {
	const file = generateGguf({sizeBytes, seed: 11, name: 'Herd'});
	const hub = await startHub({repositories: [{id: 'owner/herd-GGUF', files: {'herd-Q8_0.gguf': file}}], ...options});
	const folder = await temporaryUserHome();
	const models = folder.join('.remuda', 'models');
	return {
		hub,
		file,
		home: folder.path,
		join: folder.join,
		surroundings: {home: folder.path, hub: hub.url},
		async modelFiles() {
			const entries = await readdir(models, {recursive: true, withFileTypes: true}).catch(() => []);
			return entries.filter(entry => !entry.isDirectory()).map(entry => `${entry.parentPath}/${entry.name}`);
		},
		target: folder.join('.remuda', 'models', 'huggingface', 'owner', 'herd-GGUF', 'herd-Q8_0.gguf'),
		refetchedBytes: () => hub.requests.filter(({server}) => server === 'cdn').reduce((sum, {sentBytes = 0}) => sum + sentBytes, -sizeBytes),
		async [Symbol.asyncDispose]() {
			await folder[Symbol.asyncDispose]();
			await hub.close();
		},
	};
}

export async function sha256Of(path: string): Promise<string> {
	const hash = createHash('sha256');
	await pipeline(createReadStream(path), hash);
	return hash.digest('hex');
}
