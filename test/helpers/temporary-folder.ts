import {mkdtemp, realpath, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';

/**
A new empty folder that goes away, with all that is in it, at the end of the scope: `await using folder = await temporaryFolder()`.
*/
export async function temporaryFolder(): Promise<AsyncDisposable & {readonly path: string; readonly join: (...segments: readonly string[]) => string}> {
	const parent = await realpath(tmpdir());
	const folder = await mkdtemp(path.join(parent, 'remuda-test-'));
	return {
		path: folder,
		join: (...segments) => path.join(folder, ...segments),
		async [Symbol.asyncDispose]() {
			await rm(folder, {recursive: true, force: true, maxRetries: 3});
		},
	};
}
