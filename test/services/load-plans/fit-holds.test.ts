// What is said to fit loads, and what a load refuses is not said to fit; with small models and a figure for the memory, and with a limit that the system keeps.
import assert from 'node:assert/strict';
import process from 'node:process';
import {after, test} from 'node:test';
import {createEngine} from '../../../source/services/engine/create-engine.js';
import {type HostProgram, locateHostProgram} from '../../../source/services/engine/host-program.js';
import {memoryShortage} from '../../../source/services/engine/memory-shortage.js';
import {heldBytesByLayers, needOf, subjectOf} from '../../../source/services/load-plans/need-of.js';
import {readPlanModel} from '../../../source/services/load-plans/read-plan-model.js';
import {judgeFit} from '../../../source/services/hardware/judge-fit.js';
import {type LoadedModel} from '../../../source/types/engine.js';
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

async function load(plan: LoadPlan, availableBytes: number, program: HostProgram = locateHostProgram()): Promise<LoadedModel> {
	const settings = {...engineSettings, sandbox: 'off'} as const;
	const engine = createEngine({settings: () => settings, readAvailableMemory: async () => availableBytes, program});
	try {
		return await engine.load(installed, {signal, plan});
	} finally {
		await engine.close();
	}
}

const lackOfMemory = {code: 'out_of_memory', exitCode: 7};

const caches: ReadonlyArray<Partial<LoadPlan>> = [{}, {kvCacheType: 'q8_0'}, {memoryMap: false}];

const cases = [150e6, 300e6, 1e9, 4e9].flatMap(availableBytes => caches.flatMap(changes => Array.from({length: 16}, (_, power) => {
	const plan = planAt(512 * (2 ** power), changes);
	return {
		what: `${plan.contextSize} tokens in ${availableBytes} bytes`,
		isRefused: memoryShortage(0, plan, {heldBytes: heldBytesByLayers(model, plan, planMachine.cpu), availableBytes}) !== undefined,
		isFitting: isSaidToFit(levelOf(plan, availableBytes)),
	};
})));

test('what the engine refuses to load is never said to fit', async () => {
	assert.deepEqual(cases.filter(({isRefused, isFitting}) => isRefused && isFitting).map(({what}) => what), []);
	assert.ok(cases.filter(({isRefused}) => isRefused).length > 20);
	assert.ok(cases.filter(({isFitting}) => isFitting).length > 20);
	await assert.rejects(load(planAt(2 ** 24), 1e9), lackOfMemory);
});

test('what just fits loads', async () => {
	const plan = planAt(65_536, {kvCacheType: 'q8_0', memoryMap: false});
	const availableBytes = needOf(model, plan, planMachine.cpu).memoryBytes;
	assert.equal(levelOf(plan, availableBytes), 'tight');
	assert.equal(isSaidToFit(levelOf(plan, availableBytes - 1)), false);
	const {plan: applied} = await load(plan, availableBytes);
	assert.equal(applied.contextSize, plan.contextSize);
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

const linuxOnly = process.platform === 'linux' ? test : test.skip;

void linuxOnly('under a limit that the system keeps, what is said to fit loads and what does not is a lack of memory', async () => {
	const program = limited(locateHostProgram());
	const fitting = planAt(131_072);
	assert.equal(levelOf(fitting, limitBytes), 'memory');
	const {plan: applied} = await load(fitting, unlimited, program);
	assert.equal(applied.contextSize, fitting.contextSize);
	const tooLarge = planAt(2_097_152);
	assert.equal(isSaidToFit(levelOf(tooLarge, limitBytes)), false);
	await assert.rejects(load(tooLarge, unlimited, program), lackOfMemory);
});
