import process from 'node:process';
import {temporaryFolder} from '../../helpers/temporary-folder.js';

/**
An environment with a home of its own, removed at the end of the scope, in which no hub can be reached.
*/
export async function temporaryHome(): Promise<AsyncDisposable & {readonly environment: NodeJS.ProcessEnv; readonly join: (...segments: readonly string[]) => string}> {
	const folder = await temporaryFolder();
	return {
		environment: {
			PATH: process.env.PATH,
			HOME: folder.path,
			REMUDA_HOME: folder.path,
			// Nothing listens on the port that is reserved for discarding.
			HF_ENDPOINT: 'http://127.0.0.1:9',
		},
		join: folder.join,
		[Symbol.asyncDispose]: async () => folder[Symbol.asyncDispose](),
	};
}
