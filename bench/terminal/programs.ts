import {existsSync} from 'node:fs';
import {
	mkdir,
	mkdtemp,
	rm,
	writeFile,
} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {type Program} from './drive.js';

export const exampleApp: readonly string[] = [process.execPath, '--import', 'tsx', 'test/fixtures/example-app.tsx'];
export const remuda: readonly string[] = [process.execPath, 'distribution/cli.js'];
const helloWorld: readonly string[] = [process.execPath, 'bench/terminal/hello-world.js'];

function isInstalled(name: string): boolean {
	return process.env.PATH!.split(path.delimiter).some(folder => existsSync(path.join(folder, name)));
}

export type Programs = {
	readonly subject: Program;
	readonly helloWorld: Program;
	/**
	Htop and btop, where they are installed, kept from refreshing by themselves.
	*/
	readonly peers: readonly Program[];
	readonly remove: () => Promise<void>;
};

/**
The programs to measure, in a home of their own: an empty one, without a network.
*/
export async function preparePrograms(command: readonly string[]): Promise<Programs> {
	const home = await mkdtemp(path.join(tmpdir(), 'remuda-bench-'));
	await mkdir(path.join(home, 'btop'));
	await writeFile(path.join(home, 'btop', 'btop.conf'), 'update_ms = 86400000\nshow_splash = False\n');
	const environment = Object.fromEntries([
		['NODE_ENV', 'production'],
		['REMUDA_HOME', path.join(home, 'remuda')],
		['HF_HUB_OFFLINE', '1'],
		['XDG_CONFIG_HOME', home],
	]);
	const peers = [['htop', '-d', '100'], ['btop', '--utf-force']].filter(([name]) => isInstalled(name!));
	return {
		subject: {name: 'remuda', command, environment},
		helloWorld: {name: 'Ink hello-world', command: helloWorld, environment},
		peers: peers.map(peer => ({name: peer[0]!, command: peer, environment})),
		async remove() {
			await rm(home, {recursive: true, force: true});
		},
	};
}
