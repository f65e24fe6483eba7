import assert from 'node:assert/strict';
import {
	mkdtemp,
	readFile,
	rm,
	writeFile,
} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {after, test} from 'node:test';
import {IntegrityError} from '../../../source/errors/integrity-error.js';
import {estimateMemory} from '../../../source/services/hardware/estimate-memory.js';
import {fitSubjectOf} from '../../../source/services/hardware/fit-subject-of.js';
import {loadRegistry} from '../../../source/services/registry/load-registry.js';

const folder = await mkdtemp(path.join(tmpdir(), 'remuda-registry-'));
after(async () => {
	await rm(folder, {recursive: true});
});

const shipped = path.resolve('registry.json');
const {models, find} = await loadRegistry(shipped);

type Json = Record<string, unknown>;

const document = JSON.parse(await readFile(shipped, 'utf8')) as {version: unknown; models: Json[]};

test('the shipped registry has at least 60 models, of which 12 to 18 are recommended', () => {
	assert.ok(models.length >= 60);
	const recommended = models.filter(model => model.recommended);
	assert.ok(recommended.length >= 12);
	assert.ok(recommended.length <= 18);
});

for (const [id, quantization, repository] of [
	['qwen2.5-coder-3b-q4', 'Q4_K_M', 'Qwen/Qwen2.5-Coder-3B-Instruct-GGUF'],
	['qwen2.5-coder-7b-q5', 'Q5_K_M', 'Qwen/Qwen2.5-Coder-7B-Instruct-GGUF'],
	['qwen2.5-coder-14b-q5', 'Q5_K_M', 'Qwen/Qwen2.5-Coder-14B-Instruct-GGUF'],
	['qwen2.5-coder-14b-q8', 'Q8_0', 'Qwen/Qwen2.5-Coder-14B-Instruct-GGUF'],
] as const) {
	test(`the shipped registry recommends ${id}`, () => {
		const model = find(id);
		assert.equal(model?.quantization, quantization);
		assert.equal(model.huggingFaceRepo, repository);
		assert.equal(model.recommended, true);
	});
}

test('an id that is not there is not found', () => {
	assert.equal(find('toString'), undefined);
});

test('the memory that the shipped registry asks for is the computed need', () => {
	assert.deepEqual(
		models.map(({id, ramRequired}) => [id, ramRequired]),
		models.map(model => [model.id, estimateMemory(fitSubjectOf(model)).totalBytes]),
	);
});

test('a size that is said to be exact is the sum of known sizes, and another one is not', () => {
	assert.deepEqual(models.filter(({files, fileSizeExact}) => fileSizeExact !== files.every(({sizeBytes}) => sizeBytes !== undefined)), []);
});

test('a size that is not exact is near what the weights take', () => {
	const ratios = models
		.filter(({fileSizeExact, files}) => !fileSizeExact && files.length === 1)
		.map(({fileSize, parameters, quantization}) => fileSize * 8 / parameters / ({Q4_K_M: 4.89, Q5_K_M: 5.7}[quantization] ?? NaN));
	assert.equal(ratios.length, 3);
	assert.deepEqual(ratios.map(ratio => ratio.toFixed(6)), ratios.map(() => '1.000000'));
});

test('the first file of a variant in several files is the one to load', () => {
	const model = find('qwen3.5-122b-a10b-q4');
	assert.equal(model?.files.length, 3);
	assert.match(model.fileName, /-00001-of-00003\.gguf$/v);
	assert.equal(model.fileName, model.files[0]?.fileName);
});

const withField = (index: number, changes: Json): unknown => ({
	...document, models: document.models.map((model, position) => position === index ? {...model, ...changes} : model),
});
const without = (key: string): unknown => ({...document, models: [Object.fromEntries(Object.entries(document.models[0] ?? {}).filter(([name]) => name !== key))]});
const file = {
	file_name: 'a.gguf', role: 'model', size_bytes: 1, sha256: null,
};

const architecture = document.models[0]?.architecture as Json;

const broken: ReadonlyArray<readonly [what: string, content: unknown, message: string]> = [
	['no object', [], 'registry.json: must be an object'],
	['null', null, 'registry.json: must be an object'],
	['no version', {models: []}, 'registry.json: version: must be the number 1'],
	['no models', {version: 1}, 'registry.json: models: must be a list'],
	['an unknown field', {...document, extra: 1}, 'registry.json: has the unknown field extra'],
	['an unknown field in a model', withField(3, {extra: 1}), 'registry.json: models[3]: has the unknown field extra'],
	['a wrong checksum', withField(12, {sha256: 'abc'}), 'registry.json: models[12].sha256: must be 64 hex digits'],
	['a checksum in capitals', withField(12, {sha256: 'A'.repeat(64)}), 'registry.json: models[12].sha256: must be 64 hex digits'],
	['a missing name', without('name'), 'registry.json: models[0].name: must be text'],
	['a missing checksum', without('sha256'), 'registry.json: models[0].sha256: must be 64 hex digits'],
	['a missing architecture', without('architecture'), 'registry.json: models[0].architecture: must be an object'],
	['an escape sequence', withField(0, {description: '\u{1B}[2J'}), 'registry.json: models[0].description: must be one line of text'],
	['two lines', withField(0, {name: 'a\nb'}), 'registry.json: models[0].name: must be one line of text'],
	['no parameters', withField(0, {parameters: 0}), 'registry.json: models[0].parameters: must be a positive whole number'],
	['parameters as text', withField(0, {parameters: '3B'}), 'registry.json: models[0].parameters: must be a number'],
	['an id twice', {...document, models: [document.models[0], document.models[1], document.models[0]]}, 'registry.json: models[2].id: “qwen2.5-coder-3b-q4” is the id of models[0] already'],
	['the id of the starter model', withField(1, {id: 'starter'}), 'registry.json: models[1].id: must be an id in lower-case letters, digits, dots and dashes'],
	['an id that reads as a path', withField(1, {id: 'a.gguf'}), 'registry.json: models[1].id: must be an id in lower-case letters, digits, dots and dashes'],
	['a repository that leads elsewhere', withField(1, {hugging_face_repo: '../../api'}), 'registry.json: models[1].hugging_face_repo: must be OWNER/REPO'],
	['a file that leads out of its folder', withField(1, {file_name: '../../.bashrc.gguf'}), 'registry.json: models[1].file_name: must be the path of a .gguf file inside the repository'],
	['an absolute file', withField(1, {files: [{...file, file_name: '/etc/a.gguf'}]}), 'registry.json: models[1].files[0].file_name: must be the path of a .gguf file inside the repository'],
	['an unknown role', withField(1, {files: [{...file, role: 'other'}]}), 'registry.json: models[1].files[0].role: must be model, shard or mmproj'],
	['no files', withField(1, {files: []}), 'registry.json: models[1].files: must not be empty'],
	['another first file', withField(1, {files: [file]}), 'registry.json: models[1].files[0]: must be the file that file_name and sha256 speak of'],
	['a file twice', withField(1, {files: [file, file], file_name: 'a.gguf', sha256: null}), 'registry.json: models[1].files: must not name a file twice'],
	['a wrong sum', withField(0, {file_size: 5}), 'registry.json: models[0].file_size: must be the sum of its files'],
	['too little memory', withField(0, {ram_required: 5}), 'registry.json: models[0].ram_required: must not be less than its model files'],
	['a wrong architecture', withField(0, {architecture: {name: 'x'}}), 'registry.json: models[0].architecture.block_count: must be a number'],
	['negative heads', withField(0, {architecture: {...architecture, head_count_kv: [-1]}}), 'registry.json: models[0].architecture.head_count_kv[0]: must be a whole number'],
	['heads as text', withField(0, {architecture: {...architecture, head_count_kv: 'x'}}), 'registry.json: models[0].architecture.head_count_kv: must be a number, or a list with one for each block'],
];

const load = async (text: string): Promise<IntegrityError> => {
	const directory = await mkdtemp(path.join(folder, 'case-'));
	const name = path.join(directory, 'registry.json');
	await writeFile(name, text);
	try {
		await loadRegistry(name);
	} catch (error) {
		if (error instanceof IntegrityError) {
			return error;
		}

		throw error;
	}

	throw new Error('It was loaded.');
};

for (const [what, content, message] of broken) {
	test(`a registry with ${what} is refused, and the error names the place`, async () => {
		const error = await load(JSON.stringify(content));
		assert.equal(error.message, message);
		assert.equal(error.code, 'broken_registry');
		assert.notEqual(error.hint, undefined);
	});
}

test('a registry of another version is refused before its fields are looked at', async () => {
	const error = await load('{"version": 2, "models": "elsewhere"}');
	assert.equal(error.code, 'registry_version');
	assert.match(error.message, /version 2.*version 1/v);
});

test('a registry that is not JSON is refused', async () => {
	const error = await load('{"version": 1,');
	assert.equal(error.code, 'broken_registry');
	assert.equal(error.message, 'registry.json: it is not valid JSON');
});

test('a registry that is not there is refused', async () => {
	await assert.rejects(loadRegistry(path.join(folder, 'none.json')), {code: 'broken_registry', message: 'none.json: it cannot be read (ENOENT)'});
});

test('what is null in the file is missing in the model', () => {
	const {sha256, revision, activeParameters, files} = find('qwen2.5-coder-7b-q5') ?? {};
	assert.deepEqual([sha256, revision, activeParameters, files?.[0]?.sizeBytes], [undefined, undefined, undefined, undefined]);
	assert.equal(files?.length, 1);
});
