import assert from 'node:assert/strict';
import {randomBytes} from 'node:crypto';
import {existsSync} from 'node:fs';
import {
	cp,
	mkdir,
	readdir,
	readFile,
	symlink,
	truncate,
	writeFile,
} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import {DatabaseSync} from 'node:sqlite';
import {test} from 'node:test';
import {startHub} from '../helpers/hub/start-hub.js';
import {tinychatRepository} from '../helpers/hub/tinychat-repository.js';
import {temporaryFolder} from '../helpers/temporary-folder.js';
import {endWorker} from '../helpers/workers.js';
import {runRemuda, toldError} from './run-remuda.js';
import {program, startRemuda} from './start-remuda.js';

const configs: ReadonlyArray<readonly [text: string, code: string, message: RegExp]> = [
	['{"max_concurrent_downloads": 2,\n\t"chat": {', 'broken_config', /config\.json is not valid JSON at line 2, column 11/v],
	['{"version": 7}', 'config_version', /its version is 7, this program knows 1/v],
	['{"chat": {"sampling": {"top_p": "much"}}}', 'invalid_setting', /chat\.sampling\.top_p .*must be a number/v],
	['{"max_concurent_downloads": 2}', 'unknown_setting', /no setting max_concurent_downloads/v],
];

for (const [text, code, message] of configs) {
	test(`a config that is wrong, ${code}: exit 2, and the file is as it was`, async () => {
		await using folder = await temporaryFolder();
		await mkdir(folder.join('.remuda'));
		await writeFile(folder.join('.remuda/config.json'), text);
		const read = await runRemuda({home: folder.path}, 'list', '--json');
		const written = await runRemuda({home: folder.path}, 'config', 'set', 'engine.gpu', 'off', '--json');
		assert.deepEqual([read.code, written.code], [2, 2]);
		assert.equal(read.stdout + written.stdout, '');
		assert.equal(toldError(read).code, code);
		assert.match(toldError(read).message, message);
		assert.match(toldError(read).hint ?? '', /untouched/v);
		assert.deepEqual(toldError(written), toldError(read));
		assert.equal(await readFile(folder.join('.remuda/config.json'), 'utf8'), text);
		assert.deepEqual(await readdir(folder.join('.remuda')), ['config.json']);
	});
}

const databases: ReadonlyArray<readonly [what: string, spoil: (file: string) => Promise<void>, code: string, exitCode: number]> = [
	['random bytes', async file => writeFile(file, randomBytes(20_000)), 'database_broken', 5],
	['cut off in the middle', async file => truncate(file, 6000), 'database_broken', 5],
	['of a newer Remuda', async file => {
		using database = new DatabaseSync(file);
		database.exec('PRAGMA user_version = 7');
	}, 'database_version', 2],
];

for (const [what, spoil, code, exitCode] of databases) {
	test(`a database that is ${what}: a command says so, the app opens and says so, and the file is as it was`, async () => {
		await using folder = await temporaryFolder();
		const file = folder.join('.remuda/remuda.sqlite');
		const first = await runRemuda({home: folder.path}, 'list', '--json');
		assert.equal(first.code, 0, first.stderr);
		await spoil(file);
		const before = await readFile(file);

		const listed = await runRemuda({home: folder.path}, 'list', '--json');
		assert.equal(listed.code, exitCode);
		assert.equal(listed.stdout, '');
		assert.equal(toldError(listed).code, code);

		await using app = startRemuda({home: folder.path});
		await app.waitFor(/! .*remuda\.sqlite/v);
		app.press('2');
		await app.waitFor(/The queue cannot be read[\s\S]*untouched/v);
		app.press('4');
		await app.waitFor(/\[4 hardware\][\s\S]*CPU/v);
		app.press('q');
		assert.deepEqual(await app.waitForExit(), {code: 0, signal: undefined});
		assert.deepEqual(await readFile(file), before);
	});
}

/**
A copy of the program that may be spoilt; resolves with the path of its door.
*/
async function copyProgram(folder: string): Promise<string> {
	const root = path.resolve(import.meta.dirname, '../..');
	await cp(path.dirname(program), path.join(folder, 'distribution'), {recursive: true});
	await cp(path.join(root, 'package.json'), path.join(folder, 'package.json'));
	await cp(path.join(root, 'registry.json'), path.join(folder, 'registry.json'));
	await symlink(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
	return path.join(folder, 'distribution', 'cli.js');
}

test('a registry that is wrong: exit 5 and the path of the field, for a command and for the app', async () => {
	await using folder = await temporaryFolder();
	const copy = await copyProgram(folder.join('program'));
	const file = folder.join('program/registry.json');
	const registry = JSON.parse(await readFile(file, 'utf8')) as {models: Array<Record<string, unknown>>};
	registry.models[3]!.context_window = 'long';
	await writeFile(file, JSON.stringify(registry));
	const listed = await runRemuda({home: folder.path, copy}, 'list', '--all', '--json');
	assert.equal(listed.code, 5);
	assert.equal(toldError(listed).code, 'broken_registry');
	assert.match(toldError(listed).message, /models\[3\]\.context_window/v);

	await using app = startRemuda({home: folder.path, copy});
	assert.deepEqual(await app.waitForExit(), {code: 5, signal: undefined});
	assert.deepEqual(app.leftoverModes(), []);
	assert.match(app.text(), /^error: .*models\[3\]\.context_window/v);
});

test('a home that cannot be written, or cannot be at all: exit 8, and nothing is made elsewhere', async () => {
	await using folder = await temporaryFolder();
	await writeFile(folder.join('file'), '');
	await symlink('circle', folder.join('circle'));
	await mkdir(folder.join('locked'), {mode: 0o500});
	const homes = [
		folder.join('file', 'home'),
		folder.join('circle'),
		folder.join('a'.repeat(5000)),
		...(existsSync('/proc/self') ? ['/proc/no-such-folder'] : []),
		// Whoever may do anything may also write here.
		...(process.getuid?.() === 0 ? [] : [folder.join('locked', 'home')]),
	];
	const commands = [['list', '--json'], ['config', 'set', 'engine.gpu', 'off', '--json']];
	const ends = await Promise.all(homes.flatMap(home => commands.map(async command => runRemuda({home: folder.path, env: {REMUDA_HOME: home}}, ...command))));
	assert.deepEqual(ends.map(({code}) => code), ends.map(() => 8));
	assert.deepEqual([...new Set(ends.map(end => toldError(end).code))], ['home_unwritable']);
	const names = await readdir(folder.path);
	assert.deepEqual(names.toSorted(), ['circle', 'file', 'locked']);
});

test('a home with spaces and wide characters in its path, a config that begins with a byte order mark, models in a folder that is not there yet: all of it works', async () => {
	await using folder = await temporaryFolder();
	await using hub = await startHub({repositories: [tinychatRepository()]});
	const home = 'my 日本語 home 🐎';
	const models = folder.join('new', 'мои модели', 'it\'s here');
	await mkdir(folder.join(home));
	await writeFile(folder.join(home, 'config.json'), `\u{FEFF}${JSON.stringify({models_directory: models})}`);
	// Relative, as a careless profile would have it.
	const options = {
		home: folder.path, hub: hub.url, cwd: folder.path, env: {REMUDA_HOME: home},
	};
	const downloaded = await runRemuda(options, 'download', 'hf:remuda/tinychat-2.6M-GGUF:Q8_0');
	assert.equal(downloaded.code, 0, downloaded.stderr);
	assert.equal(downloaded.stdout, `${path.join(models, 'huggingface/remuda/tinychat-2.6M-GGUF/tinychat-2.6M.Q8_0.gguf')}\n`);
	const answered = await runRemuda(options, 'run', 'tinychat-2.6m-q8_0', 'What is the capital of France?');
	assert.equal(answered.code, 0, answered.stderr);
	assert.match(answered.stdout, /Paris/v);
	await endWorker(folder.join(home));
	const names = await readdir(folder.join(home));
	assert.deepEqual(names.toSorted(), ['config.json', 'logs', 'remuda.sqlite']);
});
