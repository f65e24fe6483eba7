// Remuda with a hub of its own: everything can be tried without a network, in a home that is removed afterwards.
// Arguments are handed on: `npm run demo -- search qwen` runs one command instead of the app.
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {existsSync} from 'node:fs';
import {mkdtemp, rm} from 'node:fs/promises';
import {constants, tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {loadRegistry} from '../source/services/registry/load-registry.js';
import {startHub} from '../test/helpers/hub/start-hub.js';
import {endWorker} from '../test/helpers/workers.js';
import {demoCatalogue, demoToken, gatedRepository} from './demo-catalogue.js';

const root = path.resolve(import.meta.dirname, '..');
const program = path.join(root, 'distribution', 'cli.js');

if (existsSync(program)) {
	process.exitCode = await runDemo(process.argv.slice(2));
} else {
	process.stderr.write('error: Remuda is not built yet.\nhint: npm run build\n');
	process.exitCode = 1;
}

/**
Runs the program against the demo's hub; resolves with its exit code, or 128 and the number of the signal that ended it.
*/
async function runDemo(programArguments: readonly string[]): Promise<number> {
	const {models} = await loadRegistry(path.join(root, 'registry.json'));
	const hub = await startHub({
		repositories: demoCatalogue(models),
		accounts: {[demoToken]: {granted: [gatedRepository]}},
		bytesPerSecond: 24_000_000,
		connectionBytesPerSecond: 12_000_000,
	});
	// Small as they are, the real models would be there before their bar is drawn.
	hub.fault({kind: 'slow', path: 'tinychat', bytesPerSecond: 400_000});
	const home = await mkdtemp(path.join(tmpdir(), 'remuda-demo-'));
	try {
		const child = spawn(process.execPath, [program, ...programArguments], {stdio: 'inherit', env: environment(hub.url, home)});
		// Ctrl-C and the end of the terminal reach the program as well, which knows what to do with them; only SIGTERM comes to this process alone.
		const ignore = () => undefined;
		process.on('SIGINT', ignore).on('SIGHUP', ignore).on('SIGTERM', () => {
			child.kill('SIGTERM');
		});
		await once(child, 'close');
		// A signal takes the place of the code.
		return child.exitCode ?? (128 + constants.signals[child.signalCode ?? 'SIGKILL']);
	} finally {
		await endWorker(home);
		await hub.close();
		await rm(home, {recursive: true, force: true, maxRetries: 3});
	}
}

/**
The user's own settings and token stay out of the demo.
*/
function environment(endpoint: string, home: string): NodeJS.ProcessEnv {
	const own = new Set(['HF_TOKEN', 'HUGGING_FACE_HUB_TOKEN', 'HF_TOKEN_PATH', 'HF_HUB_OFFLINE', 'TRANSFORMERS_OFFLINE']);
	const kept = Object.entries(process.env).filter(([name, value]) => !own.has(name) || value === demoToken);
	return Object.fromEntries([...kept, ['REMUDA_HOME', home], ['HF_HOME', path.join(home, 'huggingface')], ['HF_ENDPOINT', endpoint]]);
}
