import assert from 'node:assert/strict';
import {availableParallelism} from 'node:os';
import {test} from 'node:test';
import {selectFitRows} from '../../../source/state/selectors/hardware.js';
import {type AppState} from '../../../source/state/state.js';
import {openAppSession} from '../../helpers/app-session.js';

const hardwareOf = ({hardware}: AppState) => ({error: hardware.error, samples: hardware.loadHistory.length});

test('the machine is looked at once, every registry model is judged, and one is chosen or refused in words', async () => {
	await using app = await openAppSession({endpoint: 'http://127.0.0.1:9'});
	const state = await app.waitFor(({hardware}) => hardware.report !== undefined && hardware.sandbox !== undefined, hardwareOf);
	assert.equal(state.hardware.report?.cpu.logicalCores, availableParallelism());
	assert.equal(selectFitRows(state).length, state.registry.filter(({deprecated}) => !deprecated).length);
	assert.match(state.hardware.selection?.reason ?? '', /available/v);
	const levels = selectFitRows(state).map(({verdict}) => ['gpu', 'memory'].includes(verdict.level));
	assert.deepEqual(levels, levels.toSorted((one, other) => Number(other) - Number(one)));
});

test('meters run while the tab is open and only then', async () => {
	await using app = await openAppSession({endpoint: 'http://127.0.0.1:9'});
	await app.waitFor(({hardware}) => hardware.report !== undefined, hardwareOf);
	assert.equal(app.state().hardware.loadHistory.length, 0);
	app.press('4');
	await app.waitFor(({hardware}) => hardware.loadHistory.length >= 2, hardwareOf);
	app.press('4', '1', '4');
	await app.waitFor(({hardware}) => hardware.loadHistory.length >= 4, hardwareOf);
});
