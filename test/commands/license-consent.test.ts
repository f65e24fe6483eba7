import assert from 'node:assert/strict';
import {Buffer} from 'node:buffer';
import {PassThrough, Readable} from 'node:stream';
import {after, test} from 'node:test';
import {startHub} from '../helpers/hub/start-hub.js';
import {tinychatRepository} from '../helpers/hub/tinychat-repository.js';
import {invoke, jsonLines} from './helpers/invoke.js';
import {downloadsSchema, errorSchema} from './helpers/schemas.js';
import {temporaryHome, type TemporaryHome} from './helpers/temporary-home.js';

const hub = await startHub({
	bytesPerSecond: 2_000_000,
	repositories: [
		tinychatRepository(),
		tinychatRepository({id: 'remuda/one-GGUF', license: 'gemma'}),
		tinychatRepository({id: 'remuda/two-GGUF', license: 'gemma'}),
		tinychatRepository({
			id: 'remuda/own-GGUF', license: 'other', licenseName: 'our-terms', licenseLink: 'https://example.com/terms',
		}),
	],
});
const one = 'hf:remuda/one-GGUF:Q2_K';
const two = 'hf:remuda/two-GGUF:Q2_K';
const own = 'hf:remuda/own-GGUF:Q2_K';

after(async () => {
	await hub.close();
});

/**
As a person at a terminal who types these lines.
*/
async function typing(lines: string, argv: readonly string[], home: TemporaryHome) {
	const stdin = Readable.from([Buffer.from(lines)]);
	return invoke(argv, {...home, terminalWidth: 80, stdin: Object.assign(stdin, {isTTY: true})});
}

function countOf(text: string, part: string): number {
	return text.split(part).length - 1;
}

test('a licence with terms of its own is not accepted by itself: exit 8, its address, and nothing fetched', async () => {
	await using home = await temporaryHome(hub);
	const asked = hub.requests.length;
	const {exitCode, stderr} = await invoke(['download', one, '--json'], home);
	assert.equal(exitCode, 8);
	const {error} = errorSchema.parse(jsonLines(stderr)[0]);
	assert.equal(error.code, 'license_not_accepted');
	assert.match(error.message, /Gemma Terms of Use/v);
	assert.match(error.hint ?? '', /https:\/\/ai\.google\.dev\/gemma\/terms.*--accept-license/v);
	assert.deepEqual(hub.requests.slice(asked).filter(({path}) => path.includes('/resolve/')), []);
	const listed = await invoke(['downloads', '--json'], home);
	assert.deepEqual(downloadsSchema.parse(JSON.parse(listed.stdout)).downloads, []);
});

test('--accept-license is remembered, for all repositories under the same licence and for no other', async () => {
	await using home = await temporaryHome(hub);
	const first = await invoke(['download', one, '--accept-license'], home);
	assert.equal(first.exitCode, 0);
	const second = await invoke(['download', two], home);
	assert.equal(second.exitCode, 0);
	const other = await invoke(['download', own], home);
	assert.equal(other.exitCode, 8);
	assert.match(other.stderr, /our-terms[\s\S]*https:\/\/example\.com\/terms/v);
});

test('a person is asked once for each licence, and a yes is kept', async () => {
	await using home = await temporaryHome(hub);
	const {exitCode, stdout, stderr} = await typing('y\n', ['download', one, two], home);
	assert.equal(exitCode, 0);
	assert.equal(countOf(stderr, '[y/N]'), 1);
	assert.match(stderr, /Gemma Terms of Use\nRead it at https:\/\/ai\.google\.dev\/gemma\/terms/v);
	assert.equal(stdout.split('\n').length, 3);
	assert.equal(await home.modelCount(), 2);
});

for (const answer of ['n\n', '\n', '']) {
	test(`${JSON.stringify(answer)} is no consent, and is asked for once as well`, async () => {
		await using home = await temporaryHome(hub);
		const {exitCode, stdout, stderr} = await typing(answer, ['download', one, two], home);
		assert.equal(exitCode, 8);
		assert.equal(stdout, '');
		assert.equal(countOf(stderr, '[y/N]'), 1);
		assert.equal(countOf(stderr, 'not accepted'), 2);
		assert.equal(await home.modelCount(), 0);
	});
}

test('Ctrl-C at the question ends all of it, and pauses what runs already', async () => {
	await using home = await temporaryHome(hub);
	const {exitCode, stdout, stderr} = await typing('\u{3}', ['download', 'hf:remuda/tinychat-2.6M-GGUF:F16', one, own], home);
	assert.equal(exitCode, 130);
	assert.equal(stdout, '');
	assert.equal(countOf(stderr, '[y/N]'), 1);
	const listed = await invoke(['downloads', '--json'], home);
	const {downloads} = downloadsSchema.parse(JSON.parse(listed.stdout));
	assert.deepEqual(downloads.map(({status}) => status), ['paused']);
});

test('what another process downloads during the question is installed then, and no error', async () => {
	await using home = await temporaryHome(hub);
	const stdin = Object.assign(new PassThrough(), {isTTY: true});
	let other: ReturnType<typeof invoke> | undefined;
	const {exitCode, stderr} = await invoke(['download', one], {
		...home,
		terminalWidth: 80,
		stdin,
		onOutput(_stdout, said) {
			if (!said.includes('[y/N]')) {
				return;
			}

			other ??= invoke(['download', one, '--accept-license'], home);
			void other.then(() => stdin.write('y\n'));
		},
	});
	const {exitCode: otherExitCode} = await other!;
	assert.equal(otherExitCode, 0);
	assert.equal(exitCode, 0);
	assert.match(stderr, /is installed already/v);
});
