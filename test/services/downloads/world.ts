import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {readdir, readFile, stat} from 'node:fs/promises';
import path from 'node:path';
import {type Download, type DownloadRequest} from '../../../source/types/download.js';
import {type ErrorReport} from '../../../source/types/error-report.js';
import {type RemoteFile} from '../../../source/types/search.js';
import {generateGguf} from '../../helpers/hub/generate-file.js';
import {type HubFile} from '../../helpers/hub/hub-file.js';
import {startHub, type HubOptions, type HubServer} from '../../helpers/hub/start-hub.js';
import {temporaryFolder} from '../../helpers/temporary-folder.js';
import {openSession, type Session, type SessionOptions} from './session.js';

export const repository = 'owner/repo';
export const never = new AbortController().signal;

/**
A hub with one repository, and a home to download to.
*/
export type World = AsyncDisposable & {
	readonly hub: HubServer;
	readonly home: string;
	readonly models: string;
	readonly partials: string;
	readonly open: (options?: Partial<SessionOptions>) => Promise<Session>;
	/**
	Where a file of the repository lies in the end.
	*/
	readonly target: (file: string) => string;
	/**
	What is left in the folder of partial files.
	*/
	readonly leftovers: () => Promise<readonly string[]>;
	/**
	Bytes in partial files.
	*/
	readonly leftoverBytes: () => Promise<number>;
};

export async function startWorld(files: Readonly<Record<string, HubFile>>, options: HubOptions = {}): Promise<World> {
	const hub = await startHub({repositories: [{id: repository, files}], ...options});
	const folder = await temporaryFolder();
	const models = folder.join('models');
	const partials = folder.join('models', '.downloading');
	const leftovers = async () => readdir(partials, {recursive: true}).catch(() => []);
	return {
		hub,
		home: folder.path,
		models,
		partials,
		open: async session => openSession({home: folder.path, endpoint: hub.url, ...session}),
		target: file => path.join(models, 'huggingface', ...repository.split('/'), ...file.split('/')),
		leftovers,
		async leftoverBytes() {
			const names = await leftovers();
			const sizes = await Promise.all(names.filter(file => file.endsWith('.partial')).map(async file => stat(path.join(partials, file))));
			return sizes.reduce((sum, {size}) => sum + size, 0);
		},
		async [Symbol.asyncDispose]() {
			await folder[Symbol.asyncDispose]();
			await hub.close();
		},
	};
}

export type RequestOptions = Partial<DownloadRequest> & {
	/**
	Leaves the hash away, as a source that does not know it.
	*/
	readonly hasHashes?: boolean;
};

/**
What a source would resolve for these files.
*/
export async function requestFor(files: Readonly<Record<string, HubFile>>, {hasHashes = true, ...overrides}: RequestOptions = {}): Promise<DownloadRequest> {
	const remote = await Promise.all(Object.entries(files).map(async ([file, content]): Promise<RemoteFile> => ({
		path: file,
		sizeBytes: content.sizeBytes,
		...(hasHashes && {sha256: await content.sha256()}),
		role: file.includes('mmproj') ? 'mmproj' : (/-of-\d{5}\./v.test(file) ? 'shard' : 'model'),
	})));
	return {
		ref: `hf:${repository}:Q4_K_M`,
		modelId: 'owner-repo-q4_k_m',
		name: 'Repo Q4_K_M',
		source: 'hugging-face',
		repository,
		revision: 'main',
		quantization: 'Q4_K_M',
		files: remote,
		...overrides,
	};
}

export const modelFile = 'model-Q4_K_M.gguf';

/**
One model of a size, and the request for it.
*/
export async function oneModel(sizeBytes: number, options: RequestOptions = {}): Promise<{
	readonly files: Readonly<Record<string, HubFile>>;
	readonly file: HubFile;
	readonly request: DownloadRequest;
}> {
	const file = generateGguf({sizeBytes, seed: 7});
	const files = {[modelFile]: file};
	return {files, file, request: await requestFor(files, options)};
}

export async function sha256Of(file: string): Promise<string> {
	return createHash('sha256').update(await readFile(file)).digest('hex');
}

/**
Resolves with the first state of the queue that fits.
*/
export async function until(session: Pick<Session, 'downloads'>, isThere: (downloads: readonly Download[]) => boolean, milliseconds = 20_000): Promise<readonly Download[]> {
	const {promise, resolve, reject} = Promise.withResolvers<readonly Download[]>();
	const look = (downloads: readonly Download[]) => {
		if (isThere(downloads)) {
			resolve(downloads);
		}
	};

	const timer = setTimeout(() => {
		const queue = JSON.stringify(session.downloads.list(), undefined, '\t');
		reject(new assert.AssertionError({message: `The queue never got there; it is ${queue}`}));
	}, milliseconds);
	const unsubscribe = session.downloads.subscribe(look);
	try {
		look(session.downloads.list());
		return await promise;
	} finally {
		clearTimeout(timer);
		unsubscribe();
	}
}

/**
Adds a request to a started queue and waits for its end.
*/
export async function download(session: Pick<Session, 'downloads'>, request: DownloadRequest): Promise<Download> {
	await session.downloads.start();
	const {id} = await session.downloads.add(request);
	return session.downloads.settled(id, {signal: AbortSignal.timeout(30_000)});
}

/**
Whether the files are in place and right, by their hashes.
*/
export async function haveArrived(world: World, files: Readonly<Record<string, HubFile>>): Promise<boolean> {
	const matches = await Promise.all(Object.entries(files).map(async ([name, file]) => await sha256Of(world.target(name)) === await file.sha256()));
	return matches.every(Boolean);
}

/**
Adds a request to a started queue; the error that it has to end in.
*/
export async function failureOf(session: Pick<Session, 'downloads'>, request: DownloadRequest): Promise<ErrorReport> {
	const {status, error} = await download(session, request);
	assert.equal(status, 'failed');
	assert.ok(error);
	return error;
}

/**
Adds a request to a started queue, and waits until it is there.
*/
export async function complete(session: Pick<Session, 'downloads'>, request: DownloadRequest): Promise<Download> {
	const result = await download(session, request);
	assert.equal(result.error, undefined);
	assert.equal(result.status, 'completed');
	return result;
}

/**
Resumes a download, and waits until it is there.
*/
export async function completeAgain(session: Pick<Session, 'downloads'>, id: string): Promise<Download> {
	await session.downloads.resume(id);
	return settle(session, id);
}

export async function settle(session: Pick<Session, 'downloads'>, id: string): Promise<Download> {
	const result = await session.downloads.settled(id, {signal: AbortSignal.timeout(30_000)});
	assert.equal(result.error, undefined);
	assert.equal(result.status, 'completed');
	return result;
}

/**
Whether there is nothing under that path.
*/
export async function isMissing(file: string): Promise<boolean> {
	const found = await stat(file).catch(() => undefined);
	return found === undefined;
}
