import assert from 'node:assert/strict';
import {writeFile} from 'node:fs/promises';
import {Readable, Writable} from 'node:stream';
import {test} from 'node:test';
import {runCommandLine} from '../../source/commands/run-command-line.js';
import {invoke} from './helpers/invoke.js';
import {temporaryHome} from './helpers/temporary-home.js';

void test('colour is for terminals only, and NO_COLOR or TERM=dumb takes it away', async () => {
	await using home = await temporaryHome();
	const {environment} = home;
	const argv = ['config', 'get', 'nothing'];
	const onTerminal = await invoke(argv, {environment: {...environment, TERM: 'xterm'}, terminalWidth: 80});
	assert.ok(onTerminal.stderr.startsWith('\u{1B}[31merror:\u{1B}[39m '));
	const others = await Promise.all([
		invoke(argv, {environment: {...environment, TERM: 'xterm'}}),
		invoke(argv, {environment: {...environment, TERM: 'xterm', NO_COLOR: '1'}, terminalWidth: 80}),
		invoke(argv, {environment: {...environment, TERM: 'dumb'}, terminalWidth: 80}),
	]);
	assert.deepEqual(others.map(({stderr}) => stderr.includes('\u{1B}')), [false, false, false]);
	// No-color.org: an empty NO_COLOR says nothing.
	const empty = await invoke(argv, {environment: {...environment, TERM: 'xterm', NO_COLOR: ''}, terminalWidth: 80});
	assert.ok(empty.stderr.includes('\u{1B}[31m'));
});

void test('what was typed cannot send control sequences back', async () => {
	const {stderr} = await invoke(['\u{1B}[2Jlist\u{7}']);
	assert.deepEqual(['\u{1B}', '\u{7}'].filter(control => stderr.includes(control)), []);
});

void test('the usage comes with a wrong command line, and not with another wrong thing', async () => {
	await using home = await temporaryHome();
	const wrongFlag = await invoke(['list', '--nothing'], home);
	assert.match(wrongFlag.stderr, /\nusage: remuda list/v);
	await writeFile(home.join('config.json'), 'no JSON');
	const brokenConfig = await invoke(['list'], home);
	assert.equal(brokenConfig.exitCode, 2);
	assert.doesNotMatch(brokenConfig.stderr, /usage:/v);
});

const failures = [
	['ENOSPC', 1, 'error: The output could not be written: ENOSPC\n'],
	['EPIPE', 0, ''],
] as const;

for (const [code, exitCode, said] of failures) {
	void test(`stdout that fails with ${code} ends with ${exitCode}`, async () => {
		await using home = await temporaryHome();
		const stdout = new Writable({
			write(_chunk, _encoding, done) {
				done(Object.assign(new Error(code), {code}));
			},
		});
		let told = '';
		const stderr = new Writable({
			decodeStrings: false,
			write(chunk: string, _encoding, done) {
				told += chunk;
				done();
			},
		});
		const {signal} = new AbortController();
		const outcome = await runCommandLine(['config'], {streams: {stdin: Readable.from([]), stdout, stderr}, environment: home.environment, signal});
		assert.deepEqual(outcome, {exitCode});
		assert.equal(told, said);
	});
}
