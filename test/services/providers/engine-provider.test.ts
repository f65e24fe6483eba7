import assert from 'node:assert/strict';
import {after, test} from 'node:test';
import {createEngine} from '../../../source/services/engine/create-engine.js';
import {openStorage} from '../../../source/services/storage/open-storage.js';
import {createEngineProvider} from '../../../source/services/providers/engine-provider.js';
import {type GenerationProgress} from '../../../source/types/generation.js';
import {loadPlansIn} from '../../helpers/load-plans.js';
import {oneModelInventory} from '../../helpers/one-model-inventory.js';
import {recorder} from '../../helpers/recorder.js';
import {temporaryFolder} from '../../helpers/temporary-folder.js';
import {engineSettings, greedy, installedModel} from '../../helpers/starter-model.js';

const engine = createEngine({settings: () => engineSettings});
const never = new AbortController().signal;
const model = installedModel();
const request = {messages: [{role: 'user', content: 'What is the capital of France?'}], sampling: greedy} as const;

const folder = await temporaryFolder();
const storage = openStorage({path: folder.join('remuda.sqlite')});
const loadPlans = loadPlansIn(storage);

after(async () => {
	await engine.close();
	await storage.close();
	await folder[Symbol.asyncDispose]();
});

test('loads the model, counts the use, and answers', async () => {
	const inventory = oneModelInventory(model);
	const provider = createEngineProvider({engine, inventory, loadPlans});
	const fractions = recorder<number>();
	const pieces = recorder<GenerationProgress>();
	const {text} = await provider.generate('starter', request, {signal: never, onLoad: fractions.listen, onProgress: pieces.listen});
	assert.match(text, /Paris/v);
	assert.equal(pieces.values.map(piece => piece.text).join(''), text);
	assert.equal(fractions.values.at(-1), 1);
	await provider.generate('starter', request, {signal: never});
	assert.deepEqual(inventory.uses, ['starter', 'starter']);
});

test('serves what is installed, and says of the rest what is missing', async () => {
	const provider = createEngineProvider({engine, inventory: oneModelInventory(model), loadPlans});
	assert.equal(await provider.serves('starter'), true);
	assert.equal(await provider.serves('other'), false);
	await assert.rejects(provider.generate('other', request, {signal: never}), {code: 'model_not_installed'});
});

test('an abort while the model is loaded leaves nothing to keep, and is said as what it is', async () => {
	await engine.unload();
	const provider = createEngineProvider({engine, inventory: oneModelInventory(model), loadPlans});
	const controller = new AbortController();
	await assert.rejects(provider.generate('starter', request, {
		signal: controller.signal,
		onLoad() {
			controller.abort();
		},
	}), {name: 'AbortError'});
});
