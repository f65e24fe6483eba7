import assert from 'node:assert/strict';
import {test} from 'node:test';
import {
	selectBenchActivity,
	selectBenchFraction,
	selectBenchRows,
	selectBenchWaiting,
} from '../../../source/state/selectors/bench.js';
import {type BenchmarkRun} from '../../../source/types/benchmark.js';
import {
	continueFrom,
	installedModel,
	libraryOf,
	stateAfter,
} from '../../helpers/app-state.js';

const spread = (median: number) => ({
	median, minimum: median, maximum: median, standardDeviation: 0,
});

const run = (id: string, tokensPerSecond: number): BenchmarkRun => ({
	id,
	modelId: 'a',
	ref: 'a',
	name: 'A',
	quantization: 'Q8_0',
	startedAt: '2026-01-01T00:00:00.000Z',
	iterations: [],
	promptTokensPerSecond: spread(100),
	generationTokensPerSecond: spread(tokensPerSecond),
	timeToFirstTokenMs: spread(10),
	interTokenLatencyMs: spread(1),
	peakMemoryBytes: 1e8,
	threads: 1,
	contextSize: 1024,
	device: 'CPU',
});

const library = libraryOf(installedModel({id: 'a', name: 'A'}), installedModel({id: 'b', name: 'B'}));

test('marked models are measured one after the other and their results are kept, newest first', () => {
	const state = stateAfter(
		library,
		{type: 'bench/marked', modelId: 'a'},
		{type: 'bench/marked', modelId: 'b'},
		{type: 'bench/run-requested', modelIds: ['a', 'b']},
		{type: 'bench/run-started', modelId: 'a'},
	);
	assert.equal(state.bench.marked.size, 0);
	assert.match(selectBenchActivity(state), /^A: loading$/v);
	assert.equal(selectBenchWaiting(state), '1 more to come');
	const second = continueFrom(state, {type: 'bench/measured', run: run('one', 10)}, {type: 'bench/run-started', modelId: 'b'});
	assert.match(selectBenchActivity(second), /^B: loading$/v);
	assert.equal(selectBenchWaiting(second), '');
	const {bench} = continueFrom(second, {type: 'bench/measured', run: run('two', 40)}, {type: 'bench/run-succeeded'});
	assert.deepEqual(bench.runs.map(({id}) => id), ['two', 'one']);
	assert.deepEqual(bench.queue, []);
});

test('the fraction grows from the warm-up to the last token and never passes one', () => {
	const running = stateAfter(library, {type: 'bench/settings-changed', settings: {iterations: 3, promptTokens: 8, generatedTokens: 10}}, {type: 'bench/run-requested', modelIds: ['a']});
	const at = (phase: 'warming-up' | 'measuring', completed: number, generatedTokens: number) => selectBenchFraction(continueFrom(running, {
		type: 'bench/progressed', progress: {
			phase, completed, iterations: 3, generatedTokens,
		},
	}));
	const fractions = [at('warming-up', 0, 0), at('warming-up', 0, 5), at('measuring', 0, 0), at('measuring', 1, 5), at('measuring', 2, 10), at('measuring', 3, 10)];
	assert.deepEqual(fractions, [0, 0.125, 0.25, 0.625, 1, 1]);
});

test('progress of a run that was stopped is ignored', () => {
	const stopped = stateAfter(library, {type: 'bench/run-requested', modelIds: ['a']}, {type: 'bench/run-cancelled'});
	assert.equal(continueFrom(stopped, {
		type: 'bench/progressed', progress: {
			phase: 'measuring', completed: 1, iterations: 3, generatedTokens: 1,
		},
	}), stopped);
});

test('a mark is taken back by marking again', () => {
	assert.deepEqual([...stateAfter({type: 'bench/marked', modelId: 'a'}, {type: 'bench/marked', modelId: 'b'}, {type: 'bench/marked', modelId: 'a'}).bench.marked], ['b']);
});

test('bars compare with the fastest', () => {
	const state = stateAfter({type: 'bench/load-succeeded', runs: [run('one', 10), run('two', 40)], settings: {iterations: 1, promptTokens: 1, generatedTokens: 1}});
	assert.deepEqual(selectBenchRows(state).map(({share}) => share), [0.25, 1]);
});

test('deleting the last result keeps the selection inside', () => {
	const state = stateAfter(
		{type: 'bench/load-succeeded', runs: [run('one', 10), run('two', 40)], settings: {iterations: 1, promptTokens: 1, generatedTokens: 1}},
		{type: 'bench/focused', focus: 'runs'},
		{type: 'bench/list-moved', move: 'last'},
		{type: 'bench/deleted', id: 'two'},
	);
	assert.equal(state.bench.results.cursor, 0);
});

test('the selected model stays so when another is installed, and the mark of one that is gone goes', () => {
	const [a, b, c] = ['a', 'b', 'c'].map(id => installedModel({id}));
	const state = stateAfter(libraryOf(b!, c!), {type: 'bench/marked', modelId: 'b'}, {type: 'bench/list-moved', move: 'down'}, libraryOf(a!, b!, c!));
	assert.equal(state.library.models[state.bench.models.cursor]?.id, 'c');
	assert.deepEqual([...continueFrom(state, libraryOf(a!, c!)).bench.marked], []);
	const first = stateAfter(libraryOf(b!), libraryOf(a!, b!));
	assert.equal(first.library.models[first.bench.models.cursor]?.id, 'b');
});

test('a new result is selected, unless somebody is reading an older one', () => {
	const measured = {type: 'bench/measured', run: run('new', 10)} as const;
	const state = stateAfter(
		{type: 'bench/load-succeeded', runs: [run('one', 10), run('two', 40)], settings: {iterations: 1, promptTokens: 1, generatedTokens: 1}},
		{type: 'bench/focused', focus: 'runs'},
		{type: 'bench/list-moved', move: 'last'},
	);
	const selectedOf = ({bench}: typeof state) => bench.runs[bench.results.cursor]?.id;
	assert.equal(selectedOf(continueFrom(state, measured)), 'two');
	assert.equal(selectedOf(continueFrom(state, {type: 'bench/focused', focus: 'models'}, measured)), 'new');
});
