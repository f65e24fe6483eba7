import {existsSync, readFileSync} from 'node:fs';
import {homedir} from 'node:os';
import path from 'node:path';
import {type Environment} from '../network/environment.js';
import {type Config} from '../../types/config.js';
import {type Paths} from './paths.js';

/**
Where everything lies. `REMUDA_HOME` moves the home, `models_directory` of the config only the models.

Without a config it tells where that config would be: resolve, load, resolve again.
*/
export function resolvePaths(environment: Environment, config?: Pick<Config, 'modelsDirectory'>): Paths {
	const userHome = nonEmpty(environment.HOME) ?? homedir();
	const home = expand(nonEmpty(environment.REMUDA_HOME) ?? path.join(userHome, '.remuda'), userHome);
	const models = config?.modelsDirectory === undefined ? path.join(home, 'models') : expand(config.modelsDirectory, userHome);
	const program = findProgramFolder(import.meta.dirname);
	return {
		home,
		config: path.join(home, 'config.json'),
		database: path.join(home, 'remuda.sqlite'),
		models,
		partials: path.join(models, '.downloading'),
		starterModel: path.join(program, 'starter-model', 'tinychat-2.6M.Q8_0.gguf'),
		registry: path.join(program, 'registry.json'),
	};
}

// A variable that is set to nothing is meant as not set.
function nonEmpty(text: string | undefined): string | undefined {
	return text === '' ? undefined : text;
}

// A shell leaves the tilde alone in quotes and in a config file.
function expand(text: string, userHome: string): string {
	return path.resolve(text === '~' || text.startsWith('~/') ? path.join(userHome, text.slice(1)) : text);
}

/**
The folder of Remuda's package.json: how many levels up it is differs between the sources and the bundle.
*/
function findProgramFolder(start: string): string {
	for (let folder = start; ; folder = path.dirname(folder)) {
		if (isProgramFolder(folder)) {
			return folder;
		}

		if (folder === path.dirname(folder)) {
			throw new Error(`No package.json of Remuda above ${start}.`);
		}
	}
}

function isProgramFolder(folder: string): boolean {
	const file = path.join(folder, 'package.json');
	return existsSync(file) && (JSON.parse(readFileSync(file, 'utf8')) as {name?: unknown}).name === 'remuda';
}
