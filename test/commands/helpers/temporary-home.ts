import {readdir} from 'node:fs/promises';
import process from 'node:process';
import {type HubServer} from '../../helpers/hub/start-hub.js';
import {temporaryFolder} from '../../helpers/temporary-folder.js';

export type TemporaryHome = AsyncDisposable & {
	readonly environment: NodeJS.ProcessEnv;
	readonly join: (...segments: readonly string[]) => string;
	/**
	Every file below the models folder, relative to it and sorted; files that belong to downloads under way are among them.
	*/
	readonly modelFiles: () => Promise<readonly string[]>;
	readonly modelCount: () => Promise<number>;
};

/**
An environment with a home of its own, removed at the end of the scope. Without a hub, none can be reached.
*/
export async function temporaryHome(hub?: HubServer): Promise<TemporaryHome> {
	const folder = await temporaryFolder();
	const modelFiles = async () => {
		const entries = await readdir(folder.join('models'), {recursive: true, withFileTypes: true}).catch(() => []);
		return entries.filter(entry => entry.isFile()).map(entry => `${entry.parentPath}/${entry.name}`.slice(folder.join('models').length + 1)).toSorted();
	};

	return {
		environment: {
			PATH: process.env.PATH,
			HOME: folder.path,
			REMUDA_HOME: folder.path,
			// Nothing listens on the port that is reserved for discarding.
			HF_ENDPOINT: hub?.url ?? 'http://127.0.0.1:9',
		},
		join: folder.join,
		modelFiles,
		async modelCount() {
			const files = await modelFiles();
			return files.length;
		},
		[Symbol.asyncDispose]: async () => folder[Symbol.asyncDispose](),
	};
}
