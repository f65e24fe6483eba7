import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {existsSync} from 'node:fs';
import {
	copyFile,
	mkdir,
	readdir,
	rm,
	symlink,
	truncate,
	writeFile,
} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import {test, type TestContext} from 'node:test';
import fc from 'fast-check';
import {resolvePaths} from '../../../source/services/config/resolve-paths.js';
import {createInventory} from '../../../source/services/inventory/create-inventory.js';
import {totalBytes} from '../../../source/services/inventory/cache-usage.js';
import {planRoom} from '../../../source/services/inventory/plan-room.js';
import {planPrune} from '../../../source/services/inventory/plan-prune.js';
import {createManifest} from '../../../source/services/manifest/create-manifest.js';
import {openStorage} from '../../../source/services/storage/open-storage.js';
import {type InstalledModel} from '../../../source/types/installed-model.js';
import {inSequence} from '../../helpers/in-sequence.js';
import {installedModel, installModel} from '../../helpers/installed-model.js';
import {temporaryFolder} from '../../helpers/temporary-folder.js';

const {signal} = new AbortController();
const {starterModel} = resolvePaths({});

async function temporaryInventory() {
	const folder = await temporaryFolder();
	const storage = openStorage({path: folder.join('home', 'remuda.sqlite')});
	const manifest = createManifest({storage});
	const models = folder.join('home', 'models');
	const partials = path.join(models, '.downloading');
	const needed = new Set<string>();
	let now = Date.parse('2026-03-01T00:00:00Z');
	return {
		folder,
		manifest,
		models,
		partials,
		needed,
		later() {
			now += 60_000;
			return new Date(now).toISOString();
		},
		async install(id: string, contents: readonly string[] = [`content of ${id}`], changes: Partial<InstalledModel> = {}) {
			const model = await installModel(models, id, contents, changes);
			await manifest.put(model);
			return model;
		},
		inventory: createInventory({
			manifest,
			storage,
			paths: {models, partials, starterModel},
			isPartialNeeded: async partial => needed.has(path.basename(partial)),
			clock: () => new Date(now),
		}),
		async [Symbol.asyncDispose]() {
			await storage.close();
			await folder[Symbol.asyncDispose]();
		},
	};
}

test('the starter model is always there, whole and as its README says', async () => {
	await using world = await temporaryInventory();
	const [starter, ...others] = await world.inventory.list();
	assert.equal(starter?.id, 'starter');
	assert.equal(starter.useCount, 0);
	assert.deepEqual(others, []);
	assert.deepEqual(await world.inventory.verify('starter', {signal}), {id: 'starter', status: 'ok'});
	await assert.rejects(world.inventory.remove('starter'), {code: 'starter_is_built_in', exitCode: 2});
	assert.equal(await world.inventory.clear(), 0);
	assert.ok(existsSync(starterModel));
});

test('uses are counted, also by many at once', async () => {
	await using world = await temporaryInventory();
	await world.install('a');
	await Promise.all(['starter', 'a', 'a', 'starter', 'a', 'gone', starterModel].map(async id => world.inventory.touch(id)));
	const now = world.later();
	await world.inventory.touch('a');
	const list = await world.inventory.list();
	assert.deepEqual(list.map(({id, useCount, lastUsed}) => [id, useCount, lastUsed]), [['starter', 2, '2026-03-01T00:00:00.000Z'], ['a', 4, now]]);
});

test('a model is found by its id, its reference, its repository, its path', async () => {
	await using world = await temporaryInventory();
	const model = await world.install('qwen2.5-coder-3b-q4', ['x'], {ref: 'hf:Qwen/Qwen2.5-Coder-3B-Instruct-GGUF:Q4_K_M'});
	const names = [
		'qwen2.5-coder-3b-q4',
		'Qwen2.5-Coder-3B-Q4',
		'hf:Qwen/Qwen2.5-Coder-3B-Instruct-GGUF:Q4_K_M',
		'hf:qwen/qwen2.5-coder-3b-instruct-gguf:q4_k_m',
		'hf:Qwen/Qwen2.5-Coder-3B-Instruct-GGUF',
		model.path,
		path.relative(process.cwd(), model.path),
	];
	const found = await Promise.all(names.map(async name => world.inventory.find(name)));
	assert.deepEqual(found.map(({id}) => id), names.map(() => model.id));
	const starter = await world.inventory.find('starter');
	assert.equal(starter.path, starterModel);
});

test('what is not installed is told with what is', async () => {
	await using world = await temporaryInventory();
	await world.install('one', ['x'], {ref: 'hf:owner/repo:Q4_K_M'});
	await world.install('two', ['y'], {ref: 'hf:owner/repo:Q8_0'});
	await assert.rejects(world.inventory.find('twoo'), {code: 'model_not_installed', exitCode: 3, hint: /Did you mean two\?.*Installed: starter, /v});
	await assert.rejects(world.inventory.find('hf:owner/rep'), {code: 'model_not_installed'});
	await assert.rejects(world.inventory.find('hf:owner/repo'), {code: 'ambiguous_reference', hint: /one.*two|two.*one/v});
	await assert.rejects(world.inventory.find('hf:owner/repo:Q5_K_M'), {code: 'model_not_installed'});
	await assert.rejects(world.inventory.find(world.folder.join('nothing.gguf')), {code: 'file_not_found', exitCode: 3});
	await assert.rejects(world.inventory.find('a b\u{1B}[2J'), (error: Error) => !/\p{Control}/v.test(error.message));
});

test('a model file that is not installed is described and used in place', async () => {
	await using world = await temporaryInventory();
	const file = world.folder.join('mine.gguf');
	await copyFile(starterModel, file);
	const model = await world.inventory.find(file);
	assert.equal(model.path, file);
	assert.equal(model.source, 'file');
	assert.equal(model.quantization, 'Q8_0');
	assert.equal(model.sizeBytes, 2_826_720);
	assert.equal(model.contextLength, 1024);
	assert.equal(model.architecture?.name, 'llama');
	await assert.rejects(world.inventory.verify(file, {signal}), {code: 'model_not_installed'});
	await assert.rejects(world.inventory.remove(file), {code: 'model_not_installed'});
	await writeFile(world.folder.join('broken.gguf'), '<html>Not found</html>');
	await assert.rejects(world.inventory.find(world.folder.join('broken.gguf')), {exitCode: 5});
	assert.ok(existsSync(file));
});

test('a shard stands for all, which must be there', async () => {
	await using world = await temporaryInventory();
	const shards = ['m-00001-of-00002.gguf', 'm-00002-of-00002.gguf'].map(name => world.folder.join(name));
	await copyFile(starterModel, shards[1]!);
	await assert.rejects(world.inventory.find(shards[1]!), {code: 'shards_missing', message: /m-00001-of-00002\.gguf/v});
	await copyFile(starterModel, shards[0]!);
	const model = await world.inventory.find(shards[1]!);
	assert.deepEqual(model.files.map(({path: file, role}) => [file, role]), [[shards[0], 'model'], [shards[1], 'shard']]);
	assert.equal(model.path, shards[0]);
});

test('usage tells what models and partial files take, and what the disk has', async () => {
	await using world = await temporaryInventory();
	const before = await world.inventory.usage();
	assert.deepEqual([before.modelCount, before.modelBytes, before.partialCount, before.partialBytes], [0, 0, 0, 0]);
	const model = await world.install('a', ['12345', '123']);
	await world.manifest.put({...model, id: 'same-files', ref: 'hf:owner/same:Q8_0'});
	await mkdir(path.join(world.partials, 'one'), {recursive: true});
	await writeFile(path.join(world.partials, 'one', '0.part'), 'x'.repeat(5000));
	await writeFile(path.join(world.partials, 'two'), '');
	await truncate(path.join(world.partials, 'two'), 1e9);
	const usage = await world.inventory.usage();
	assert.deepEqual([usage.path, usage.modelCount, usage.modelBytes, usage.partialCount], [world.models, 2, 8, 2]);
	assert.ok(usage.partialBytes >= 4096);
	assert.ok(usage.partialBytes < 1e6, 'a hole takes no room');
	assert.ok(usage.diskTotalBytes > usage.diskFreeBytes);
	assert.ok(usage.diskFreeBytes > 0);
});

test('removing takes the files, the record and the empty folders, and nothing else', async () => {
	await using world = await temporaryInventory();
	const one = await world.install('one', ['12345', '123']);
	const two = await world.install('two', ['12']);
	assert.equal(await world.inventory.remove('one'), 8);
	assert.equal(existsSync(path.dirname(one.path)), false);
	assert.ok(existsSync(two.path));
	const left = await world.inventory.list();
	assert.deepEqual(left.map(({id}) => id), ['starter', 'two']);
	await assert.rejects(world.inventory.remove('one'), {code: 'model_not_installed'});
	assert.equal(await world.inventory.clear(), 2);
	assert.deepEqual(await readdir(world.models), []);
});

test('a folder with other files stays, and so do files that another model uses', async () => {
	await using world = await temporaryInventory();
	const one = await world.install('one', ['12345', '123']);
	await world.manifest.put({
		...one, id: 'other', files: [one.files[1]!], path: one.files[1]!.path,
	});
	await writeFile(path.join(path.dirname(one.path), 'notes.txt'), 'mine');
	assert.equal(await world.inventory.remove('one'), 5);
	assert.deepEqual(await readdir(path.dirname(one.path)), ['model-1.gguf', 'notes.txt']);
	assert.equal(await world.inventory.remove('other'), 3);
	assert.deepEqual(await readdir(path.dirname(one.path)), ['notes.txt']);
});

test('an mmproj that two variants share goes with the second', async () => {
	await using world = await temporaryInventory();
	const {inventory} = world;
	const first = await world.install('first', ['weights', 'projector']);
	const projector = {...first.files[1]!, role: 'mmproj'} as const;
	const [weights] = first.files;
	await world.manifest.put({...first, files: [weights!, projector]});
	const second = await world.install('second', ['other weights']);
	await world.manifest.put({...second, files: [...second.files, projector]});
	assert.equal(await inventory.remove('first'), weights!.sizeBytes);
	assert.equal(existsSync(projector.path), true);
	assert.deepEqual(await inventory.verify('second', {signal}), {id: 'second', status: 'ok'});
	assert.equal(await inventory.remove('second'), second.sizeBytes + projector.sizeBytes);
	assert.equal(existsSync(projector.path), false);
});

test('a record whose files are gone can be removed', async () => {
	await using world = await temporaryInventory();
	await world.install('one');
	await rm(world.models, {recursive: true});
	assert.equal(await world.inventory.remove('one'), 0);
	assert.equal(await world.manifest.get('one'), undefined);
});

test('nothing outside of the models folder is ever deleted', async (t: TestContext) => {
	await using world = await temporaryInventory();
	const treasure = world.folder.join('treasure.txt');
	await writeFile(treasure, 'gold');
	await mkdir(world.models, {recursive: true});
	await mkdir(`${world.models}-of-others`);
	await symlink(world.folder.path, path.join(world.models, 'link'));
	await writeFile(path.join(`${world.models}-of-others`, 'a.gguf'), 'theirs');
	const good = await world.install('good');
	const hostile: Readonly<Record<string, string>> = {
		'an absolute path': treasure,
		'a path with dots': `${world.models}/../../treasure.txt`,
		'a path through a link': path.join(world.models, 'link', 'treasure.txt'),
		'a folder that begins alike': path.join(`${world.models}-of-others`, 'a.gguf'),
	};
	for await (const [name, file] of inSequence(Object.entries(hostile))) {
		await t.test(name, async () => {
			await world.manifest.put(installedModel('hostile', {path: file, files: [good.files[0]!, {...good.files[0]!, path: file}]}));
			await assert.rejects(world.inventory.remove('hostile'), {code: 'outside_models_folder', exitCode: 5});
			assert.ok(existsSync(file));
			assert.ok(existsSync(good.path));
		});
	}

	await t.assert.rejects(world.inventory.clear(), {code: 'outside_models_folder'});
	t.assert.ok(existsSync(treasure));
	t.assert.strictEqual(existsSync(good.path), true, 'the hostile record shares it');
	t.assert.strictEqual(await world.manifest.get('good'), undefined);
});

test('a link in the models folder is removed, not what it points to', async () => {
	await using world = await temporaryInventory();
	const model = await world.install('linked', ['x']);
	const original = world.folder.join('original.gguf');
	await writeFile(original, 'elsewhere');
	await rm(model.path);
	await symlink(original, model.path);
	await world.inventory.remove('linked');
	assert.equal(existsSync(model.path), false);
	assert.ok(existsSync(original));
});

test('cleaning removes the partial files that no download needs', async () => {
	await using world = await temporaryInventory();
	assert.equal(await world.inventory.clean(), 0);
	await mkdir(path.join(world.partials, 'needed'), {recursive: true});
	await mkdir(path.join(world.partials, 'abandoned', 'deep'), {recursive: true});
	await writeFile(path.join(world.partials, 'needed', '0.part'), 'x'.repeat(100));
	await writeFile(path.join(world.partials, 'abandoned', 'deep', '0.part'), 'x'.repeat(100));
	await writeFile(world.folder.join('outside'), 'x');
	await symlink(world.folder.path, path.join(world.partials, 'link'));
	world.needed.add('needed');
	const freed = await world.inventory.clean();
	assert.ok(freed >= 100);
	assert.deepEqual(await readdir(world.partials), ['needed']);
	assert.ok(existsSync(world.folder.join('outside')));
});

test('verifying tells whole, changed and missing files apart', async () => {
	await using world = await temporaryInventory();
	const model = await world.install('a', ['x'.repeat(3_000_000), 'second']);
	const progress: number[] = [];
	const result = await world.inventory.verify('a', {
		signal,
		onProgress(done, total) {
			assert.equal(total, 3_000_006);
			progress.push(done);
		},
	});
	assert.deepEqual(result, {id: 'a', status: 'ok'});
	assert.deepEqual(progress, progress.toSorted((a, b) => a - b));
	assert.equal(progress.at(-1), 3_000_006);
	assert.ok(progress.length >= 4);

	const [first, second] = model.files;
	await writeFile(second!.path, 'Second');
	assert.deepEqual(await world.inventory.verify('a', {signal}), {
		id: 'a', status: 'changed', path: second!.path, expected: second!.checksum, actual: `sha256:${createHash('sha256').update('Second').digest('hex')}`,
	});
	await truncate(first!.path, 10);
	assert.deepEqual(await world.inventory.verify('a', {signal}), {
		id: 'a', status: 'changed', path: first!.path, expected: '3000000 bytes', actual: '10 bytes',
	});
	await rm(first!.path);
	assert.deepEqual(await world.inventory.verify('a', {signal}), {id: 'a', status: 'missing', path: first!.path});
	await mkdir(first!.path);
	const folder = await world.inventory.verify('a', {signal});
	assert.equal(folder.status, 'changed');
	await assert.rejects(world.inventory.verify('b', {signal}), {code: 'model_not_installed'});
});

test('verifying ends with the reason of the signal', async () => {
	await using world = await temporaryInventory();
	await world.install('a', ['x'.repeat(8_000_000)]);
	const controller = new AbortController();
	const reason = new Error('enough');
	await assert.rejects(world.inventory.verify('a', {
		signal: controller.signal,
		onProgress() {
			controller.abort(reason);
		},
	}), reason);
	await assert.rejects(world.inventory.verify('a', {signal: AbortSignal.abort(reason)}), reason);
});

test('pruning removes the least recently used first, and only what it must', async () => {
	await using world = await temporaryInventory();
	await world.install('old', ['x'.repeat(100)], {downloadedAt: '2025-01-01T00:00:00Z'});
	await world.install('old-but-used', ['x'.repeat(200)], {downloadedAt: '2025-01-01T00:00:00Z', lastUsed: '2026-02-01T00:00:00Z'});
	await world.install('new', ['x'.repeat(400)], {downloadedAt: '2026-01-01T00:00:00Z'});
	const nothing = await world.inventory.planPrune(700);
	assert.deepEqual([nothing.remove, nothing.freedBytes, nothing.keptBytes], [[], 0, 700]);
	const plan = await world.inventory.planPrune(250);
	assert.deepEqual(plan.remove.map(({id}) => id), ['old', 'new']);
	assert.deepEqual([plan.limitBytes, plan.freedBytes, plan.keptBytes], [250, 500, 200]);
	const everything = await world.inventory.planPrune(0);
	assert.equal(everything.remove.length, 3);
	await assert.rejects(world.inventory.planPrune(-1), {code: 'invalid_limit'});
	await assert.rejects(world.inventory.planPrune(NaN), {code: 'invalid_limit'});

	await world.inventory.remove('old');
	assert.equal(await world.inventory.prune(plan), 400, 'one of the plan was gone already');
	const left = await world.inventory.list();
	assert.deepEqual(left.map(({id}) => id), ['starter', 'old-but-used']);
});

test('room is made with the least recently used, none that is not needed, and it is said where that is not enough', async () => {
	await using world = await temporaryInventory();
	const {inventory} = world;
	await world.install('old-small', ['x'.repeat(10)], {lastUsed: '2026-01-01T00:00:00Z'});
	await world.install('old-large', ['x'.repeat(100)], {lastUsed: '2026-01-02T00:00:00Z'});
	await world.install('new', ['x'.repeat(50)], {lastUsed: '2026-01-03T00:00:00Z'});
	const ids = async (bytes: number) => {
		const {remove, freedBytes} = await inventory.planRoom(bytes);
		return [remove.map(({id}) => id).join(' '), freedBytes];
	};

	assert.deepEqual(await ids(5), ['old-small', 10]);
	assert.deepEqual(await ids(60), ['old-large', 100]);
	assert.deepEqual(await ids(105), ['old-small old-large', 110]);
	assert.deepEqual(await ids(1000), ['old-small old-large new', 160]);
	assert.deepEqual(await ids(0), ['', 0]);
	assert.equal(await inventory.prune(await inventory.planRoom(60)), 100);
	const kept = await inventory.list();
	assert.deepEqual(kept.map(({id}) => id).toSorted((a, b) => a.localeCompare(b)), ['new', 'old-small', 'starter']);
});

test('what is removed to make room frees what it says, and nothing of it could stay', () => {
	const sizes = fc.array(fc.tuple(fc.integer({min: 1, max: 100}), fc.integer({min: 0, max: 3})), {maxLength: 8});
	const {failed, counterexample} = fc.check(fc.property(sizes, fc.integer({min: 0, max: 500}), (list, bytes) => {
		const models = list.map(([sizeBytes, shared], index) => installedModel(`m${index}`, {
			files: [
				{
					path: `/models/m${index}`, sizeBytes, checksum: '', role: 'model',
				},
				// Each of these belongs to several.
				{
					path: `/models/shared${shared}`, sizeBytes: 20, checksum: '', role: 'mmproj',
				},
			],
		}));
		const freedWithout = (kept: readonly InstalledModel[]) => totalBytes(models) - totalBytes(kept);
		const {remove, freedBytes, keptBytes} = planRoom(models, bytes);
		const rest = models.filter(model => !remove.includes(model));
		const isMinimal = remove.every(spared => freedWithout([...rest, spared]) < bytes);
		return freedBytes === freedWithout(rest) && keptBytes === totalBytes(rest)
			&& (freedBytes >= bytes ? isMinimal : remove.length === models.length);
	}));
	assert.equal(failed, false, JSON.stringify(counterexample));
});

test('a plan keeps within the limit, removes no more than needed, and its sums are right', () => {
	const model = fc.record({size: fc.nat(1000), day: fc.nat(27), use: fc.option(fc.nat(27), {nil: undefined})});
	const time = (day: number) => new Date(Date.UTC(2026, 0, day + 1)).toISOString();
	fc.assert(fc.property(fc.array(model, {maxLength: 8}), fc.nat(5000), (sizes, limit) => {
		const models = sizes.map(({size, day, use}, index) => {
			const base = installedModel(String(index));
			return {
				...base, sizeBytes: size, files: [{...base.files[0]!, sizeBytes: size}], downloadedAt: time(day), ...(use !== undefined && {lastUsed: time(use)}),
			};
		});
		const plan = planPrune(models, limit);
		const total = models.reduce((sum, {sizeBytes}) => sum + sizeBytes, 0);
		const when = ({lastUsed, downloadedAt}: InstalledModel) => lastUsed ?? downloadedAt;
		const kept = models.filter(candidate => !plan.remove.includes(candidate));
		assert.equal(plan.freedBytes + plan.keptBytes, total);
		assert.equal(plan.keptBytes, kept.reduce((sum, {sizeBytes}) => sum + sizeBytes, 0));
		assert.ok(plan.keptBytes <= limit);
		assert.ok(plan.remove.length === 0 || plan.keptBytes + plan.remove.at(-1)!.sizeBytes > limit);
		assert.ok(plan.remove.every(removed => kept.every(other => when(removed) <= when(other))));
	}));
});
