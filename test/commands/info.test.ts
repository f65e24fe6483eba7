import assert from 'node:assert/strict';
import {after, test} from 'node:test';
import {startHub} from '../helpers/hub/start-hub.js';
import {tinychatRepository} from '../helpers/hub/tinychat-repository.js';
import {invoke, jsonLines} from './helpers/invoke.js';
import {errorSchema, fitSchema, infoSchema} from './helpers/schemas.js';
import {temporaryHome} from './helpers/temporary-home.js';

const hub = await startHub({repositories: [tinychatRepository()]});

after(async () => {
	await hub.close();
});

void test('info of a repository lists its variants with size and fit', async () => {
	await using home = await temporaryHome(hub);
	const {exitCode, stdout} = await invoke(['info', 'hf:remuda/tinychat-2.6M-GGUF', '--json'], home);
	assert.equal(exitCode, 0);
	const {repository, variants, installed, registry} = infoSchema.parse(JSON.parse(stdout));
	assert.equal(installed, null);
	assert.equal(registry, null);
	assert.equal(repository?.license, 'mit');
	assert.deepEqual(variants.map(({quantization, size_bytes: size}) => [quantization, size]), [['Q2_K', 1_123_808], ['Q4_K_M', 1_668_064], ['Q8_0', 2_826_720], ['F16', 5_284_320]]);
	assert.deepEqual(variants.filter(({fit}) => fit.level === 'none'), []);
	const forPeople = await invoke(['info', 'hf:remuda/tinychat-2.6M-GGUF'], home);
	assert.match(forPeople.stdout, /^hf:remuda\/tinychat-2\.6M-GGUF:Q4_K_M +Q4_K_M +1\.67 MB +(?:in memory|on the GPU)$/mv);
});

void test('info of a registry model works offline', async () => {
	await using home = await temporaryHome();
	const {exitCode, stdout} = await invoke(['info', 'qwen2.5-coder-7b-q5', '--json'], home);
	assert.equal(exitCode, 0);
	const {registry, repository, fit} = infoSchema.parse(JSON.parse(stdout));
	assert.equal(registry?.id, 'qwen2.5-coder-7b-q5');
	assert.equal(registry.installed, false);
	assert.equal(repository, null);
	const {need_bytes: need, need_lines: lines} = fitSchema.parse(fit);
	assert.equal(lines.reduce((sum, {bytes}) => sum + bytes, 0), need);
	const forPeople = await invoke(['info', 'qwen2.5-coder-7b-q5'], home);
	assert.match(forPeople.stdout, /^Context +32,768 tokens$/mv);
});

void test('info of the starter tells where it lies', async () => {
	await using home = await temporaryHome();
	const {stdout} = await invoke(['info', 'starter', '--json'], home);
	const {installed} = infoSchema.parse(JSON.parse(stdout));
	assert.match(installed!.path, /starter-model/v);
	const forPeople = await invoke(['info', 'starter'], home);
	assert.match(forPeople.stdout, /^Checksum +sha256:[\da-f]{64}$/mv);
});

const missing: ReadonlyArray<readonly [reference: string, exitCode: number, code: string, hint: RegExp]> = [
	['qwen2.5-coder-7b-q6', 3, 'model_not_found', /Did you mean qwen2\.5-coder-7b-q[458]\?/v],
	// Without a token the hub does not tell a missing repository from a private one.
	['hf:remuda/nothing-GGUF', 8, 'access_denied', /token/iv],
	['ollama:deepseek-coder:6.7b', 2, 'not_downloadable', /remuda search/v],
];

for (const [reference, exitCode, code, hint] of missing) {
	void test(`info ${reference} fails with ${exitCode}`, async () => {
		await using home = await temporaryHome(hub);
		const result = await invoke(['info', reference, '--json'], home);
		assert.equal(result.exitCode, exitCode);
		assert.equal(result.stdout, '');
		const {error} = errorSchema.parse(jsonLines(result.stderr)[0]);
		assert.equal(error.code, code);
		assert.match(error.hint ?? '', hint);
	});
}
