// What is said to fit loads, and what a load refuses is not said to fit; with small models and a figure for the memory, and with a limit that the system keeps.
import assert from 'node:assert/strict';
import process from 'node:process';
import {after, test} from 'node:test';
import {MemoryError} from '../../../source/errors/memory-error.js';
import {createEngine} from '../../../source/services/engine/create-engine.js';
import {type HostProgram, locateHostProgram} from '../../../source/services/engine/host-program.js';
import {memoryShortage} from '../../../source/services/engine/memory-shortage.js';
import {heldBytesByLayers, needOf, subjectOf} from '../../../source/services/load-plans/need-of.js';
import {readPlanModel} from '../../../source/services/load-plans/read-plan-model.js';
import {judgeFit} from '../../../source/services/hardware/judge-fit.js';
import {type LoadPlan} from '../../../source/types/load-plan.js';
import {planMachine} from '../../helpers/load-plans.js';
import {usualPlan} from '../../helpers/plans.js';
import {writeRandomModel} from '../../helpers/random-model/write-random-model.js';
import {engineSettings, installedModel} from '../../helpers/starter-model.js';
import {temporaryFolder} from '../../helpers/temporary-folder.js';

const {signal} = new AbortController();
const folder = await temporaryFolder();
const path = folder.join('model.gguf');
await writeRandomModel(path, {
	architecture: 'llama', type: 'Q8_0', blockCount: 2, embeddingLength: 128, headLength: 64, feedForwardLength: 256, vocabularySize: 512, contextLength: 2 ** 24, headCount: 4, headCountKv: 4, tiedEmbeddings: true,
});
const installed = installedModel(path, {id: 'random', name: 'Random', contextLength: 2 ** 24});
const model = await readPlanModel(installed, {signal});

after(async () => {
	await folder[Symbol.asyncDispose]();
});

function planAt(contextSize: number, changes: Partial<LoadPlan> = {}): LoadPlan {
	return {
		...usualPlan, threads: 1, contextSize, ...changes,
	};
}

function levelOf(plan: LoadPlan, availableBytes: number): string {
	return judgeFit(subjectOf(model, plan.contextSize), {cpu: planMachine.cpu, gpus: [], memory: {...planMachine.memory, availableBytes}}, {plan}).level;
}

const isSaidToFit = (level: string): boolean => level !== 'none' && level !== 'less-context';

/**
Whether it loads; any error but that of too little memory fails the test.
*/
async function loads(plan: LoadPlan, availableBytes: number, program?: HostProgram): Promise<boolean> {
	const engine = createEngine({settings: () => ({...engineSettings, sandbox: 'off'}), readAvailableMemory: async () => availableBytes, ...(program && {program})});
	try {
		await engine.load(installed, {signal, plan});
		return true;
	} catch (error) {
		assert.ok(error instanceof MemoryError, String(error));
		assert.equal(error.code, 'out_of_memory');
		return false;
	} finally {
		await engine.close();
	}
}

const caches: ReadonlyArray<Partial<LoadPlan>> = [{}, {kvCacheType: 'q8_0'}, {memoryMap: false}];

test('what the engine refuses to load is never said to fit', async () => {
	const counts = {refused: 0, fitting: 0};
	for (const availableBytes of [150e6, 300e6, 1e9, 4e9]) {
		for (const changes of caches) {
			for (let contextSize = 2 ** 24; contextSize >= 512; contextSize /= 2) {
				const plan = planAt(contextSize, changes);
				const isRefused = memoryShortage(0, plan, {heldBytes: heldBytesByLayers(model, plan, planMachine.cpu), availableBytes}) !== undefined;
				const isFitting = isSaidToFit(levelOf(plan, availableBytes));
				assert.ok(!(isRefused && isFitting), `${contextSize} tokens in ${availableBytes} bytes`);
				counts.refused += Number(isRefused);
				counts.fitting += Number(isFitting);
			}
		}
	}

	assert.ok(counts.refused > 20);
	assert.ok(counts.fitting > 20);
	assert.equal(await loads(planAt(2 ** 24), 1e9), false);
});

test('what just fits loads', async () => {
	const plan = planAt(65_536, {kvCacheType: 'q8_0', memoryMap: false});
	const availableBytes = needOf(model, plan, planMachine.cpu).memoryBytes;
	assert.equal(levelOf(plan, availableBytes), 'tight');
	assert.equal(isSaidToFit(levelOf(plan, availableBytes - 1)), false);
	assert.equal(await loads(plan, availableBytes), true);
});

const limitBytes = 2_600_000_000;
// The kernel alone is to say no.
const unlimited = Number.MAX_SAFE_INTEGER;

/**
The host with so much data and no more, as the kernel keeps it.
*/
function limited({program, arguments: words, readablePaths}: HostProgram): HostProgram {
	return {program: '/bin/sh', arguments: ['-c', `ulimit -d ${Math.floor(limitBytes / 1024)} && exec "$@"`, 'sh', program, ...words], readablePaths};
}

test('under a limit that the system keeps, what is said to fit loads and what does not is a lack of memory', {skip: process.platform !== 'linux'}, async () => {
	const fitting = planAt(131_072);
	assert.equal(levelOf(fitting, limitBytes), 'memory');
	assert.equal(await loads(fitting, unlimited, limited(locateHostProgram())), true);
	const tooLarge = planAt(2_097_152);
	assert.equal(isSaidToFit(levelOf(tooLarge, limitBytes)), false);
	assert.equal(await loads(tooLarge, unlimited, limited(locateHostProgram())), false);
});
