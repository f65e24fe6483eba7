import assert from 'node:assert/strict';
import {test} from 'node:test';
import {selectFitRow, selectFitRows} from '../../../source/state/selectors/hardware.js';
import {type AppState} from '../../../source/state/state.js';
import {
	continueFrom,
	installedModel,
	libraryOf,
	stateAfter,
} from '../../helpers/app-state.js';
import {hardwareScene, simulated} from '../../helpers/hardware-scene.js';

const scene = stateAfter(...hardwareScene(), libraryOf(installedModel({id: 'm7', name: 'Model 7'})));

const ids = (state: AppState) => selectFitRows(state).map(({modelId}) => modelId);

const type = (state: AppState, text: string) => continueFrom(state, ...[...text].map(character => ({type: 'hardware/filter-typed', keypress: {name: character, text: character}} as const)));

test('the filter looks at names, verdicts and what is installed; the selection begins anew and the list comes back', () => {
	assert.deepEqual(ids(type(scene, 'installed')), ['m7']);
	assert.deepEqual(ids(type(scene, 'big')), ['huge']);
	assert.deepEqual(ids(type(scene, 'alpha coder')), ['alpha']);
	const none = type(scene, 'zebra');
	assert.deepEqual([ids(none), selectFitRow(none)], [[], undefined]);
	assert.equal(ids(continueFrom(none, {type: 'hardware/filter-cleared'})).length, 33);
});

test('every order has its own first, and the last comes back to the recommended one', () => {
	const firsts: string[] = [];
	let state = scene;
	for (const _ of [1, 2, 3, 4, 5]) {
		state = continueFrom(state, {type: 'hardware/sort-cycled'});
		firsts.push(`${state.hardware.sort} ${ids(state)[0]}`);
	}

	assert.deepEqual(firsts, ['speed alpha', 'size alpha', 'name alpha', 'installed m7', 'recommended alpha']);
	assert.equal(ids(continueFrom(scene, {type: 'hardware/sort-cycled'})).at(-1), 'huge', 'what does not run has no speed');
});

test('the selected model stays selected when another machine is shown, and browse has its verdicts', () => {
	const selected = continueFrom(scene, {type: 'hardware/list-moved', move: 'down'}, {type: 'hardware/list-moved', move: 'down'});
	const machine = simulated(selected);
	const other = continueFrom(selected, {type: 'hardware/simulation-succeeded', machine: {...machine, fits: machine.fits.toReversed()}});
	assert.equal(selectFitRow(other)?.modelId, 'huge');
	assert.equal(other.browse.fits.get('huge')?.level, 'gpu');
	const probed = continueFrom(other, {type: 'hardware/probe-succeeded', machine: scene.hardware.real!});
	assert.equal(probed.browse.fits.get('huge')?.level, 'gpu', 'a look at this machine does not change what is shown');
	const back = continueFrom(probed, {type: 'hardware/simulation-ended'});
	assert.deepEqual([back.browse.fits.get('huge')?.level, selectFitRow(back)?.modelId], ['none', 'huge']);
});

test('a page is scrolled as far as it goes, and another model begins at its top', () => {
	const page = continueFrom(scene, {type: 'screen/resized', columns: 60, rows: 16}, {type: 'hardware/focused', focus: 'details'}, {type: 'hardware/scrolled', by: 1000});
	assert.ok(page.hardware.top > 0);
	assert.ok(page.hardware.top < 40);
	assert.equal(continueFrom(page, {type: 'hardware/list-moved', move: 'down'}).hardware.top, 0);
	assert.equal(continueFrom(page, {type: 'hardware/scrolled', by: -1000}).hardware.top, 0);
});

test('meters change neither the rows nor the list', () => {
	const {gpus, disks, memory} = scene.hardware.real!.report;
	const metered = continueFrom(scene, {
		type: 'hardware/metered', meters: {
			cpuLoadPercent: 50, coreLoadPercents: [50], gpus, disks, memory,
		},
	});
	assert.equal(selectFitRows(metered), selectFitRows(scene));
	assert.equal(metered.hardware.list, scene.hardware.list);
});
