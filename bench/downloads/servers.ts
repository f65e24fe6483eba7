import {fork} from 'node:child_process';
import {once} from 'node:events';
import path from 'node:path';
import {type Served} from './serve-files.js';

export type ServeOptions = {
	readonly sizeBytes: number;
	readonly count?: number;
	/**
	Of each connection; 0 is as fast as it goes.
	*/
	readonly bytesPerSecond?: number;
};

/**
Runs `use` while a server in a process of its own serves the files.
*/
export async function withServer({sizeBytes, count = 1, bytesPerSecond = 0}: ServeOptions, use: (served: Served) => Promise<void>): Promise<void> {
	const child = fork(path.join(import.meta.dirname, 'serve-files.ts'), [sizeBytes, count, bytesPerSecond].map(String), {execArgv: ['--import', 'tsx']});
	const [served] = await once(child, 'message') as [Served];
	try {
		await use(served);
	} finally {
		child.disconnect();
	}
}
