import assert from 'node:assert/strict';
import {Buffer} from 'node:buffer';
import {readdir, readFile, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {test} from 'node:test';
import {type Fault} from '../helpers/hub/faults.js';
import {generateGguf} from '../helpers/hub/generate-file.js';
import {type HubRepository} from '../helpers/hub/hub-repository.js';
import {startHub} from '../helpers/hub/start-hub.js';
import {tinychatRepository} from '../helpers/hub/tinychat-repository.js';
import {inSequence} from '../helpers/in-sequence.js';
import {
	jsonLines,
	runRemuda,
	toldError,
} from './run-remuda.js';
import {startRemuda} from './start-remuda.js';
import {temporaryUserHome} from './user-home.js';

// What would set the title of the window, clear the screen, ring the bell, turn text round, or start a line of its own.
const escapes = '\u{1B}]0;pwned\u{7}\u{1B}[2J\u{9B}31m\u{202E}\r';
const controls = /[\p{Bidi_Control}[\p{Control}--\n]]/v;
const gguf = generateGguf({sizeBytes: 200_000, seed: 3, name: `evil${escapes}`});

const hostile: HubRepository = {
	id: 'owner/evil-GGUF',
	downloads: 5,
	license: `mit${escapes}`,
	tags: [`red${escapes}`, `license:other${escapes}`],
	gguf: {parameters: 1_000_000, architecture: `llama${escapes}`, contextLength: 128},
	files: {
		'good-Q8_0.gguf': gguf,
		'../../../../../pwned-Q2_K.gguf': gguf,
		'/tmp/remuda-pwned-Q3_K_M.gguf': gguf,
		'a/../../../pwned-Q4_0.gguf': gguf,
		'nul\0-Q4_K_M.gguf': gguf,
		[`escape${escapes}-Q5_K_M.gguf`]: gguf,
		'..\\..\\pwned-Q6_K.gguf': gguf,
	},
};

/**
Every file below a folder, with its bytes as text.
*/
async function filesBelow(folder: string): Promise<ReadonlyMap<string, string>> {
	const entries = await readdir(folder, {recursive: true, withFileTypes: true});
	const files = entries.filter(entry => entry.isFile()).map(entry => path.join(entry.parentPath, entry.name));
	return new Map(await Promise.all(files.map(async file => [path.relative(folder, file), await readFile(file, 'latin1')] as const)));
}

test('names and texts from a hostile hub neither leave the models folder nor reach a terminal as control characters', async () => {
	await using folder = await temporaryUserHome();
	await using hub = await startHub({repositories: [hostile]});
	const options = {home: folder.join('inner', 'home'), hub: hub.url};
	const commands = [['search', 'evil'], ['info', 'hf:owner/evil-GGUF'], ['info', 'hf:owner/evil-GGUF', '--json'], ['download', 'hf:owner/evil-GGUF:Q4_0', '--json']];
	const ends = await Array.fromAsync(inSequence(commands), async command => runRemuda(options, ...command));
	// Of all variants only the good one exists.
	assert.deepEqual(ends.map(({code}) => code), [0, 0, 0, 3]);
	const error = hub.fault({kind: 'status', status: 500, body: JSON.stringify({error: `down${escapes}`})});
	ends.push(await runRemuda(options, 'search', 'evil'));
	error.remove();
	assert.match(ends.at(-1)?.stderr ?? '', /\(down\)/v);
	const told = ends.map(({stdout, stderr}) => stdout + stderr).join('');
	assert.doesNotMatch(told, controls);
	assert.doesNotMatch(told, /pwned/v);

	await using app = startRemuda(options);
	await app.waitFor('89 models');
	app.press('/');
	app.type('evil');
	await app.waitFor(/owner\/evil-GGUF/v);
	app.press('Enter');
	await app.waitFor(/› .*owner\/evil/v);
	app.press('Enter');
	await app.waitFor(/› +Q8_0/v);
	app.press('d');
	await app.waitFor(/Queued/v);
	app.press('2');
	await app.waitFor(/› evil.* completed/v);
	app.press('3');
	await app.waitFor(/evil-q8_0|evil .*Q8_0/v);
	app.press('q');
	assert.deepEqual(await app.waitForExit(), {code: 0, signal: undefined});
	assert.deepEqual(['pwned', '\u{7}', '\u{9B}', '\u{202E}', '\u{1B}]'].filter(text => app.output().includes(text)), []);
	const files = await filesBelow(folder.path);
	assert.deepEqual(files.keys().filter(name => name.endsWith('.gguf')).toArray(), ['inner/home/.remuda/models/huggingface/owner/evil-GGUF/good-Q8_0.gguf']);
});

test('a model that answers with escape sequences: they do not reach stdout', async () => {
	await using folder = await temporaryUserHome();
	const model = await readFile(path.resolve(import.meta.dirname, '../../starter-model/tinychat-2.6M.Q8_0.gguf'));
	// The token “ P” of “Paris”, as the file has it: its length, then its bytes, each above 0x7F or below 0x21 as a letter of its own.
	const token = model.indexOf(Buffer.from('\u{3}\0\0\0\0\0\0\0ĠP'));
	// ESC and [: with the letter of the next token a movement of the cursor.
	model.write('ě[', token + 8);
	await writeFile(folder.join('evil.gguf'), model);
	const question = 'What is the capital of France?';
	const answered = await runRemuda({home: folder.path}, 'run', folder.join('evil.gguf'), question);
	assert.equal(answered.stdout, 'The capital of France isris.\n');
	const told = await runRemuda({home: folder.path}, 'run', folder.join('evil.gguf'), question, '--json');
	assert.equal(jsonLines(told.stdout).at(-1)?.text, 'The capital of France isris.');
});

test('a token reaches its hub and nothing else: no output, no file, no second host, not even when the hub repeats it', async () => {
	const token = 'hf_secretSecretSecret';
	await using folder = await temporaryUserHome();
	await using hub = await startHub({repositories: [tinychatRepository({gated: 'auto'})], accounts: {[token]: {granted: ['remuda/tinychat-2.6M-GGUF']}}});
	const options = {home: folder.path, hub: hub.url, env: {HF_TOKEN: token, REMUDA_DEBUG: '1'}};
	const reference = 'hf:remuda/tinychat-2.6M-GGUF:Q2_K';
	const echo = hub.fault({
		kind: 'status', status: 403, headers: {'x-error-message': `${token} may not`}, body: `{"error":"${token} may not"}`,
	});
	const ends = [
		await runRemuda(options, 'search', 'tinychat'),
		await runRemuda(options, 'download', reference, '--json'),
	];
	assert.deepEqual(ends.map(({code}) => code), [8, 8]);
	echo.remove();
	ends.push(
		await runRemuda(options, 'doctor', '--json'),
		await runRemuda({...options, env: {...options.env, HF_ENDPOINT: `http://user:${token}@127.0.0.1:9`}}, 'search', 'x'),
		await runRemuda(options, 'download', reference, '--json'),
	);
	assert.equal(ends.at(-1)?.code, 0, ends.at(-1)?.stderr);
	assert.ok(hub.requests.some(({server, headers}) => server === 'hub' && headers.authorization === `Bearer ${token}`));
	assert.deepEqual(ends.filter(({stdout, stderr}) => (stdout + stderr).includes(token)), []);

	await using app = startRemuda(options);
	await app.waitFor('89 models');
	hub.fault({kind: 'status', status: 403, headers: {'x-error-message': `${token} may not`}});
	app.press('/');
	app.type('tinychat');
	await app.waitFor('may not');
	app.press('Ctrl+C');
	await app.waitForExit();
	assert.ok(!app.output().includes(token));
	const files = await filesBelow(folder.path);
	assert.deepEqual([...files].filter(([, text]) => text.includes(token)).map(([name]) => name), []);
	// That the second host never saw it is asserted when the hub closes.
});

test('answers that are none: 10 GB announced, a web page in place of a model or of a search, a reply without end', async () => {
	await using folder = await temporaryUserHome();
	await using hub = await startHub({repositories: [tinychatRepository()]});
	const options = {home: folder.path, hub: hub.url};
	const download = ['download', 'hf:remuda/tinychat-2.6M-GGUF:Q2_K', '--json'];
	const search = ['search', 'tinychat', '--json'];
	const cases: ReadonlyArray<{readonly fault: Fault; readonly command: readonly string[]; readonly code: string; readonly exitCode: number}> = [
		{
			fault: {kind: 'huge-length'}, command: download, code: 'unexpected_size', exitCode: 4,
		},
		{
			fault: {kind: 'html', on: 'cdn'}, command: download, code: 'web_page', exitCode: 4,
		},
		{
			fault: {kind: 'html', on: 'hub'}, command: search, code: 'unexpected_reply', exitCode: 4,
		},
		{
			fault: {
				kind: 'status', status: 200, headers: {'content-type': 'application/json'}, body: `[${'"tinychat",'.repeat(2_000_000)}1]`,
			}, command: search, code: 'reply_too_large', exitCode: 4,
		},
	];
	const ends = await Array.fromAsync(inSequence(cases), async ({fault, command}) => {
		const handle = hub.fault(fault);
		const end = await runRemuda(options, ...command);
		handle.remove();
		return {code: toldError(end).code, exitCode: end.code};
	});
	assert.deepEqual(ends, cases.map(({code, exitCode}) => ({code, exitCode})));

	const whole = await runRemuda(options, ...download);
	assert.equal(whole.code, 0, whole.stderr);
	const files = await filesBelow(folder.join('.remuda/models'));
	assert.deepEqual(files.keys().toArray(), ['huggingface/remuda/tinychat-2.6M-GGUF/tinychat-2.6M.Q2_K.gguf']);
});
