import assert from 'node:assert/strict';
import {test} from 'node:test';
import {endless} from './helpers/endless.js';
import {invoke, jsonLines} from './helpers/invoke.js';
import {answerEventSchema, errorSchema} from './helpers/schemas.js';
import {temporaryHome} from './helpers/temporary-home.js';

const question = 'What is the capital of France?';

void test('run streams the answer to stdout; tokens and rates go to stderr when asked for', async () => {
	await using home = await temporaryHome();
	const {exitCode, stdout, stderr} = await invoke(['run', 'starter', question, '--temperature', '0', '--verbose'], home);
	assert.equal(exitCode, 0);
	assert.match(stdout, /Paris/v);
	assert.match(stdout, /[^\n]\n$/v);
	assert.match(stderr, /^prompt \d+ tokens at .*answer \d+ tokens at /v);
	const listed = await invoke(['list', '--json'], home);
	assert.equal((JSON.parse(listed.stdout) as {models: Array<{use_count: number}>}).models[0]?.use_count, 1);
});

void test('run --json prints tokens and a last line with the whole text; the prompt may come from stdin', async () => {
	await using home = await temporaryHome();
	const {exitCode, stdout, stderr} = await invoke(['run', 'starter', '-', '--json', '--temperature', '0', '--seed', '1'], {...home, stdin: `${question}\n`});
	assert.equal(exitCode, 0);
	assert.equal(stderr, '');
	const events = jsonLines(stdout).map(line => answerEventSchema.parse(line));
	const last = events.at(-1);
	assert.equal(last?.type, 'completed');
	assert.equal(events.filter(event => event.type === 'token').map(({text}) => text).join(''), last.text);
	assert.match(last.text, /Paris/v);
	assert.ok(last.generated_tokens > 0);
});

void test('an interrupted answer ends with 130', async () => {
	await using home = await temporaryHome();
	const controller = new AbortController();
	const {exitCode, stdout, stderr} = await invoke(['run', 'starter', 'Tell me a story.', '--json', ...endless], {
		...home,
		signal: controller.signal,
		onOutput() {
			controller.abort();
		},
	});
	assert.equal(exitCode, 130);
	assert.equal(answerEventSchema.parse(jsonLines(stdout).at(-1)).type, 'failed');
	assert.equal(errorSchema.parse(jsonLines(stderr)[0]).error.code, 'interrupted');
});

void test('a model that is not installed is 3, before anything is read', async () => {
	await using home = await temporaryHome();
	const {exitCode, stdout, stderr} = await invoke(['run', 'qwen2.5-coder-3b-q4', 'hello'], home);
	assert.equal(exitCode, 3);
	assert.equal(stdout, '');
	assert.match(stderr, /starter/v);
});
