import {rm} from 'node:fs/promises';
import {type Abortable} from '../../../types/abortable.js';
import {type DownloadRequest} from '../../../types/download.js';
import {type InstalledModel} from '../../../types/installed-model.js';
import {describeGguf} from '../../formats/gguf/describe-gguf.js';
import {readGgufHeader} from '../../formats/gguf/read-gguf-header.js';
import {type Manifest} from '../../manifest/manifest.js';
import {type Http} from '../../network/http.js';
import {type Hub} from '../../network/hub.js';
import {install} from '../disk/install.js';
import {type Hasher} from '../hash/hasher.js';
import {partialPaths} from '../partial/partial-paths.js';
import {targetPaths} from '../disk/target-path.js';
import {type Timing} from '../timing.js';
import {toDiskError} from '../disk/to-disk-error.js';
import {type Transferred, type TransferEvents, type TransferOptions} from '../transfer/transfer-options.js';
import {transferFile} from '../transfer/transfer.js';

export type RunDownloadOptions = Abortable & Pick<TransferOptions, 'connections' | 'mirrorUse' | 'throttle' | 'lost'> & {
	readonly hub: Hub;
	readonly http: Http;
	readonly manifest: Manifest;
	/**
	Folder of all models.
	*/
	readonly models: string;
	/**
	Folder of the partial files of this download.
	*/
	readonly folder: string;
	readonly timing: Timing;
	readonly hasher: Hasher;
	readonly request: DownloadRequest;
	readonly revision: () => string;
	readonly unpin: () => boolean;
	/**
	What to tell about the file at that position.
	*/
	readonly eventsOf: (index: number) => TransferEvents;
	readonly now: () => number;
};

/**
Fetches and verifies all files of a variant, then puts all of them in place, then records the model. Whatever of this was done before is not done again.
*/
export async function runDownload(options: RunDownloadOptions): Promise<void> {
	const {request, folder, models, signal} = options;
	const targets = targetPaths(models, request);
	let done = await transferAll(options, targets);
	// The commit that was pinned went away in between. What did not change is found to be there.
	if (!areOfOneCommit(done)) {
		done = await transferAll(options, targets);
	}

	signal.throwIfAborted();
	try {
		await install(done.flatMap(({isInPlace}, index) => isInPlace ? [] : [{from: partialPaths(folder, index).partial, to: targets[index]!}]), {signal});
	} catch (error) {
		throw toDiskError(error);
	}

	await options.manifest.put(await describe(options, targets, done));
	// From here on the model is installed; what is left over is cleaned up another time.
	await rm(folder, {recursive: true, force: true}).catch(() => undefined);
}

async function transferAll(options: RunDownloadOptions, targets: readonly string[]): Promise<readonly Transferred[]> {
	const {request, eventsOf} = options;
	const done: Transferred[] = [];
	for (const [index, file] of request.files.entries()) {
		// eslint-disable-next-line no-await-in-loop -- one file after the other, so that the first is whole soon
		done.push(await transferFile({
			...options, repository: request.repository, file, index, target: targets[index]!, events: eventsOf(index),
		}));
	}

	return done;
}

function areOfOneCommit(done: readonly Transferred[]): boolean {
	return new Set(done.map(({identity}) => identity.commit).filter(commit => commit !== undefined)).size <= 1;
}

async function describe({request, manifest, now}: RunDownloadOptions, targets: readonly string[], done: readonly Transferred[]): Promise<InstalledModel> {
	const files = request.files.map(({role}, index) => ({
		path: targets[index]!,
		sizeBytes: done[index]!.identity.sizeBytes,
		checksum: `sha256:${done[index]!.sha256}`,
		role,
	}));
	const before = await manifest.get(request.modelId);
	const main = files.find(({role}) => role === 'model') ?? files.find(({role}) => role === 'shard') ?? files[0]!;
	return {
		id: request.modelId,
		ref: request.ref,
		name: request.name,
		...(request.family !== undefined && {family: request.family}),
		quantization: request.quantization,
		source: request.source,
		path: main.path,
		files,
		sizeBytes: files.reduce((sum, {sizeBytes}) => sum + sizeBytes, 0),
		checksum: main.checksum,
		...(request.license !== undefined && {license: request.license}),
		downloadedAt: new Date(now()).toISOString(),
		// One that was downloaded again is still the model that was used.
		...(before?.lastUsed !== undefined && {lastUsed: before.lastUsed}),
		useCount: before?.useCount ?? 0,
		...await readFacts(files.filter(({role}) => role !== 'mmproj').map(({path}) => path)),
	};
}

/**
What the headers tell. A model whose header cannot be read is recorded without: it is what its author published.
*/
async function readFacts(paths: readonly string[]): Promise<Pick<InstalledModel, 'architecture' | 'contextLength' | 'parameters'>> {
	// The files are in place: this is no time to be stopped.
	const {signal} = new AbortController();
	try {
		const descriptions = [];
		for (const path of paths) {
			// eslint-disable-next-line no-await-in-loop -- headers may be large
			descriptions.push(describeGguf(await readGgufHeader(path, {signal})));
		}

		const {architecture, contextLength} = descriptions[0] ?? {};
		const parameters = descriptions.reduce((sum, description) => sum + description.parameters, 0);
		return {
			...(architecture !== undefined && {architecture}),
			...(contextLength !== undefined && {contextLength}),
			...(parameters > 0 && {parameters}),
		};
	} catch {
		return {};
	}
}
