import assert from 'node:assert/strict';
import {readdir, stat} from 'node:fs/promises';
import path from 'node:path';
import {type Timing} from '../../../source/services/downloads/timing.js';
import {type Download, type DownloadRequest} from '../../../source/types/download.js';
import {generateGguf} from '../../helpers/hub/generate-file.js';
import {type HubServer} from '../../helpers/hub/start-hub.js';
import {type Session, type SessionOptions} from './session.js';
import {
	isMissing,
	requestFor,
	sha256Of,
	startWorld,
} from './world.js';

// What the tests of the fault matrix have in common.

/**
Bytes of each file: enough for four connections, as the timing divides it.
*/
export const size = 4_194_304;
/**
What may be fetched twice where a connection broke off: bytes that were on their way, or not yet on disk.
*/
export const slack = 262_144;

/**
The places that a fault is put at, as positions in the file.
*/
export const places = {'before the first byte': 0, 'in the middle': size / 2, 'at the end': size - 100} as const;

/**
Numbers of connections that are tried.
*/
export const connectionCounts = [1, 4] as const;

const timing: Partial<Timing> = {
	retryBase: 5, longestWait: 2000, stall: 1000, flush: 20, journal: 100, smallestChunk: 262_144,
};

// Made once, because what it is hashed to is kept with it; served under many names.
export const file = generateGguf({sizeBytes: size, seed: 7});
/**
Another one of the same size.
*/
export const otherFile = generateGguf({sizeBytes: size, seed: 8});

/**
One run of the program, and a hub with a file for each case.
*/
export type Scene = AsyncDisposable & {
	readonly hub: HubServer;
	readonly session: Session;
	readonly home: string;
	/**
	Folder of the partial files of all downloads.
	*/
	readonly partials: string;
	readonly case: (name: string) => Case;
};

/**
How to tell that a download has come to a place, and to let it go on from there.
*/
export type Moment = {
	readonly reached: Promise<void>;
	readonly release: () => void;
};

/**
A file of its own on the hub, to be downloaded.
*/
export type Case = {
	/**
	Part of the paths that are asked for it, and of no other's.
	*/
	readonly path: string;
	/**
	Of the download.
	*/
	readonly id: string;
	readonly request: Promise<DownloadRequest>;
	/**
	Where its partial files are.
	*/
	readonly folder: string;
	readonly target: string;
	/**
	The file is in place and right, it is recorded, and nothing is left over.
	*/
	readonly assertRight: (expected?: {readonly sha256: () => Promise<string>}) => Promise<void>;
	/**
	Nothing is at the final place or recorded.
	*/
	readonly assertAbsent: () => Promise<void>;
	/**
	Bytes in its partial files.
	*/
	readonly keptBytes: () => Promise<number>;
};

export type SceneOptions = Partial<SessionOptions> & {
	readonly connections: number;
	/**
	Done with the home before anything uses it.
	*/
	readonly prepare?: (home: string) => Promise<void>;
};

export async function startScene(names: readonly string[], {connections, prepare, ...options}: SceneOptions): Promise<Scene> {
	const paths = new Map(names.map((name, index) => [name, `case-${index}-Q4_K_M.gguf`]));
	const world = await startWorld(Object.fromEntries(paths.values().map(name => [name, file])));
	await prepare?.(world.home);
	const session = await world.open({...options, timing: {...timing, ...options.timing}});
	await session.config.set('downloads.connections_per_file', connections);
	await session.config.set('max_concurrent_downloads', 16);
	await session.downloads.start();

	function createCase(name: string): Case {
		const filePath = paths.get(name)!;
		const modelId = filePath.toLowerCase();
		const target = world.target(filePath);
		const folder = path.join(world.partials, modelId);
		return {
			path: filePath,
			id: modelId,
			request: requestFor({[filePath]: file}, {modelId, name}),
			folder,
			target,
			async assertRight(expected = file) {
				assert.equal(await sha256Of(target), await expected.sha256());
				assert.ok(await session.manifest.get(modelId));
				assert.ok(await isMissing(folder));
			},
			async assertAbsent() {
				assert.ok(await isMissing(target));
				assert.equal(await session.manifest.get(modelId), undefined);
			},
			async keptBytes() {
				const entries = await readdir(folder).catch(() => []);
				const sizes = await Promise.all(entries.filter(entry => entry.endsWith('.partial')).map(async entry => stat(path.join(folder, entry))));
				return sizes.reduce((sum, {size: bytes}) => sum + bytes, 0);
			},
		};
	}

	return {
		hub: world.hub,
		session,
		home: world.home,
		partials: world.partials,
		case: createCase,
		async [Symbol.asyncDispose]() {
			await session[Symbol.asyncDispose]();
			await world[Symbol.asyncDispose]();
		},
	};
}

/**
Holds the connection back that comes to a position of the file, until it is released or given up as stalled: what comes before was sent then.
*/
export function holdAt({hub}: Scene, {path: filePath}: Case, at: number): Moment {
	const {reached, remove} = hub.fault({
		kind: 'hold', path: filePath, at, times: 1,
	});
	return {reached, release: remove};
}

/**
Does something right when all bytes are there, before the last check and the move to the final place; false until it has.
*/
export function whenVerifying({session: {downloads}}: Scene, {id}: Case, act: () => void): () => boolean {
	let isDone = false;
	downloads.subscribe(list => {
		if (isDone || list.every(download => !(download.id === id && download.status === 'verifying'))) {
			return;
		}

		isDone = true;
		act();
	});
	return () => isDone;
}

/**
Has a download done, and resolves with how it ended.
*/
export async function run({session: {downloads}}: Scene, request: DownloadRequest): Promise<Download> {
	const {id} = await downloads.add(request);
	return downloads.settled(id, {signal: AbortSignal.timeout(30_000)});
}

export async function resume({session: {downloads}}: Scene, id: string): Promise<Download> {
	await downloads.resume(id);
	return downloads.settled(id, {signal: AbortSignal.timeout(30_000)});
}

export function assertCompleted({error, status}: Download): void {
	assert.equal(error, undefined);
	assert.equal(status, 'completed');
}

/**
It ended in an error that a person can do something with, and that tells no secret.
*/
export function assertFailed({status, error}: Download, codes: readonly string[]): void {
	assert.equal(status, 'failed');
	assert.ok(error);
	assert.ok(codes.includes(error.code), `${error.code}: ${error.message}`);
	assert.match(error.message, /^\S.+\.$/v);
	assert.notEqual(error.hint, undefined);
	assert.doesNotMatch(`${error.message} ${error.hint}`, /X-Amz|Signature|Expires=|undefined|\/tmp/v);
}
