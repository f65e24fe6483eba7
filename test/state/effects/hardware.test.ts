import assert from 'node:assert/strict';
import {cpus} from 'node:os';
import {test} from 'node:test';
import {type Action} from '../../../source/state/actions.js';
import {type Job} from '../../../source/state/effects/effect.js';
import {hardwareEffects, hasMoved} from '../../../source/state/effects/hardware.js';
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
