import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import path from 'node:path';
import process from 'node:process';
import {text} from 'node:stream/consumers';
import {after, test} from 'node:test';
import {startHub} from './helpers/hub/start-hub.js';
import {tinychatRepository} from './helpers/hub/tinychat-repository.js';
import {errorSchema} from './commands/helpers/schemas.js';
import {invoke, jsonLines} from './commands/helpers/invoke.js';
import {temporaryHome} from './commands/helpers/temporary-home.js';

const program = path.join(import.meta.dirname, '../source/cli.ts');
const hub = await startHub({repositories: [tinychatRepository()]});

after(async () => {
	await hub.close();
});

function start(argv: readonly string[], environment: NodeJS.ProcessEnv, nodeOptions: readonly string[] = []) {
	const child = spawn(process.execPath, ['--import', 'tsx', ...nodeOptions, program, ...argv], {env: environment, stdio: 'pipe'});
	const output = Promise.all([text(child.stdout), text(child.stderr)]);
	return {
		child,
		async ended() {
			const [[stdout, stderr], [exitCode]] = await Promise.all([output, once(child, 'exit') as Promise<[number | undefined]>]);
			return {exitCode, stdout, stderr};
		},
	};
}

void test('data goes to stdout, errors to stderr, and the exit code says which kind', async () => {
	await using home = await temporaryHome();
	const [good, wrong] = await Promise.all([
		start(['list', '--json'], home.environment).ended(),
		start(['lsit', '--json'], home.environment).ended(),
	]);
	assert.equal(good.exitCode, 0);
	assert.equal(good.stderr, '');
	assert.equal((JSON.parse(good.stdout) as {models: unknown[]}).models.length, 1);
	assert.equal(wrong.exitCode, 2);
	assert.equal(wrong.stdout, '');
	assert.equal(errorSchema.parse(jsonLines(wrong.stderr)[0]).error.code, 'unknown_command');
});

void test('the app without a terminal is a clear error', async () => {
	await using home = await temporaryHome();
	const {exitCode, stdout, stderr} = await start([], home.environment).ended();
	assert.equal(exitCode, 2);
	assert.equal(stdout, '');
	assert.match(stderr, /^error: .*terminal/v);
});

void test('an old Node.js is told at once', async () => {
	await using home = await temporaryHome();
	// As it would be in an old one, before anything of Remuda's own is loaded.
	const old = 'data:text/javascript,Object.defineProperty(process, \'versions\', {value: {...process.versions, node: \'20.20.2\'}})';
	const {exitCode, stdout, stderr} = await start(['list'], home.environment, ['--import', old]).ended();
	assert.equal(exitCode, 2);
	assert.equal(stdout, '');
	assert.match(stderr, /^error: Remuda needs Node\.js 22\.19 or newer, and this is 20\.20\.2\.\nhint: /v);
});

void test('a reader that goes away ends it quietly', async () => {
	await using home = await temporaryHome();
	const child = spawn(process.execPath, ['--import', 'tsx', program, 'list', '--all'], {env: home.environment, stdio: 'pipe'});
	child.stdout.destroy();
	const [stderr, [exitCode]] = await Promise.all([text(child.stderr), once(child, 'exit')]) as [string, [number | undefined]];
	assert.equal(stderr, '');
	assert.equal(exitCode, 0);
});

for (const [signal, expected] of [['SIGINT', 130], ['SIGTERM', 143]] as const) {
	void test(`${signal} during a download ends with ${expected}, and keeps what was received`, async () => {
		await using home = await temporaryHome(hub);
		hub.setRate({bytesPerSecond: 1_000_000});
		const {child, ended} = start(['download', 'hf:remuda/tinychat-2.6M-GGUF:F16', '--json'], home.environment);
		child.stdout.on('data', chunk => {
			if (/"received_bytes":[1-9]/v.test(String(chunk))) {
				child.kill(signal);
			}
		});
		const {exitCode, stderr} = await ended();
		hub.setRate({});
		assert.equal(exitCode, expected);
		assert.equal(errorSchema.parse(jsonLines(stderr)[0]).error.code, 'interrupted');
		const resumed = await invoke(['download', 'hf:remuda/tinychat-2.6M-GGUF:F16', '--json'], home);
		assert.equal(resumed.exitCode, 0);
		const last = jsonLines(resumed.stdout).at(-1);
		assert.ok(Number(last?.resumed_bytes) > 0);
	});
}
