import {existsSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';

/**
How a program is started.
*/
export type Command = {
	readonly program: string;
	readonly arguments: readonly string[];
};

/**
The engine host as a program, and what it reads of the disk to run.
*/
export type HostProgram = Command & {
	readonly readablePaths: readonly string[];
};

/**
Where the engine host is: beside this module. In the bundle that is `engine-host.js`; from source, which tests run, it is TypeScript and needs tsx.
*/
export function locateHostProgram(): HostProgram {
	const here = fileURLToPath(import.meta.url);
	const directory = path.dirname(here);
	const root = packageRoot(directory);
	const isFromSource = here.endsWith('.ts');
	const shared = [path.join(root, 'package.json'), ...nodeModulesOf('node-llama-cpp')];
	return isFromSource
		? {
			program: process.execPath,
			arguments: ['--import', import.meta.resolve('tsx'), path.join(directory, 'host', 'engine-host.ts')],
			readablePaths: [path.join(root, 'source'), path.join(root, 'tsconfig.json'), ...shared, ...nodeModulesOf('tsx')],
		}
		: {program: process.execPath, arguments: [path.join(directory, 'engine-host.js')], readablePaths: [directory, ...shared]};
}

/**
The nearest folder upwards that holds a package.json.
*/
function packageRoot(directory: string): string {
	const parent = path.dirname(directory);
	return existsSync(path.join(directory, 'package.json')) || parent === directory ? directory : packageRoot(parent);
}

/**
The outermost `node_modules` that a package and those it needs are in; none, if it is not installed.
*/
function nodeModulesOf(name: string): string[] {
	try {
		const [before, inside] = fileURLToPath(import.meta.resolve(name)).split(`${path.sep}node_modules${path.sep}`, 2);
		return inside === undefined ? [] : [path.join(before!, 'node_modules')];
	} catch {
		return [];
	}
}
