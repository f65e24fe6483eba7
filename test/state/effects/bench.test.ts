import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type AppState} from '../../../source/state/state.js';
import {openAppSession, type AppSession} from '../../helpers/app-session.js';

const benchOf = ({bench}: AppState) => bench;
const settings = {iterations: 2, promptTokens: 16, generatedTokens: 8};

async function openBench(): Promise<AppSession> {
	const app = await openAppSession({endpoint: 'http://127.0.0.1:9'});
	await app.waitFor(({library, bench}) => library.status === 'ready' && bench.settings.promptTokens === 512, benchOf);
	app.press('6');
	app.dispatch({type: 'bench/settings-changed', settings});
	return app;
}

test('Enter measures the selected model and the result is kept', async () => {
	await using app = await openBench();
	app.press('enter');
	const {bench} = await app.waitFor(state => state.bench.runs.length === 1 && state.bench.queue.length === 0, benchOf);
	const [run] = bench.runs;
	assert.equal(run?.iterations.length, 2);
	assert.ok(run.generationTokensPerSecond.median > 0);
	assert.ok(run.peakMemoryBytes > 1e6);
	assert.deepEqual(await app.services.benchmarks.history(), bench.runs);
	app.press('o', 'x', 'enter');
	await app.waitFor(state => state.bench.runs.length === 0, benchOf);
	assert.deepEqual(await app.services.benchmarks.history(), []);
});

test('Esc stops a measurement and keeps nothing of it', async () => {
	await using app = await openBench();
	app.dispatch({type: 'bench/settings-changed', settings: {iterations: 50, promptTokens: 256, generatedTokens: 256}});
	app.press('enter');
	await app.waitFor(({bench}) => bench.progress?.phase === 'measuring', benchOf);
	app.press('escape');
	await app.waitFor(({bench}) => bench.queue.length === 0, benchOf);
	assert.deepEqual(await app.services.benchmarks.history(), []);
	assert.deepEqual(app.state().bench.errors, []);
});

test('a model that cannot be measured is named, and the next one is measured', async () => {
	await using app = await openBench();
	app.dispatch({type: 'bench/run-requested', modelIds: ['gone', 'starter']});
	const {bench} = await app.waitFor(state => state.bench.runs.length === 1 && state.bench.queue.length === 0, benchOf);
	assert.deepEqual(bench.errors.map(({code}) => code), ['model_not_installed']);
	assert.match(bench.errors[0]?.message ?? '', /^gone: /v);
	app.press('enter');
	assert.deepEqual(app.state().bench.errors, []);
});

test('what is no setting of a measurement is asked for again, with what is wrong', async () => {
	await using app = await openBench();
	app.press('t');
	app.type(' turns 3');
	app.press('enter');
	const {dialog} = app.state().screen;
	assert.strictEqual(dialog?.kind, 'prompt');
	assert.match(dialog.hint, /^There is no setting "turns"/v);
	assert.match(dialog.field.value, / turns 3$/v);
});
