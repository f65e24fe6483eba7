import assert from 'node:assert/strict';
import {Buffer} from 'node:buffer';
import {
	lstat,
	mkdir,
	readdir,
	readFile,
	rm,
	stat,
	symlink,
	utimes,
	writeFile,
} from 'node:fs/promises';
import path from 'node:path';
import {test} from 'node:test';
import fc from 'fast-check';
import {createConfigStore} from '../../../source/services/config/create-config-store.js';
import {inSequence} from '../../helpers/in-sequence.js';
import {temporaryFolder} from '../../helpers/temporary-folder.js';

test('without a file the settings are the defaults, and none is written', async () => {
	await using folder = await temporaryFolder();
	const file = folder.join('home', 'config.json');
	const store = await createConfigStore({path: file});
	assert.equal(store.current().maxConcurrentDownloads, 2);
	assert.equal(store.current().chat.sampling.topP, 0.95);
	assert.equal(store.current().modelsDirectory, undefined);
	assert.deepEqual(await readdir(folder.path), []);
});

test('an empty file, and one that begins with a byte order mark, are read', async () => {
	await using folder = await temporaryFolder();
	await writeFile(folder.join('empty.json'), ' \n');
	await writeFile(folder.join('bom.json'), '\u{FEFF}{"bench": {"iterations": 7}}');
	const empty = await createConfigStore({path: folder.join('empty.json')});
	const marked = await createConfigStore({path: folder.join('bom.json')});
	assert.equal(empty.current().bench.iterations, 5);
	assert.equal(marked.current().bench.iterations, 7);
	assert.equal(marked.current().bench.promptTokens, 512);
});

test('a set value is there for the next program, and what else the file says stays', async () => {
	await using folder = await temporaryFolder();
	const file = folder.join('config.json');
	await writeFile(file, '{"engine": {"gpu": "off"}, "cache_limit_bytes": 5}');
	const store = await createConfigStore({path: file});
	const changed = await store.set('engine.context_size', '8192');
	assert.equal(changed.engine.contextSize, 8192);
	assert.deepEqual(store.current(), changed);
	assert.deepEqual(JSON.parse(await readFile(file, 'utf8')), {version: 1, engine: {gpu: 'off', context_size: 8192}, cache_limit_bytes: 5});
	const again = await createConfigStore({path: file});
	assert.deepEqual(again.current(), changed);
	const {mode} = await stat(file);
	assert.equal(mode % 0o1000, 0o600);
	assert.deepEqual(await readdir(folder.path), ['config.json']);
});

test('strings are read as the setting wants them', async () => {
	await using folder = await temporaryFolder();
	const store = await createConfigStore({path: folder.join('config.json')});
	await store.set('cache_limit_bytes', '20GB');
	await store.set('chat.sampling.temperature', '1e-1');
	await store.set('chat.sampling.seed', ' 42 ');
	await store.set('chat.system_prompt', '12');
	const {cacheLimitBytes, chat} = store.current();
	assert.deepEqual([cacheLimitBytes, chat.sampling.temperature, chat.sampling.seed, chat.systemPrompt], [20e9, 0.1, 42, '12']);
	await store.set('chat.sampling.seed', '');
	await store.set('cache_limit_bytes', undefined);
	assert.equal(store.current().chat.sampling.seed, undefined);
	assert.equal(store.current().cacheLimitBytes, 0);
});

test('lists, rates, hours and answers are read from a command line, and an empty one is none', async () => {
	await using folder = await temporaryFolder();
	const store = await createConfigStore({path: folder.join('config.json')});
	await store.set('downloads.mirrors', 'https://a.example, https://b.example/hub');
	await store.set('downloads.rate_limit_bytes', '5MB/s');
	await store.set('downloads.quiet_hours', '23:00-07:00');
	await store.set('downloads.preload_recommended', 'true');
	await store.set('downloads.mirror_use', 'all');
	await store.set('downloads.connections_per_file', '4');
	await store.set('network.ca_certificates', '/etc/ssl/own.pem');
	assert.deepEqual(store.current().downloads, {
		connectionsPerFile: 4, rateLimitBytes: 5_000_000, quietHours: '23:00-07:00', preloadRecommended: true, mirrors: ['https://a.example', 'https://b.example/hub'], mirrorUse: 'all',
	});
	assert.equal(store.current().network.caCertificates, '/etc/ssl/own.pem');
	for await (const setting of inSequence(['downloads.mirrors', 'downloads.rate_limit_bytes', 'downloads.quiet_hours', 'network.ca_certificates'])) {
		await store.set(setting, '');
	}

	const {downloads, network} = store.current();
	assert.deepEqual([downloads.mirrors, downloads.rateLimitBytes, downloads.quietHours, network.caCertificates], [[], 0, '', undefined]);
	await store.set('downloads.mirrors', 'https://a.example');
	assert.deepEqual(store.current().downloads.mirrors, ['https://a.example']);
});

test('what another process sets is taken over by a reload, and nothing else is', async () => {
	await using folder = await temporaryFolder();
	const file = folder.join('config.json');
	const store = await createConfigStore({path: file});
	const other = await createConfigStore({path: file});
	const before = store.current();
	await store.reload();
	assert.equal(store.current(), before);
	await other.set('max_concurrent_downloads', 5);
	assert.equal(store.current(), before);
	await store.reload();
	assert.equal(store.current().maxConcurrentDownloads, 5);
	assert.deepEqual(store.entries().at(0), ['max_concurrent_downloads', 5]);
	const taken = store.current();
	await store.reload();
	assert.equal(store.current(), taken);
	// What is set here meanwhile is newer than what was read.
	await other.set('max_concurrent_downloads', 6);
	await Promise.all([store.reload(), store.set('max_concurrent_downloads', 7)]);
	assert.equal(store.current().maxConcurrentDownloads, 7);
	await store.reload();
	assert.equal(store.current().maxConcurrentDownloads, 7);
});

test('a file that broke changes nothing for who has it loaded; mended or removed, it counts again', async () => {
	await using folder = await temporaryFolder();
	const file = folder.join('config.json');
	await writeFile(file, '{"max_concurrent_downloads": 3}');
	const store = await createConfigStore({path: file});
	const taken: number[] = [];
	for await (const broken of inSequence(['{"max_concurrent_downloads": ', '{"max_concurrent_downloads": 99}', '{"version": 99}'])) {
		await writeFile(file, broken);
		await store.reload();
		taken.push(store.current().maxConcurrentDownloads);
	}

	assert.deepEqual(taken, [3, 3, 3]);
	await writeFile(file, '{"max_concurrent_downloads": 4}');
	await store.reload();
	assert.equal(store.current().maxConcurrentDownloads, 4);
	await rm(file);
	await store.reload();
	assert.equal(store.current().maxConcurrentDownloads, 2);
});

test('every setting can be listed and set to what it is', async () => {
	await using folder = await temporaryFolder();
	const store = await createConfigStore({path: folder.join('config.json')});
	const before = store.entries();
	assert.equal(before[0]?.[0], 'max_concurrent_downloads');
	for await (const [name, value] of inSequence(before)) {
		await store.set(name, value);
		await store.set(name, typeof value === 'number' ? String(value) : value ?? '');
	}

	assert.deepEqual(store.entries(), before);
});

// Written so that no tool corrects it to https.
const plain = 'http:';

const refusedValues: ReadonlyArray<readonly [setting: string, value: unknown]> = [
	['max_concurrent_downloads', '0'],
	['max_concurrent_downloads', '17'],
	['max_concurrent_downloads', '2.5'],
	['max_concurrent_downloads', ''],
	['max_concurrent_downloads', '0x4'],
	['engine.context_size', 'many'],
	['engine.context_size', NaN],
	['engine.gpu', 'yes'],
	['chat.sampling.temperature', '-0.1'],
	['chat.sampling.temperature', true],
	['chat.default_model', 'a\u{1B}[31mb'],
	['chat.default_model', ''],
	['models_directory', 'models'],
	['models_directory', '/a\u{0}b'],
	['hugging_face_endpoint', `${plain}//example.com`],
	['hugging_face_endpoint', 'https://user:secret@example.com'],
	['hugging_face_endpoint', 'not an address'],
	['cache_limit_bytes', '1e300'],
	['downloads.connections_per_file', '17'],
	['downloads.rate_limit_bytes', '-5MB'],
	['downloads.rate_limit_bytes', 'fast'],
	['downloads.quiet_hours', '23-7'],
	['downloads.quiet_hours', '07:00-07:00'],
	['downloads.quiet_hours', '24:00-07:00'],
	['downloads.preload_recommended', 'maybe'],
	['downloads.mirrors', `https://a.example,${plain}//b.example`],
	['downloads.mirrors', 'https://a.example,https://A.example/'],
	['downloads.mirrors', 'https://user:secret@a.example'],
	['downloads.mirrors', Array.from({length: 17}, (_, index) => `https://${index}.example`).join(',')],
	['downloads.mirrors', [5]],
	['downloads.mirror_use', 'none'],
	['network.ca_certificates', 'own.pem'],
];

for (const [setting, value] of refusedValues) {
	test(`${setting} cannot be ${JSON.stringify(value)}`, async () => {
		await using folder = await temporaryFolder();
		const store = await createConfigStore({path: folder.join('home', 'config.json')});
		const before = store.current();
		await assert.rejects(store.set(setting, value), error => {
			assert.ok(error instanceof Error);
			assert.match(error.message, new RegExp(String.raw`^The setting ${setting.replaceAll('.', String.raw`\.`)} must be .+, not .+\.$`, 'v'));
			assert.doesNotMatch(error.message, /\p{Control}/v);
			assert.equal((error as Error & {code?: string}).code, 'invalid_setting');
			return true;
		});
		assert.equal(store.current(), before);
		assert.deepEqual(await readdir(folder.path), []);
	});
}

test('a setting that does not exist is refused with the nearest one', async () => {
	await using folder = await temporaryFolder();
	const store = await createConfigStore({path: folder.join('config.json')});
	await assert.rejects(store.set('engine.contextsize', 1), {code: 'unknown_setting', exitCode: 2, hint: /engine\.context_size/v});
	await assert.rejects(store.set('engine', 1), {code: 'unknown_setting', hint: /engine\.threads/v});
	await assert.rejects(store.set('__proto__.polluted', 1), {code: 'unknown_setting'});
	await assert.rejects(store.set('version', 2), {code: 'unknown_setting'});
});

const brokenFiles: ReadonlyArray<readonly [name: string, content: string | Uint8Array, code: string, message: RegExp]> = [
	['broken JSON', '{\n\t"engine": {\n\t\t"gpu": off\n\t}\n}', 'broken_config', /line 3, column 10/v],
	['a list', '[]', 'broken_config', /JSON object/v],
	['a word', '"hello"', 'broken_config', /JSON object/v],
	['bytes', new Uint8Array([0x7B, 0xFF, 0xFE]), 'broken_config', /UTF-8/v],
	['far too much', ' '.repeat(1024 * 1024) + '{}', 'broken_config', /larger/v],
	['a newer version', '{"version": 2, "new_thing": true}', 'config_version', /newer Remuda/v],
	['an impossible version', '{"version": "one"}', 'invalid_setting', /version/v],
	['an unknown key', '{"engine": {"contxt_size": 4096}}', 'unknown_setting', /engine\.contxt_size/v],
	['a wrong type', '{"chat": {"sampling": {"top_p": "high"}}}', 'invalid_setting', /chat\.sampling\.top_p .* a number from 0 to 1, not "high"/v],
	['a value out of bounds', '{"max_concurrent_downloads": 99}', 'invalid_setting', /max_concurrent_downloads .* from 1 to 16, not 99/v],
	['no group where one belongs', '{"chat": 5}', 'invalid_setting', /chat .* group of settings/v],
	['a prototype', '{"__proto__": {"polluted": true}}', 'unknown_setting', /__proto__/v],
	['escape sequences', String.raw`{"engine": {"gpu": "\u001b]0;evil\u0007"}}`, 'invalid_setting', /engine\.gpu/v],
];

for (const [name, content, code, message] of brokenFiles) {
	test(`a file with ${name} is refused and left alone`, async () => {
		await using folder = await temporaryFolder();
		const file = folder.join('config.json');
		await writeFile(file, content);
		await assert.rejects(createConfigStore({path: file}), (error: Error & {code?: string; exitCode?: number; hint?: string}) => {
			assert.equal(error.code, code);
			assert.equal(error.exitCode, 2);
			assert.match(error.message, message);
			assert.ok(error.message.includes(file));
			assert.doesNotMatch(error.message + error.hint, /\p{Control}/v);
			return true;
		});
		assert.deepEqual(await readFile(file), Buffer.from(content));
	});
}

test('a file that broke since the start is not overwritten', async () => {
	await using folder = await temporaryFolder();
	const file = folder.join('config.json');
	const store = await createConfigStore({path: file});
	const outcomes: string[] = [];
	const left: string[] = [];
	const texts = ['{"engine": ', '{"version": 9}', '{"typo": 1}'];
	for await (const text of inSequence(texts)) {
		await writeFile(file, text);
		const [{status}] = await Promise.allSettled([store.set('engine.gpu', 'off')]);
		outcomes.push(status);
		left.push(await readFile(file, 'utf8'));
	}

	assert.deepEqual(outcomes, ['rejected', 'rejected', 'rejected']);
	assert.deepEqual(left, texts);
	assert.equal(store.current().engine.gpu, 'auto');
});

test('a home that cannot be is an access error', async () => {
	await using folder = await temporaryFolder();
	await writeFile(folder.join('file'), '');
	await assert.rejects(createConfigStore({path: folder.join('file', 'config.json')}), {code: 'home_unwritable', exitCode: 8});
	const store = await createConfigStore({path: folder.join('later', 'config.json')});
	await writeFile(folder.join('later'), '');
	await assert.rejects(store.set('engine.gpu', 'off'), {code: 'home_unwritable', exitCode: 8, hint: /REMUDA_HOME/v});
});

test('a home that leads round in a circle, or has a name without end, is an access error', async () => {
	await using folder = await temporaryFolder();
	await symlink(folder.join('there'), folder.join('here'));
	await symlink(folder.join('here'), folder.join('there'));
	const refused = {code: 'home_unwritable', exitCode: 8};
	const longName = 'a'.repeat(5000);
	await assert.rejects(createConfigStore({path: folder.join('here', 'config.json')}), refused);
	await assert.rejects(createConfigStore({path: folder.join(longName, 'config.json')}), refused);
});

test('a symbolic link to a config kept elsewhere stays one', async () => {
	await using folder = await temporaryFolder();
	await mkdir(folder.join('dotfiles'));
	await writeFile(folder.join('dotfiles', 'remuda.json'), '{}');
	await symlink(path.join('dotfiles', 'remuda.json'), folder.join('config.json'));
	const store = await createConfigStore({path: folder.join('config.json')});
	await store.set('engine.gpu', 'off');
	const status = await lstat(folder.join('config.json'));
	assert.ok(status.isSymbolicLink());
	assert.match(await readFile(folder.join('dotfiles', 'remuda.json'), 'utf8'), /"off"/v);
});

test('changes made at once by many stores are all kept', async () => {
	await using folder = await temporaryFolder();
	const file = folder.join('config.json');
	const changes = [['engine.context_size', 1024], ['engine.threads', 3], ['bench.iterations', 9], ['chat.default_model', 'mine'], ['chat.sampling.top_k', 7], ['cache_limit_bytes', 1]] as const;
	await Promise.all(changes.map(async ([setting, value]) => {
		const store = await createConfigStore({path: file});
		await store.set(setting, value);
	}));
	const store = await createConfigStore({path: file});
	const entries = new Map(store.entries());
	assert.deepEqual(changes.map(([setting]) => entries.get(setting)), changes.map(([, value]) => value));
});

test('a lock left behind by a dead process is taken over', async () => {
	await using folder = await temporaryFolder();
	const file = folder.join('config.json');
	const store = await createConfigStore({path: file});
	// No process has this number: the kernel's highest is 2^22.
	await writeFile(`${file}.lock`, '2147483647');
	await store.set('engine.threads', 4);
	await writeFile(`${file}.lock`, '');
	await utimes(`${file}.lock`, 0, 0);
	await store.set('engine.threads', 5);
	assert.equal(store.current().engine.threads, 5);
	assert.deepEqual(await readdir(folder.path), ['config.json']);
});

test('whatever valid values are set, in any order, are read back', async () => {
	await using folder = await temporaryFolder();
	let round = 0;
	const seed = fc.option(fc.integer({min: 0, max: 4_294_967_295}), {nil: undefined});
	const change = fc.oneof(
		fc.tuple(fc.constant('max_concurrent_downloads'), fc.integer({min: 1, max: 16})),
		fc.tuple(fc.constant('chat.sampling.temperature'), fc.double({min: 0, max: 5, noNaN: true})),
		fc.tuple(fc.constant('chat.sampling.seed'), seed),
		fc.tuple(fc.constant('chat.system_prompt'), fc.string({unit: 'grapheme', maxLength: 50})),
		fc.tuple(fc.constant('engine.gpu'), fc.constantFrom('auto', 'off')),
	);
	await fc.assert(fc.asyncProperty(fc.array(change, {minLength: 1, maxLength: 5}), async changes => {
		const file = folder.join(String(round++), 'config.json');
		const store = await createConfigStore({path: file});
		const expected = new Map<string, unknown>(store.entries());
		for await (const [setting, value] of inSequence(changes)) {
			await store.set(setting, value);
			// JSON has no negative zero.
			expected.set(setting, value === 0 ? 0 : value);
		}

		const again = await createConfigStore({path: file});
		assert.deepEqual(new Map(again.entries()), expected);
		assert.deepEqual(again.current(), store.current());
	}), {numRuns: 30});
});
