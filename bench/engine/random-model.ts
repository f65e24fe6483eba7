import {spawn} from 'node:child_process';
import {once} from 'node:events';
import process from 'node:process';
import {fileURLToPath} from 'node:url';

const maker = fileURLToPath(new URL('../../starter-model/make/make-random.mjs', import.meta.url));
const shape = ['--dim', '1024', '--heads', '16', '--kv', '4', '--layers', '16', '--ffn', '3072', '--vocab', '16384', '--ctx', '4096'];

/**
Writes a model of 210 million random weights. Its output is gibberish, its speed is real.
*/
export async function makeRandomModel(path: string): Promise<void> {
	const [code] = await once(spawn(process.execPath, [maker, path, ...shape], {stdio: ['ignore', 'ignore', 'inherit']}), 'exit') as [number | undefined];
	if (code !== 0) {
		throw new Error('The model could not be made.');
	}
}
