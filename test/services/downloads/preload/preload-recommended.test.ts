import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createConsents} from '../../../../source/services/safety/create-consents.js';
import {openStorage} from '../../../../source/services/storage/open-storage.js';
import {choosePreload} from '../../../../source/services/downloads/preload/choose-preload.js';
import {preloadRecommended} from '../../../../source/services/downloads/preload/preload-recommended.js';
import {machine} from '../../../helpers/hardware-scene.js';
import {registryModel} from '../../../helpers/models.js';
import {oneModel, startWorld} from '../world.js';

const {signal} = new AbortController();
const best = registryModel({id: 'best', recommended: true, fileSize: 2e9});
const second = registryModel({id: 'second', fileSize: 1e9});
const models = [second, best];
const wanted = {preloadRecommended: true, quietHours: '23:00-07:00'};

test('the recommended model is chosen, with the quiet hours, unless it is there or was', () => {
	const chosen = choosePreload({
		downloads: wanted, models, hardware: machine, known: new Set(['second']),
	});
	assert.deepEqual(chosen, {model: best, hours: {from: '23:00', to: '07:00'}});
	assert.equal(choosePreload({
		downloads: wanted, models, hardware: machine, known: new Set(['best']),
	}), undefined);
});

test('nothing is chosen where it is not wanted, no hours are quiet, or nothing fits', () => {
	const choose = (change: Partial<typeof wanted>, list = models) => choosePreload({
		downloads: {...wanted, ...change}, models: list, hardware: machine, known: new Set(),
	});
	assert.equal(choose({preloadRecommended: false}), undefined);
	assert.equal(choose({quietHours: ''}), undefined);
	assert.equal(choose({}, []), undefined);
	assert.equal(choose({}, [registryModel({
		id: 'huge', fileSize: 400e9, ramRequired: 400e9, recommended: true,
	})]), undefined);
});

async function preloadWorld(license: string) {
	const {files, request} = await oneModel(1_000_000, {modelId: 'best', license});
	const world = await startWorld(files);
	const session = await world.open();
	const storage = openStorage({path: `${world.home}/preloads.sqlite`});
	await session.config.set('downloads.quiet_hours', wanted.quietHours);
	await session.config.set('downloads.preload_recommended', true);
	return {
		session,
		consents: createConsents({storage}),
		async preload() {
			return preloadRecommended({
				config: session.config,
				downloads: session.downloads,
				registry: {models},
				hardware: {probe: async () => machine},
				inventory: session.manifest,
				sources: {resolve: async () => request},
				consents: createConsents({storage}),
				storage,
				signal,
			});
		},
		async [Symbol.asyncDispose]() {
			await session[Symbol.asyncDispose]();
			await storage.close();
			await world[Symbol.asyncDispose]();
		},
	};
}

test('it is queued once, behind all else and for quiet hours; cancelled, it does not come back', async () => {
	await using world = await preloadWorld('mit');
	const {downloads} = world.session;
	const added = await world.preload();
	assert.equal(added?.priority, 'low');
	assert.deepEqual(added.hours, {from: '23:00', to: '07:00'});
	assert.equal(await world.preload(), undefined);
	await downloads.cancel('best');
	await downloads.forget('best');
	assert.equal(await world.preload(), undefined);
	assert.deepEqual(downloads.list(), []);
});

test('one whose licence asks for consent is not taken without', async () => {
	await using world = await preloadWorld('llama3.1');
	assert.equal(await world.preload(), undefined);
	assert.deepEqual(world.session.downloads.list(), []);
	await world.session.config.set('downloads.preload_recommended', false);
	assert.equal(await world.preload(), undefined);
});
