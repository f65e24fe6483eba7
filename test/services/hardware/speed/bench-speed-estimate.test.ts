import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {
	after,
	before,
	suite,
	test,
} from 'node:test';

const program = path.resolve('bench/speed-estimate/run.ts');

function record(id: string, measured: Readonly<Record<string, number>>) {
	return {
		id,
		hardware: {
			key: 'NVIDIA GeForce RTX 4080', vendor: 'nvidia', class: 'discrete-gpu', gpu: 'NVIDIA GeForce RTX 4080', gpuCount: 1, vramGiBPerGpu: 16, memoryBandwidthGBs: null, cpu: null,
		},
		model: {
			name: 'Meta-Llama-3-8B', paramsB: 8.03, activeParamsB: null, moe: false,
		},
		quant: 'Q4_K_M',
		fileBytes: 4_917_737_553,
		activeBytes: 4_917_737_553,
		placement: 'full-gpu',
		depthTokens: 256,
		...measured,
	};
}

suite('the benchmark of the estimator', () => {
	let folder = '';

	before(async () => {
		folder = await mkdtemp(path.join(os.tmpdir(), 'remuda-speed-'));
	});

	after(async () => {
		await rm(folder, {recursive: true});
	});

	async function run(content: unknown, ...options: readonly string[]) {
		const file = path.join(folder, 'records.json');
		await writeFile(file, JSON.stringify(content));
		return spawnSync(process.execPath, ['--import', 'tsx', program, file, ...options], {encoding: 'utf8'});
	}

	test('predicts without any measured field, one line of JSON a record', async () => {
		const {status, stdout} = await run({records: [record('a', {}), {id: 'b', hardware: {}, model: {}}]}, '--predictions');
		assert.equal(status, 0);
		const lines = stdout.trim().split('\n').map(line => JSON.parse(line) as Record<string, unknown>);
		assert.deepEqual(lines.map(({id}) => id), ['a', 'b']);
		assert.deepEqual(Object.keys(lines[0]!), ['id', 'generation_tokens_per_second', 'low', 'high']);
	});

	test('reports the error over all records and by kind', async () => {
		const {status, stdout} = await run({records: [record('a', {generationTokensPerSecond: 105}), record('b', {generationTokensPerSecond: 1})]});
		assert.equal(status, 0);
		assert.match(stdout, /^all +2 .* 50\.0 % +50\.0 %/mv);
		assert.match(stdout, /^vendor nvidia +2 /mv);
	});

	test('says nothing of flattery where the constants were fitted to other records', async () => {
		const {stdout} = await run({records: [record('a', {generationTokensPerSecond: 105})]});
		assert.doesNotMatch(stdout, /flatter/v);
	});

	test('ends without a word when its reader has seen enough', async () => {
		const file = path.join(folder, 'many.json');
		await writeFile(file, JSON.stringify({records: Array.from({length: 5000}, (_, index) => record(String(index), {}))}));
		const {status, stdout, stderr} = spawnSync('sh', ['-c', '"$1" --import tsx "$2" "$3" --predictions | head -1', 'sh', process.execPath, program, file], {encoding: 'utf8'});
		assert.equal(status, 0);
		assert.match(stdout, /^\{"id":"0"/v);
		assert.equal(stderr, '');
	});

	test('says which file is missing or broken', async () => {
		const file = path.join(folder, 'broken.json');
		await writeFile(file, '{x');
		const [missing, broken] = [path.join(folder, 'missing.json'), file].map(name => spawnSync(process.execPath, ['--import', 'tsx', program, name], {encoding: 'utf8'}));
		assert.deepEqual([missing!.status, broken!.status], [2, 2]);
		assert.match(missing!.stderr, /missing\.json cannot be read \(ENOENT\)\. Check the path\.\n$/v);
		assert.match(broken!.stderr, /broken\.json is no JSON/v);
	});

	test('says what is wrong with a file', async () => {
		const unfit = await run({records: [{}]});
		const unmeasured = await run({records: [record('a', {})]});
		assert.deepEqual([unfit.status, unmeasured.status], [2, 2]);
		assert.match(unfit.stderr, /records/v);
		assert.match(unmeasured.stderr, /no record with a measured generation speed/v);
	});
});
