import assert from 'node:assert/strict';
import {test} from 'node:test';
import {parseModelReference} from '../../../source/services/references/parse-model-reference.js';
import {type Registry} from '../../../source/services/registry/registry.js';
import {createSources} from '../../../source/services/sources/create-sources.js';
import {type Sources} from '../../../source/services/sources/sources.js';
import {type RegistryModel} from '../../../source/types/registry-model.js';
import {fileOfBytes, fileOfMetadata, type HubFile} from '../../helpers/hub/hub-file.js';
import {commitOf, type HubRepository} from '../../helpers/hub/hub-repository.js';
import {startHubWorld, type HubWorld} from '../../helpers/hub/start-hub-world.js';
import {type HubOptions} from '../../helpers/hub/start-hub.js';
import {tinychatRepository} from '../../helpers/hub/tinychat-repository.js';

const {signal} = new AbortController();
const tinychat = 'remuda/tinychat-2.6M-GGUF';
const hashes = {
	Q2_K: '71fe6c5861c81d43b8a1bc09b3f476d4792c6d9f3c46d2da8cb8fabf71d6497b',
	Q8_0: '1fb88b192b73cdbec86acee2447a919dbc717c5c9c3104840322a675d34d3aa9',
} as const;

function registryModel(overrides: Partial<RegistryModel> = {}): RegistryModel {
	const fileName = 'tinychat-2.6M.Q8_0.gguf';
	return {
		id: 'tinychat-q8',
		name: 'Tinychat (Q8_0)',
		family: 'tinychat',
		parameters: 2_623_744,
		quantization: 'Q8_0',
		contextWindow: 1024,
		fileSize: 2_826_720,
		fileSizeExact: true,
		ramRequired: 5_000_000,
		huggingFaceRepo: tinychat,
		fileName,
		files: [{fileName, role: 'model'}],
		recommended: false,
		description: '',
		tags: [],
		license: 'MIT',
		version: '1',
		deprecated: false,
		architecture: {
			name: 'llama', blockCount: 4, embeddingLength: 256, headCount: 8, headCountKv: 4, keyLength: 32, valueLength: 32,
		},
		...overrides,
	};
}

function registryOf(...models: readonly RegistryModel[]): Registry {
	return {models, find: id => models.find(model => model.id === id)};
}

type World = HubWorld & {readonly sources: Sources};

async function startWorld(options: HubOptions, registry: Registry = registryOf()): Promise<World> {
	const world = await startHubWorld(options);
	return {...world, sources: createSources({...world, registry})};
}

function manyRepositories(count: number): readonly HubRepository[] {
	const file = fileOfBytes('');
	return Array.from({length: count}, (_, index) => ({
		id: `owner/model-${index}-GGUF`, downloads: 1000 - index, likes: index, files: {'m-Q4_0.gguf': file},
	}));
}

test('a search gives pages, most downloaded first, until there are no more', async () => {
	await using world = await startWorld({repositories: [...manyRepositories(5), {id: 'owner/model-without-files', downloads: 5000, files: {}}]});
	const first = await world.sources.search({text: 'model', limit: 2}, {signal});
	assert.deepEqual(first.results.map(result => result.repository), ['owner/model-0-GGUF', 'owner/model-1-GGUF']);
	const second = await world.sources.search({text: 'model', limit: 2, cursor: first.nextCursor}, {signal});
	const third = await world.sources.search({text: 'model', limit: 2, cursor: second.nextCursor}, {signal});
	assert.deepEqual([...second.results, ...third.results].map(result => result.repository), ['owner/model-2-GGUF', 'owner/model-3-GGUF', 'owner/model-4-GGUF']);
	assert.equal(third.nextCursor, undefined);
});

test('a result says what a person decides by', async () => {
	await using world = await startWorld({repositories: [tinychatRepository({gated: 'manual', lastModified: '2026-11-01T00:00:00.000Z'})]});
	const {results} = await world.sources.search({text: 'tiny chat'.replace(' ', '')}, {signal});
	assert.deepEqual(results, [{
		ref: `hf:${tinychat}`,
		repository: tinychat,
		downloads: 1234,
		likes: 56,
		gated: true,
		license: 'mit',
		updatedAt: '2026-11-01T00:00:00.000Z',
		tags: ['gguf', 'license:mit', 'text-generation', 'conversational', 'en'],
	}]);
});

test('a cursor that leads to another host is refused', async () => {
	await using world = await startWorld({});
	await assert.rejects(world.sources.search({text: '', cursor: `${world.server.cdnUrl}/api/models`}, {signal}), {code: 'foreign_host'});
	assert.deepEqual(world.server.requests, []);
});

test('what a hostile hub says is cleaned, bounded or dropped', async () => {
	await using world = await startWorld({});
	const models = [
		{
			id: 'o/good', downloads: -1, likes: 'many', gated: 'auto', lastModified: 'yesterday', tags: ['a\u{1B}[31mb\u{7}', 5, 'license:\u{202E}mit', 'x'.repeat(5000)],
		},
		{id: '../etc'},
		{id: 'o/..'},
		{id: 'o/\u{1B}[2J'},
		{downloads: 1},
		null,
	];
	world.server.fault({
		kind: 'status', status: 200, headers: {'content-type': 'application/json'}, body: JSON.stringify(models),
	});
	const {results} = await world.sources.search({text: ''}, {signal});
	assert.deepEqual(results, [{
		ref: 'hf:o/good', repository: 'o/good', downloads: 0, likes: 0, gated: true, license: 'mit', tags: ['ab', 'license:mit', 'x'.repeat(200)],
	}]);
});

test('a search that is not wanted any more ends with its reason', async () => {
	await using world = await startWorld({});
	world.server.fault({kind: 'stall', on: 'hub'});
	const controller = new AbortController();
	const searching = world.sources.search({text: 'a'}, {signal: controller.signal});
	const reason = new Error('another key was pressed');
	controller.abort(reason);
	await assert.rejects(searching, reason);
});

test('details: variants smallest first with sizes and hashes, and what the hub and the registry know', async () => {
	await using world = await startWorld({repositories: [tinychatRepository()]}, registryOf(registryModel()));
	const details = await world.sources.details(parseModelReference(`hf:${tinychat}`), {signal});
	assert.deepEqual(details.variants.map(({ref, sizeBytes}) => [ref, sizeBytes]), [
		[`hf:${tinychat}:Q2_K`, 1_123_808],
		[`hf:${tinychat}:Q4_K_M`, 1_668_064],
		[`hf:${tinychat}:Q8_0`, 2_826_720],
		[`hf:${tinychat}:F16`, 5_284_320],
	]);
	assert.equal(details.variants[0]?.files[0]?.sha256, hashes.Q2_K);
	assert.equal(details.revision, commitOf(tinychatRepository()));
	assert.partialDeepStrictEqual(details, {
		ref: `hf:${tinychat}`, downloads: 1234, likes: 56, gated: false, license: 'mit', architectureName: 'llama', parameters: 2_623_744, contextLength: 1024,
	});
	assert.equal(details.architecture?.blockCount, 4);
	assert.deepEqual(await world.sources.details(parseModelReference('tinychat-q8'), {signal}), details);
});

test('details go over all pages of files, and follow a new name', async () => {
	await using world = await startWorld({repositories: [tinychatRepository({formerIds: ['old/name']})], treePageSize: 2});
	const details = await world.sources.details(parseModelReference('hf:old/name'), {signal});
	assert.equal(details.repository, tinychat);
	assert.equal(details.variants.length, 4);
	assert.equal(world.server.requests.filter(request => request.path.includes('cursor=')).length, 2);
});

test('files with hostile paths do not exist', async () => {
	const file = fileOfBytes('x');
	const paths = ['../../evil-Q4_0.gguf', '/etc/evil-Q4_0.gguf', 'a\0-Q4_0.gguf', 'a\u{1B}]0;x\u{7}-Q4_0.gguf', String.raw`..\evil-Q4_0.gguf`];
	const files = Object.fromEntries([...paths, 'good-Q4_0.gguf'].map(path => [path, file]));
	await using world = await startWorld({repositories: [{id: 'o/r', files}]});
	const details = await world.sources.details(parseModelReference('hf:o/r'), {signal});
	assert.deepEqual(details.variants.map(variant => variant.files.map(item => item.path)), [['good-Q4_0.gguf']]);
});

test('a reference without a quantization resolves to Q4_K_M, pinned to the commit', async () => {
	await using world = await startWorld({repositories: [tinychatRepository()]});
	const request = await world.sources.resolve(parseModelReference(`hf:${tinychat}`), {signal});
	assert.deepEqual(request, {
		ref: `hf:${tinychat}:Q4_K_M`,
		modelId: 'tinychat-2.6m-q4_k_m',
		name: 'tinychat-2.6M (Q4_K_M)',
		source: 'hugging-face',
		repository: tinychat,
		revision: commitOf(tinychatRepository()),
		quantization: 'Q4_K_M',
		license: 'mit',
		files: [{
			path: 'tinychat-2.6M.Q4_K_M.gguf', sizeBytes: 1_668_064, sha256: '481f0a83ea40235cc8693c3c13e3ba8de52c8fafb52539168979488eb19a56df', role: 'model',
		}],
	});
});

test('a name without Latin letters still gives an id that can be typed', async () => {
	await using world = await startWorld({repositories: [{id: 'o/日本語モデル-GGUF', files: {'日本語.Q8_0.gguf': fileOfBytes('')}}]});
	const {modelId, name} = await world.sources.resolve(parseModelReference('hf:o/日本語モデル-GGUF'), {signal});
	assert.deepEqual([modelId, name], ['model-q8_0', '日本語モデル (Q8_0)']);
});

test('every way to name a variant comes to the same request', async () => {
	await using world = await startWorld({repositories: [tinychatRepository()]});
	const resolve = async (text: string) => world.sources.resolve(parseModelReference(text), {signal});
	const expected = await resolve(`hf:${tinychat}:Q2_K`);
	assert.deepEqual(await resolve(`hf:${tinychat}:q2_k`), expected);
	assert.deepEqual(await resolve(`hf:${tinychat}/tinychat-2.6M.Q2_K.gguf`), expected);
	const pinned = await resolve(`hf:${tinychat}@${expected.revision}:Q2_K`);
	assert.deepEqual(pinned, {...expected, ref: `hf:${tinychat}@${expected.revision}:Q2_K`});
});

test('an old commit resolves to its own files', async () => {
	await using world = await startWorld({repositories: [tinychatRepository()]});
	const before = await world.sources.resolve(parseModelReference(`hf:${tinychat}:Q2_K`), {signal});
	world.server.publish(tinychatRepository({files: {'new-Q2_K.gguf': fileOfBytes('new')}}));
	const now = await world.sources.resolve(parseModelReference(`hf:${tinychat}:Q2_K`), {signal});
	const old = await world.sources.resolve(parseModelReference(`hf:${tinychat}@${before.revision}:Q2_K`), {signal});
	assert.notEqual(now.revision, before.revision);
	assert.deepEqual(old.files, before.files);
});

test('a model of the registry resolves to its file, with the hub\'s size and hash', async () => {
	await using world = await startWorld({repositories: [tinychatRepository()]}, registryOf(registryModel()));
	const request = await world.sources.resolve(parseModelReference('tinychat-q8'), {signal});
	assert.partialDeepStrictEqual(request, {
		ref: 'tinychat-q8', modelId: 'tinychat-q8', name: 'Tinychat (Q8_0)', family: 'tinychat', license: 'MIT', quantization: 'Q8_0', revision: commitOf(tinychatRepository()),
	});
	assert.deepEqual(request.files, [{
		path: 'tinychat-2.6M.Q8_0.gguf', sizeBytes: 2_826_720, sha256: hashes.Q8_0, role: 'model',
	}]);
});

test('a repository\'s variant that is the registry\'s own becomes the registry\'s model', async () => {
	await using world = await startWorld({repositories: [tinychatRepository()]}, registryOf(registryModel({sha256: hashes.Q8_0})));
	const resolve = async (text: string) => world.sources.resolve(parseModelReference(text), {signal});
	assert.deepEqual(await resolve(`hf:${tinychat}:Q8_0`), await resolve('tinychat-q8'));
	const other = await resolve(`hf:${tinychat}:Q2_K`);
	assert.equal(other.modelId, 'tinychat-2.6m-q2_k');
});

test('hashes of registry and hub that differ are an integrity error', async () => {
	const entry = registryModel({revision: commitOf(tinychatRepository()), sha256: hashes.Q2_K});
	await using world = await startWorld({repositories: [tinychatRepository()]}, registryOf(entry));
	await assert.rejects(world.sources.resolve(parseModelReference('tinychat-q8'), {signal}), {code: 'hash_mismatch', exitCode: 5});
});

test('a file that the repository has lost is not found', async () => {
	const entry = registryModel({fileName: 'gone.gguf', files: [{fileName: 'gone.gguf', role: 'model'}]});
	await using world = await startWorld({repositories: [tinychatRepository()]}, registryOf(entry));
	await assert.rejects(world.sources.resolve(parseModelReference('tinychat-q8'), {signal}), {code: 'file_not_found', exitCode: 3});
});

test('an unknown id is not found, with the one that was meant', async () => {
	await using world = await startWorld({}, registryOf(registryModel()));
	await assert.rejects(world.sources.resolve(parseModelReference('tinychat-q4'), {signal}), {code: 'model_not_found', exitCode: 3, hint: /tinychat-q8/v});
});

test('a repository without GGUF files has nothing to run', async () => {
	await using world = await startWorld({repositories: [{id: 'o/r', files: {'model.safetensors': fileOfBytes('')}}]});
	await assert.rejects(world.sources.resolve(parseModelReference('hf:o/r'), {signal}), {code: 'no_variants'});
});

for (const reference of ['starter', './model.gguf', 'ollama:llama3', 'ms:o/r', 'openai:gpt-6']) {
	test(`${reference} is not downloaded, and what to use instead is said`, async () => {
		await using world = await startWorld({});
		await assert.rejects(world.sources.resolve(parseModelReference(reference), {signal}), {code: 'not_downloadable', exitCode: 2, hint: /remuda (?:search|run)/v});
	});
}

test('two models of different owners never get one id', async () => {
	const files: Record<string, HubFile> = {'m-Q4_0.gguf': fileOfMetadata({sizeBytes: 5, sha256: hashes.Q8_0})};
	await using world = await startHubWorld({repositories: [{id: 'one/m-GGUF', files}, {id: 'two/m-GGUF', files}]});
	const taken = new Map<string, string>();
	const sources = createSources({...world, registry: registryOf(), referenceOf: async id => taken.get(id)});
	const one = await sources.resolve(parseModelReference('hf:one/m-GGUF'), {signal});
	taken.set(one.modelId, one.ref);
	const two = await sources.resolve(parseModelReference('hf:two/m-GGUF'), {signal});
	assert.deepEqual([one.modelId, two.modelId], ['m-q4_0', 'two-m-q4_0']);
});

test('a card comes clean, and only so long', async () => {
	const card = '# Title\n\n\u{1B}[2JText\u{7} with\ttab\n';
	await using world = await startWorld({repositories: [{id: 'o/r', files: {'README.md': fileOfBytes(card)}}, {id: 'o/long', files: {'README.md': fileOfBytes('x'.repeat(1_100_000))}}]});
	assert.equal(await world.sources.card(parseModelReference('hf:o/r'), {signal}), '# Title\n\nText with    tab\n');
	await assert.rejects(world.sources.card(parseModelReference('hf:o/long'), {signal}), {code: 'reply_too_large'});
	await assert.rejects(world.sources.card(parseModelReference('hf:o/none'), {signal}), {code: 'access_denied'});
});

test('without the hub it says that it is offline', async () => {
	const world = await startWorld({});
	await world.server.close();
	await assert.rejects(world.sources.search({text: 'a'}, {signal}), {code: 'offline', exitCode: 4});
	await world.http.close();
});

test('a licence that has only a name comes with it and with where it is, if that is safe to open', async () => {
	const file = fileOfBytes('');
	const links: ReadonlyArray<readonly [told: string, link: string | undefined]> = [
		['https://example.com/terms', 'https://example.com/terms'],
		['legal/LICENSE.txt', 'https://huggingface.co/o/r1/blob/main/legal/LICENSE.txt'],
		['ftp://example.com/terms', undefined],
		['file:///etc/passwd', undefined],
		['https://user:secret@example.com', undefined],
		['../../../etc/passwd', undefined],
		['\u{1B}[2J', undefined],
	];
	await using world = await startWorld({
		repositories: links.map(([licenseLink], index) => ({
			id: `o/r${index}`, license: 'other', licenseName: 'our-\u{1B}[31mterms', licenseLink, files: {'m-Q4_0.gguf': file},
		})),
	});
	const requests = await Promise.all(links.map(async (_, index) => world.sources.resolve(parseModelReference(`hf:o/r${index}`), {signal})));
	assert.deepEqual(requests.map(({license, licenseName, licenseLink}) => [license, licenseName, licenseLink]), links.map(([, link]) => ['our-terms', 'our-terms', link]));
});
