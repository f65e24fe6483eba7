import assert from 'node:assert/strict';
import {mkdir, writeFile} from 'node:fs/promises';
import {after, test} from 'node:test';
import {parseReferenceList} from '../../source/commands/reference-list.js';
import {startHub} from '../helpers/hub/start-hub.js';
import {tinychatRepository} from '../helpers/hub/tinychat-repository.js';
import {invoke, jsonLines} from './helpers/invoke.js';
import {downloadEventSchema} from './helpers/schemas.js';
import {temporaryHome} from './helpers/temporary-home.js';

const repository = 'hf:remuda/tinychat-2.6M-GGUF';
const hub = await startHub({repositories: [tinychatRepository()]});

after(async () => {
	await hub.close();
});

function textsOf(list: string): readonly string[] {
	return parseReferenceList(list, 'a list').map(({text}) => text);
}

test('a list has a reference a line, however lines end, without comments and empty lines', () => {
	assert.deepEqual(textsOf('\u{FEFF}# models\r\na\r\n\r\n  b  # the second\rhf:o/r:Q4_K_M\n#c\n\td'), ['a', 'b', 'hf:o/r:Q4_K_M', 'd']);
	assert.deepEqual(textsOf(''), []);
});

test('a wrong line is named', () => {
	assert.throws(() => parseReferenceList('a\n# b\n\nhttps://example.com/x.gguf\n', 'models.txt'), {
		code: 'invalid_reference', exitCode: 2, message: /^Line 4 of models\.txt: .*not a reference/v, hint: /hf:OWNER/v,
	});
	assert.throws(() => parseReferenceList('a\nb\u{0}\u{1B}[2J', 'models.txt'), {code: 'invalid_reference', message: /^Line 2 of models\.txt: \P{Control}*$/v});
});

test('--from downloads what a file lists, each once, besides what is named', async () => {
	await using home = await temporaryHome(hub);
	const list = home.join('models.txt');
	await writeFile(list, `# two\r\n${repository}:Q2_K\r\n\r\n${repository}:Q4_K_M\r\n${repository}:Q2_K\r\n`);
	const {exitCode, stdout} = await invoke(['download', `${repository}:Q8_0`, '--from', list, '--json'], home);
	assert.equal(exitCode, 0);
	const events = jsonLines(stdout).map(line => downloadEventSchema.parse(line));
	assert.deepEqual(events.filter(({type}) => type === 'completed').map(({ref}) => ref).toSorted(), [`${repository}:Q2_K`, `${repository}:Q4_K_M`, `${repository}:Q8_0`]);
	assert.equal(await home.modelCount(), 3);
});

test('--from - reads stdin', async () => {
	await using home = await temporaryHome(hub);
	const {exitCode, stdout} = await invoke(['download', '--from', '-', '--quiet'], {...home, stdin: `${repository}:Q2_K\n`});
	assert.equal(exitCode, 0);
	assert.match(stdout, /Q2_K\.gguf\n$/v);
});

const bad: ReadonlyArray<readonly [name: string, content: string | undefined, code: string, said: RegExp]> = [
	['missing.txt', undefined, 'file_unreadable', /ENOENT/v],
	['folder', undefined, 'file_unreadable', /EISDIR/v],
	['empty.txt', '# nothing\n\n', 'no_references', /no reference/v],
	['wrong.txt', 'starter\nnot a reference\n', 'invalid_reference', /Line 2/v],
	['large.txt', `# ${'x'.repeat(1_100_000)}\nstarter\n`, 'input_too_large', /1 MiB/v],
	['long.txt', Array.from({length: 1001}, (_, index) => `model-${index}`).join('\n'), 'too_many_references', /1001/v],
];

for (const [name, content, code, said] of bad) {
	test(`--from ${name} is wrong use: ${code}`, async () => {
		await using home = await temporaryHome(hub);
		await mkdir(home.join('folder'));
		if (content !== undefined) {
			await writeFile(home.join(name), content);
		}

		const asked = hub.requests.length;
		const {exitCode, stdout, stderr} = await invoke(['download', '--from', home.join(name), '--json'], home);
		assert.equal(exitCode, 2);
		assert.equal(stdout, '');
		assert.equal((jsonLines(stderr)[0]?.error as {readonly code: string}).code, code);
		assert.match(stderr, said);
		assert.equal(hub.requests.length, asked);
	});
}
