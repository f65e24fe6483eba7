import assert from 'node:assert/strict';
import {DatabaseSync} from 'node:sqlite';
import {test} from 'node:test';
import {createManifest} from '../../../source/services/manifest/create-manifest.js';
import {openStorage} from '../../../source/services/storage/open-storage.js';
import {type InstalledModel} from '../../../source/types/installed-model.js';
import {installedModel} from '../../helpers/installed-model.js';
import {temporaryFolder} from '../../helpers/temporary-folder.js';

async function temporaryManifest() {
	const folder = await temporaryFolder();
	const file = folder.join('remuda.sqlite');
	const storage = openStorage({path: file});
	return {
		file,
		storage,
		manifest: createManifest({storage}),
		async [Symbol.asyncDispose]() {
			await storage.close();
			await folder[Symbol.asyncDispose]();
		},
	};
}

test('keeps every field of a model for the next program, newest model first', async () => {
	await using world = await temporaryManifest();
	const full: Required<InstalledModel> = {
		...installedModel('full', {downloadedAt: '2026-01-02T00:00:00.000Z'}),
		ref: 'hf:owner/repo:Q4_K_M',
		family: 'qwen',
		license: 'apache-2.0',
		lastUsed: '2026-02-01T00:00:00.000Z',
		useCount: 3,
		contextLength: 32_768,
		parameters: 3e9,
		architecture: {
			name: 'qwen2',
			blockCount: 36,
			embeddingLength: 2048,
			headCount: 16,
			headCountKv: [2, 2, 0],
			keyLength: 128,
			valueLength: 128,
			feedForwardLength: 11_008,
			vocabularySize: 151_936,
			expertCount: 8,
			expertUsedCount: 2,
			attentionBlockCount: 30,
			slidingWindow: 4096,
			slidingPattern: [true, false],
			slidingKeyLength: 64,
			slidingValueLength: 64,
		},
	};
	await world.manifest.put(full);
	await world.manifest.put(installedModel('older', {downloadedAt: '2025-01-01T00:00:00Z'}));
	await world.manifest.put(installedModel('newest', {downloadedAt: '2026-01-02T01:00:00+00:30'}));
	await world.storage.close();
	const storage = openStorage({path: world.file});
	const manifest = createManifest({storage});
	const list = await manifest.list();
	assert.deepEqual(list.map(({id}) => id), ['newest', 'full', 'older']);
	assert.deepEqual(await manifest.get('full'), full);
	await manifest.delete('full');
	assert.equal(await manifest.get('full'), undefined);
	await storage.close();
});

test('an update changes what is there, and makes nothing up', async () => {
	await using world = await temporaryManifest();
	await world.manifest.put(installedModel('a'));
	await Promise.all(Array.from({length: 20}, async () => world.manifest.update('a', model => ({...model, useCount: model.useCount + 1}))));
	await world.manifest.update('b', model => ({...model, useCount: 1}));
	const list = await world.manifest.list();
	assert.deepEqual(list.map(({id, useCount}) => [id, useCount]), [['a', 20]]);
});

test('a record that someone broke is left out, and its text cannot reach the terminal', async () => {
	await using world = await temporaryManifest();
	await world.manifest.put(installedModel('good'));
	const database = new DatabaseSync(world.file);
	const plant = (id: string, changes: Readonly<Record<string, unknown>>) => {
		database.prepare('INSERT INTO keyv (key, namespace, value) VALUES (?, \'manifest\', ?)').run(id, JSON.stringify({value: {...installedModel(id), ...changes}}));
	};

	plant('relative', {path: '../../etc/passwd'});
	plant('no files', {files: []});
	plant('negative', {sizeBytes: -1});
	plant('starter', {});
	plant('escape', {id: 'a\u{1B}[2J'});
	plant('not a date', {downloadedAt: 'yesterday'});
	plant('no checksum', {checksum: 'md5:00'});
	plant('colourful', {name: 'Red \u{1B}[31mmodel\u{7}'});
	database.close();
	const list = await world.manifest.list();
	assert.deepEqual(new Map(list.map(({id, name}) => [id, name])), new Map([['good', 'Model good'], ['colourful', 'Red model']]));
	assert.equal(world.storage.brokenRecords().length, 7);
});
