import {endWorker} from '../helpers/workers.js';
import {temporaryFolder} from '../helpers/temporary-folder.js';

/**
A user's home that goes away at the end of the scope, after the downloads worker that was started in it.
*/
export async function temporaryUserHome(): ReturnType<typeof temporaryFolder> {
	const folder = await temporaryFolder();
	return {
		...folder,
		async [Symbol.asyncDispose]() {
			await endWorker(folder.join('.remuda'));
			await folder[Symbol.asyncDispose]();
		},
	};
}
