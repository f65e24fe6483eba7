import assert from 'node:assert/strict';
import {fileURLToPath} from 'node:url';
import process from 'node:process';
import {after, test} from 'node:test';
import {createEngine} from '../../../source/services/engine/create-engine.js';
import {type ChatMessage, type GenerationProgress, type GenerationResult} from '../../../source/types/generation.js';
import {writeBabbler} from '../../helpers/random-model/babbler.js';
import {recorder} from '../../helpers/recorder.js';
import {engineSettings, greedy, installedModel} from '../../helpers/starter-model.js';
import {isRunning, until} from '../../helpers/processes.js';
import {temporaryFolder} from '../../helpers/temporary-folder.js';

// One engine for all: a host takes more than a second to start. Every test loads what it needs, which is nothing when it is loaded already.
const engine = createEngine({settings: () => engineSettings});
const never = new AbortController().signal;
const model = installedModel();
const otherModel = installedModel(fileURLToPath(new URL('../../../starter-model/tinychat-2.6M.Q4_K_M.gguf', import.meta.url)), {id: 'other', quantization: 'Q4_K_M'});
const question = user('What is the capital of France?');
const japaneseQuestion = user('What is the capital of Japan?');
const story = user('Write a table.');
// So hot that the end of the answer is as unlikely as any other token: it takes a second, so there is time to do something to it.
const endless = {temperature: 5, maxTokens: 900};

after(engine.close);

function user(content: string): ChatMessage {
	return {role: 'user', content};
}

async function ask(messages: readonly ChatMessage[], {signal = never, maxTokens = 200, temperature = 0, onProgress}: {
	readonly signal?: AbortSignal;
	readonly maxTokens?: number;
	readonly temperature?: number;
	readonly onProgress?: (progress: GenerationProgress) => void;
} = {}): Promise<GenerationResult> {
	return engine.generate({
		messages, sampling: {
			...greedy, maxTokens, temperature, seed: 1,
		},
	}, {signal, ...(onProgress && {onProgress})});
}

async function assertParis(): Promise<void> {
	const {text} = await ask([question]);
	assert.match(text, /Paris/v);
}

test('answers a question, piece by piece', async () => {
	const loaded = await engine.load(model, {signal: never});
	assert.equal(loaded.modelId, 'starter');
	assert.equal(loaded.trainedContextLength, 1024);
	assert.equal(loaded.device, 'CPU');
	assert.equal(engine.loaded(), loaded);
	const pieces = recorder<GenerationProgress>();
	const {text, stopReason, statistics} = await ask([question], {onProgress: pieces.listen});
	assert.match(text, /Paris/v);
	assert.equal(pieces.values.map(piece => piece.text).join(''), text);
	assert.equal(pieces.values.at(-1)!.generatedTokens, statistics.generatedTokens);
	assert.equal(stopReason, 'end');
	assert.equal(statistics.promptTokens, 17);
	assert.ok(statistics.generatedTokens > 5);
	assert.ok(statistics.generatedTokens < 20);
	assert.equal(statistics.contextSize, 1024);
	assert.ok(statistics.contextUsed >= statistics.promptTokens + statistics.generatedTokens);
	assert.ok(statistics.timeToFirstTokenMs > 0);
	assert.ok(statistics.generationTokensPerSecond > 0);
	assert.ok(statistics.promptTokensPerSecond > 0);
	assert.ok(statistics.interTokenLatencyMs! > 0);
});

test('goes on with a conversation without evaluating it again', async () => {
	await engine.load(model, {signal: never});
	const first = await ask([question]);
	const second = await ask([question, {role: 'assistant', content: first.text}, japaneseQuestion]);
	assert.match(second.text, /Tokyo/v);
	assert.ok(second.statistics.cachedPromptTokens! >= first.statistics.contextUsed - 1, 'the first exchange is still in the context');
	assert.ok(second.statistics.promptTokens - second.statistics.cachedPromptTokens! < 30);
});

test('an empty system message is none, and no other is put in its place', async () => {
	await engine.load(model, {signal: never});
	const {statistics} = await ask([{role: 'system', content: ' '}, question]);
	assert.equal(statistics.promptTokens, 17);
	const told = await ask([{role: 'system', content: 'You are a small model.'}, question]);
	assert.ok(told.statistics.promptTokens > 17);
});

test('stops at the most tokens asked for', async () => {
	await engine.load(model, {signal: never});
	const {stopReason, statistics} = await ask([story], {maxTokens: 5});
	assert.equal(stopReason, 'length');
	assert.equal(statistics.generatedTokens, 5);
});

test('an abort keeps what there is, and the next question is answered', async () => {
	const {processId} = await engine.load(model, {signal: never});
	const controller = new AbortController();
	const {text, stopReason, statistics} = await ask([story], {
		...endless,
		signal: controller.signal,
		onProgress() {
			controller.abort();
		},
	});
	assert.equal(stopReason, 'abort');
	assert.notEqual(text, '');
	assert.ok(statistics.generatedTokens > 0);
	assert.ok(statistics.generatedTokens < endless.maxTokens);
	await assertParis();
	assert.equal(engine.loaded()!.processId, processId);
});

test('an abort before the beginning gives an empty answer', async () => {
	await engine.load(model, {signal: never});
	const {text, stopReason, statistics} = await ask([question], {signal: AbortSignal.abort()});
	assert.equal(text, '');
	assert.equal(stopReason, 'abort');
	assert.equal(statistics.contextSize, 1024);
});

test('two questions at once are answered one after the other', async () => {
	await engine.load(model, {signal: never});
	const [france, japan] = await Promise.all([ask([question]), ask([japaneseQuestion])]);
	assert.match(france.text, /Paris/v);
	assert.match(japan.text, /Tokyo/v);
});

test('one that holds the engine is not disturbed by others', async () => {
	await engine.load(model, {signal: never});
	const events: string[] = [];
	const held = engine.exclusive(async session => {
		const first = await session.generate({messages: [question], sampling: greedy}, {signal: never});
		events.push(first.text);
		await session.measure({promptTokens: 5, generatedTokens: 5}, {signal: never});
		events.push('done');
	}, {signal: never});
	const other = ask([japaneseQuestion], {
		onProgress() {
			events.push('other');
		},
	});
	await Promise.all([held, other]);
	assert.match(events[0]!, /Paris/v);
	assert.deepEqual(events.slice(1, 3), ['done', 'other']);
});

test('a conversation longer than the context loses its beginning, not its end', async () => {
	await engine.load(model, {signal: never});
	const exchanges = Array.from({length: 40}, () => [question, {role: 'assistant', content: 'The capital of France is Paris, a city with many old houses.'} as const]).flat();
	const {text, statistics} = await ask([...exchanges, japaneseQuestion]);
	assert.match(text, /Tokyo/v);
	assert.ok(statistics.contextUsed <= 1024);
	const tooLong = user('too long '.repeat(1000));
	await assert.rejects(ask([tooLong]), {code: 'context_too_small'});
	await assertParis();
});

test('measures exactly what is asked for', async () => {
	await engine.load(model, {signal: never});
	const counts = recorder<number>();
	const iteration = await engine.measure({promptTokens: 100, generatedTokens: 50}, {signal: never, onProgress: counts.listen});
	assert.equal(iteration.promptTokens, 100);
	assert.equal(iteration.generatedTokens, 50);
	assert.equal(counts.values.at(-1), 50);
	assert.ok(Math.abs((iteration.interTokenLatencyMs * iteration.generationTokensPerSecond) - 1000) < 1e-6);
	assert.ok(Math.abs((iteration.timeToFirstTokenMs * iteration.promptTokensPerSecond) - 100_000) < 1e-6);
	await assert.rejects(engine.measure({promptTokens: 1000, generatedTokens: 50}, {signal: never}), {code: 'context_too_small'});
	await assert.rejects(engine.measure({promptTokens: 1, generatedTokens: 1}, {signal: never}), {code: 'too_few_tokens'});
	const controller = new AbortController();
	const aborted = engine.measure({promptTokens: 10, generatedTokens: 1000}, {
		signal: controller.signal,
		onProgress() {
			controller.abort(new Error('enough'));
		},
	});
	await assert.rejects(aborted, /enough/v);
	const bytes = await engine.peakMemoryBytes();
	assert.ok(bytes! > 50e6, `peak of ${bytes} bytes`);
	assert.ok(bytes! < 2e9, `peak of ${bytes} bytes`);
});

test('a host killed in mid-answer becomes an error, and the next question is answered', async () => {
	const {processId} = await engine.load(model, {signal: never});
	const killed = ask([story], {
		...endless,
		onProgress() {
			process.kill(processId, 'SIGKILL');
		},
	});
	await assert.rejects(killed, {code: 'engine_crashed', message: /SIGKILL/v});
	assert.equal(engine.loaded(), undefined);
	await assertParis();
	assert.notEqual(engine.loaded()!.processId, processId);
});

test('a load is told of at most ten times a second, and to its end', async () => {
	await using folder = await temporaryFolder();
	const path = folder.join('babbler.gguf');
	await writeBabbler(path);
	const fractions = recorder<number>();
	const {loadMs} = await engine.load({
		...model, id: 'babbler', path, files: [],
	}, {signal: never, plan: {contextSize: 512}, onProgress: fractions.listen});
	assert.equal(fractions.values.at(-1), 1);
	assert.ok(fractions.values.length <= 2 + (loadMs / 100), `${fractions.values.length} in ${loadMs} ms`);
});

test('loads a model once, and ends its host when another is loaded', async () => {
	const first = await engine.load(model, {signal: never});
	assert.equal(await engine.load(model, {signal: never}), first);
	const fractions = recorder<number>();
	const second = await engine.load(otherModel, {signal: never, plan: {contextSize: 512}, onProgress: fractions.listen});
	assert.equal(second.plan.contextSize, 512);
	assert.equal(fractions.values.at(-1), 1);
	await until(() => !isRunning(first.processId));
	await engine.unload();
	assert.equal(engine.loaded(), undefined);
	await until(() => !isRunning(second.processId));
});
