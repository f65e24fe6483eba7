import assert from 'node:assert/strict';
import {cpus} from 'node:os';
import {test} from 'node:test';
import {type Action} from '../../../source/state/actions.js';
import {type Job} from '../../../source/state/effects/effect.js';
import {judgeFor} from '../../../source/state/effects/fit-of.js';
import {hardwareEffects, hasMoved} from '../../../source/state/effects/hardware.js';
import {simulateMachine} from '../../../source/services/hardware/simulate/simulate-machine.js';
import {planModelOfRegistry} from '../../../source/services/load-plans/plan-model.js';
import {selectFitRows} from '../../../source/state/selectors/hardware.js';
import {type AppState} from '../../../source/state/state.js';
import {openAppSession} from '../../helpers/app-session.js';
import {machine} from '../../helpers/hardware-scene.js';

const hardwareOf = ({hardware}: AppState) => ({error: hardware.error, samples: hardware.loadHistory.length});

test('the machine is looked at once, every registry model is judged, and one is chosen or refused in words', async () => {
	await using app = await openAppSession({endpoint: 'http://127.0.0.1:9'});
	const isStarterJudged = ({hardware}: AppState) => hardware.real?.fits.some(({modelId}) => modelId === 'starter') ?? false;
	const state = await app.waitFor(state => isStarterJudged(state) && state.hardware.sandbox !== undefined, hardwareOf);
	assert.equal(state.hardware.real?.report.cpu.logicalCores, cpus().length);
	// And the starter model, which is installed and in no registry.
	assert.equal(selectFitRows(state).length, state.registry.filter(({deprecated}) => !deprecated).length + 1);
	assert.ok(selectFitRows(state).every(({verdict}) => (verdict.level === 'none') === (verdict.speed === undefined)));
	assert.match(state.hardware.real?.selection.reason ?? '', /available/v);
	const levels = selectFitRows(state).map(({verdict}) => ['gpu', 'split', 'memory'].includes(verdict.level));
	assert.deepEqual(levels, levels.toSorted((one, other) => Number(other) - Number(one)));
});

test('meters run while the tab is open and only then', async () => {
	await using app = await openAppSession({endpoint: 'http://127.0.0.1:9'});
	await app.waitFor(({hardware}) => hardware.real !== undefined, hardwareOf);
	assert.equal(app.state().hardware.loadHistory.length, 0);
	app.press('4');
	await app.waitFor(({hardware}) => hardware.loadHistory.length >= 2, hardwareOf);
	app.press('1', '4');
	await app.waitFor(({hardware}) => hardware.loadHistory.length >= 4, hardwareOf);
	app.press('1');
	// A run that finds the tab closed comes to its end, after the one sample it begins with.
	const watch = hardwareEffects['hardware/watch-requested'];
	const {run} = watch as Job<{readonly type: 'hardware/watch-requested'}>;
	const seen: Action[] = [];
	const {signal} = new AbortController();
	await run({type: 'hardware/watch-requested'}, {
		services: app.services,
		getState: app.state,
		signal,
		dispatch(action) {
			seen.push(action);
		},
	});
	assert.deepEqual(seen.map(({type}) => type), ['hardware/metered']);
});

test('the tab looks again at the machine when it is opened, and when memory has come or gone', async () => {
	await using app = await openAppSession({endpoint: 'http://127.0.0.1:9'});
	const {hardware: {real: first}} = await app.waitFor(({hardware}) => hardware.real !== undefined, hardwareOf);
	assert.ok(first);
	app.press('4');
	const {hardware: {real: second}} = await app.waitFor(({hardware}) => hardware.real !== first && hardware.meters !== undefined, hardwareOf);
	assert.ok(second);
	const gone = {...second.report.memory, availableBytes: second.report.memory.availableBytes - 2e9};
	const {meters} = app.state().hardware;
	assert.ok(meters);
	app.dispatch({type: 'hardware/metered', meters: {...meters, memory: gone}});
	await app.waitFor(({hardware}) => hardware.real !== second, hardwareOf);
});

test('only what makes a difference to a verdict is a reason to look again', () => {
	const {memory, gpus} = machine;
	const withFree = (availableBytes: number, vramFreeBytes: number) => ({memory: {...memory, availableBytes}, gpus: gpus.map(gpu => ({...gpu, vramFreeBytes}))});
	assert.equal(hasMoved(machine, withFree(12.4e9, 9.4e9)), false);
	assert.equal(hasMoved(machine, withFree(11.4e9, 9e9)), true);
	assert.equal(hasMoved(machine, withFree(12e9, 8.4e9)), true);
	assert.equal(hasMoved({memory, gpus: []}, withFree(12e9, 8.4e9)), true);
});

const simulationOf = ({hardware, screen}: AppState) => ({simulated: hardware.simulated?.description, dialog: screen.dialog});

test('e asks for another machine, says what it does not know of it, and shows it until E; this machine comes back', async () => {
	await using app = await openAppSession({endpoint: 'http://127.0.0.1:9'});
	const here = await app.waitFor(({hardware, browse}) => hardware.real !== undefined && browse.fits.size > 0, hardwareOf);
	const largest = here.hardware.real!.fits.findLast(({verdict}) => verdict.level === 'none') ?? here.hardware.real!.fits[0]!;
	app.press('4', 'e', 'ctrl+u');
	app.type('RTX 4091, 64 GB');
	app.press('enter');
	const asked = await app.waitFor(({screen: {dialog}}) => dialog?.kind === 'prompt' && dialog.hint.startsWith('! '), simulationOf);
	const {dialog} = asked.screen;
	assert.strictEqual(dialog?.kind, 'prompt');
	assert.equal(dialog.field.value, 'RTX 4091, 64 GB');
	assert.match(dialog.hint, /RTX 4090/v);
	app.press('ctrl+u');
	app.type('8x H100, 2000 GB');
	app.press('enter');
	const shown = await app.waitFor(({hardware, screen}) => hardware.simulated !== undefined && screen.dialog === undefined, simulationOf);
	assert.equal(shown.hardware.simulated?.report.simulated?.description, '8x H100, 2000 GB');
	assert.equal(shown.browse.fits.get(largest.modelId)?.level, 'gpu');
	// Looking at this machine meanwhile changes nothing of what is shown.
	app.press('1', '4');
	await app.waitFor(({hardware}) => hardware.real !== here.hardware.real, hardwareOf);
	assert.equal(app.state().browse.fits.get(largest.modelId)?.level, 'gpu');
	app.press('E');
	assert.equal(app.state().hardware.simulated, undefined);
	assert.equal(app.state().browse.fits.get(largest.modelId)?.level, largest.verdict.level);
});

test('what the config says of GPU and threads is about this machine, not about one that is described', async () => {
	await using app = await openAppSession({endpoint: 'http://127.0.0.1:9'});
	const report = simulateMachine('RTX 4090, 64 GB', machine);
	const level = () => judgeFor(report, {services: app.services, getState: app.state})(planModelOfRegistry(app.services.registry.models.find(({id}) => id === 'qwen2.5-coder-7b-q5')!)).level;
	assert.equal(level(), 'gpu');
	await app.services.config.set('engine.gpu', 'off');
	assert.equal(level(), 'gpu');
});

test('an empty description is this machine, and Esc on the tab goes back to it too', async () => {
	await using app = await openAppSession({endpoint: 'http://127.0.0.1:9'});
	await app.waitFor(({hardware}) => hardware.real !== undefined, hardwareOf);
	const describe = async () => {
		app.press('4', 'e', 'ctrl+u');
		app.type('64 GB');
		app.press('enter');
		await app.waitFor(({hardware, screen}) => hardware.simulated !== undefined && screen.dialog === undefined, simulationOf);
	};

	await describe();
	app.press('e', 'ctrl+u', 'enter');
	assert.equal(app.state().hardware.simulated, undefined);
	await describe();
	app.press('escape');
	assert.equal(app.state().hardware.simulated, undefined);
});

test('b measures how fast memory is read, while the tab goes on', async () => {
	await using app = await openAppSession({endpoint: 'http://127.0.0.1:9'});
	await app.waitFor(({hardware}) => hardware.real !== undefined, hardwareOf);
	app.press('4', 'b');
	assert.equal(app.state().hardware.isMeasuring, true);
	app.press('b');
	assert.match(app.notices.at(-1) ?? '', /being measured/v);
	app.press('j');
	assert.equal(app.state().hardware.list.cursor, 1);
	const state = await app.waitFor(({hardware}) => !hardware.isMeasuring && hardware.real?.report.memoryBandwidth !== undefined, hardwareOf);
	assert.equal(state.hardware.error, undefined);
	assert.ok((state.hardware.real?.report.memoryBandwidth?.bytesPerSecond ?? 0) > 1e8);
});

test('speeds are those that benchmarks of this machine suggest', async () => {
	await using app = await openAppSession({endpoint: 'http://127.0.0.1:9'});
	const speedOf = ({hardware}: AppState) => hardware.real?.fits.find(({modelId}) => modelId === 'starter')?.verdict.speed;
	const before = speedOf(await app.waitFor(state => speedOf(state) !== undefined, hardwareOf))!;
	const spread = (median: number) => ({
		median, minimum: median, maximum: median, standardDeviation: 0,
	});
	app.dispatch({
		type: 'bench/measured',
		run: {
			id: 'x',
			modelId: 'starter',
			ref: 'starter',
			name: 'tinychat',
			quantization: 'Q8_0',
			startedAt: '2026-01-01T00:00:00.000Z',
			iterations: [],
			promptTokensPerSecond: spread(before.promptTokensPerSecond.expected),
			generationTokensPerSecond: spread(before.generationTokensPerSecond.expected * 2),
			timeToFirstTokenMs: spread(10),
			interTokenLatencyMs: spread(1),
			peakMemoryBytes: 1e8,
			threads: 1,
			contextSize: 1024,
			device: app.state().hardware.real!.report.cpu.model,
		},
	});
	app.press('4');
	const after = await app.waitFor(state => (speedOf(state)?.generationTokensPerSecond.expected ?? 0) > before.generationTokensPerSecond.expected * 1.1, hardwareOf);
	assert.match(speedOf(after)?.explanation.join(' ') ?? '', /benchmarks of this model on this machine/v);
});
