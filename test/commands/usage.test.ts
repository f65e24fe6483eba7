import assert from 'node:assert/strict';
import {test} from 'node:test';
import packageJson from '../../package.json' with {type: 'json'};
import {catalogue} from '../../source/commands/catalogue.js';
import {cellWidth} from '../../source/format/cells.js';
import {errorSchema} from './helpers/schemas.js';
import {invoke, jsonLines} from './helpers/invoke.js';
import {temporaryHome} from './helpers/temporary-home.js';

const wrong: ReadonlyArray<readonly [argv: readonly string[], code: string, said: RegExp]> = [
	[['serach', 'x'], 'unknown_command', /Did you mean search\?/v],
	[['toString'], 'unknown_command', /--help/v],
	[['--verison'], 'unknown_flag', /Did you mean --version\?/v],
	[['list', '--al'], 'unknown_flag', /Did you mean --all\?/v],
	[['list', '-x'], 'unknown_flag', /-x/v],
	[['list', 'extra'], 'unexpected_argument', /extra/v],
	[['list', '--all', '--cached'], 'conflicting_flags', /exclude/v],
	[['search'], 'missing_argument', /search for/v],
	[['search', 'x', '--limit', '0'], 'invalid_flag', /1 to 500/v],
	[['search', 'x', '--limit'], 'invalid_flag', /got nothing/v],
	[['search', 'x', '--limit', '1', '--limit', '2'], 'repeated_flag', /once/v],
	[['info'], 'missing_argument', /model reference/v],
	[['download'], 'missing_argument', /model reference/v],
	[['download', 'https://example.com/x.gguf'], 'invalid_reference', /not a reference/v],
	[['download', 'starter', '--priority', 'urgent'], 'invalid_flag', /high, normal or low/v],
	[['download', 'starter', '--limit-rate', 'fast'], 'invalid_flag', /5MB/v],
	[['download', 'starter', '--at', '25:00'], 'invalid_flag', /02:00/v],
	[['download', 'starter', '--between', '7-8'], 'invalid_flag', /23:00-07:00/v],
	[['download', '--from'], 'invalid_flag', /--from needs/v],
	[['downloads', 'paus'], 'unknown_action', /Did you mean downloads pause\?/v],
	[['downloads', 'toString'], 'unknown_action', /There are list, watch/v],
	[['downloads', 'list', 'extra'], 'unexpected_argument', /extra/v],
	[['downloads', 'pause'], 'missing_argument', /--all/v],
	[['download', 'starter', '--background=yes'], 'invalid_flag', /--background is on or off.*“yes”/v],
	[['download', 'starter', '--acceptLicense='], 'invalid_flag', /--accept-license is on or off/v],
	[['downloads', 'cancel', 'a', '--yes=no'], 'invalid_flag', /--yes is on or off/v],
	[['downloads', 'pause', 'a', '--all'], 'conflicting_flags', /not both/v],
	[['downloads', 'move', 'a', '--all'], 'unexpected_flag', /--all belongs to downloads pause/v],
	[['downloads', 'pause', 'a', '--yes'], 'unexpected_flag', /--yes belongs to downloads cancel/v],
	[['downloads', 'move', 'a', 'sideways'], 'invalid_value', /first, up, down or last/v],
	[['downloads', 'move', 'a'], 'missing_argument', /where to move it/v],
	[['downloads', 'priority', 'a', 'urgent'], 'invalid_value', /high, normal or low/v],
	[['downloads', 'limit', 'all'], 'missing_argument', /rate/v],
	[['downloads', 'limit', 'all', 'fast'], 'invalid_value', /or none/v],
	[['downloads', 'limit', 'a'], 'missing_argument', /rate/v],
	[['downloads', 'hours', 'a', '07:00'], 'invalid_value', /23:00-07:00/v],
	[['downloads', 'at', 'a', 'soon'], 'invalid_value', /or now/v],
	[['remove'], 'missing_argument', /model reference/v],
	[['cache', 'prun'], 'unknown_action', /Did you mean cache prune\?/v],
	[['cache', 'usage', '--limit', '1GB'], 'unexpected_flag', /prune/v],
	[['cache', 'prune', '--limit', 'lots'], 'invalid_flag', /20GB/v],
	[['cache', 'prune'], 'missing_limit', /--limit/v],
	[['hardware', 'extra'], 'unexpected_argument', /extra/v],
	[['run'], 'missing_argument', /model reference/v],
	[['run', 'starter', 'hello', '--temperature', '9'], 'invalid_flag', /0 to 5/v],
	[['run', 'starter', '-'], 'empty_prompt', /empty/v],
	[['chat', 'starter', '--max-tokens', '0'], 'invalid_flag', /--max-tokens/v],
	[['bench'], 'missing_argument', /model reference/v],
	[['bench', 'starter', '--iterations', 'many'], 'invalid_flag', /--iterations/v],
	[['config', 'pth'], 'unknown_action', /Did you mean config path\?/v],
	[['config', 'get'], 'missing_argument', /setting/v],
	[['config', 'get', 'engine.contxt_size'], 'unknown_setting', /engine.context_size/v],
	[['config', 'set', 'engine.threads', '--', '-1'], 'invalid_setting', /0 to 1024/v],
	[['doctor', 'extra'], 'unexpected_argument', /extra/v],
];

for (const [argv, code, said] of wrong) {
	void test(`remuda ${argv.join(' ')} is wrong use: ${code}`, async () => {
		await using home = await temporaryHome();
		const forPeople = await invoke(argv, home);
		assert.equal(forPeople.exitCode, 2);
		assert.equal(forPeople.stdout, '');
		assert.match(forPeople.stderr, /^error: /v);
		assert.match(forPeople.stderr, said);

		const forPrograms = await invoke([...argv.slice(0, 1), '--json', ...argv.slice(1)], home);
		assert.equal(forPrograms.exitCode, 2);
		assert.equal(forPrograms.stdout, '');
		const [line, ...others] = jsonLines(forPrograms.stderr);
		assert.equal(others.length, 0);
		assert.equal(errorSchema.parse(line).error.code, code);
	});
}

for (const name of Object.keys(catalogue)) {
	void test(`remuda ${name} --help tells usage, flags and an example, in 80 columns`, async () => {
		const {exitCode, stdout, stderr} = await invoke([name, '--help']);
		assert.equal(exitCode, 0);
		assert.equal(stderr, '');
		assert.ok(stdout.includes(`\n  remuda ${name}`));
		assert.ok(stdout.includes(`  $ remuda ${name}`));
		assert.match(stdout, /--json/v);
		assert.deepEqual(stdout.split('\n').filter(line => cellWidth(line) > 80), []);
	});
}

void test('remuda --help lists every command', async () => {
	const {exitCode, stdout} = await invoke(['--help']);
	assert.equal(exitCode, 0);
	assert.deepEqual(Object.keys(catalogue).filter(name => !stdout.includes(`\n  ${name} `)), []);
});

void test('remuda --version prints the version and nothing else', async () => {
	assert.deepEqual(await invoke(['--version']), {exitCode: 0, stdout: `${packageJson.version}\n`, stderr: ''});
});
