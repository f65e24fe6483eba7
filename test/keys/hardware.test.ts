import assert from 'node:assert/strict';
import {test} from 'node:test';
import {hintsOf} from '../../source/keys/hints.js';
import {resolveKeypress} from '../../source/keys/resolve-keypress.js';
import {type Action} from '../../source/state/actions.js';
import {type AppState} from '../../source/state/state.js';
import {continueFrom, stateAfter} from '../helpers/app-state.js';
import {hardwareScene, simulated} from '../helpers/hardware-scene.js';
import {judgement, planScene} from '../helpers/plan-scene.js';

const scene = stateAfter(...hardwareScene());

const press = (state: AppState, name: string): readonly Action[] => resolveKeypress(state, {name, text: name.length === 1 ? name : ''});

const noticeOf = (state: AppState, name: string): string => press(state, name).flatMap(action => (action.type === 'screen/noticed' ? [action.notice.text] : [])).join(' ');

const labels = (state: AppState) => hintsOf(state, 200).map(({key}) => key);

test('keys that can do nothing now say why', () => {
	assert.match(noticeOf(scene, 'E'), /this machine is shown; e describes another/v);
	assert.match(noticeOf(scene, 'c'), /not installed; d downloads it/v);
	const other = continueFrom(scene, {type: 'hardware/simulation-succeeded', machine: simulated(scene)});
	assert.match(noticeOf(other, 'b'), /E goes back/v);
	assert.match(noticeOf(stateAfter({type: 'screen/tab-opened', tab: 'hardware'}), 'e'), /not looked at yet/v);
	assert.deepEqual(labels(other).slice(0, 4), ['Enter', 'e', 'E', 'o']);
	assert.ok(!labels(scene).includes('E'));
});

test('Esc clears the filter first, then goes back to this machine', () => {
	const other = continueFrom(scene, {type: 'hardware/simulation-succeeded', machine: simulated(scene)}, {type: 'hardware/filter-typed', keypress: {name: 'a', text: 'a'}});
	assert.deepEqual(press(other, 'escape'), [{type: 'hardware/filter-cleared'}]);
	assert.deepEqual(press(continueFrom(other, {type: 'hardware/filter-cleared'}), 'escape'), [{type: 'hardware/simulation-ended'}]);
});

test('in the filter letters are typed', () => {
	const filter = continueFrom(scene, {type: 'hardware/focused', focus: 'filter'});
	assert.equal(press(filter, 'e')[0]?.type, 'hardware/filter-typed');
	assert.deepEqual(press(filter, 'enter'), [{type: 'hardware/focused', focus: 'list'}]);
});

test('a plan is kept only of an installed model, for this machine, and without errors', () => {
	const opened = continueFrom(scene, ...planScene);
	assert.equal(press(opened, 'enter')[0]?.type, 'plans/save-requested');
	const other = continueFrom(opened, {type: 'hardware/simulation-succeeded', machine: simulated(scene)});
	assert.match(noticeOf(other, 'enter'), /only described/v);
	const {plan} = opened.plans.open!;
	const wrong = continueFrom(opened, {
		type: 'plans/judged',
		plan: plan!,
		judgement: {
			...judgement, findings: [{
				field: 'threads', severity: 'error', message: '99 threads would share 16 cores.', suggestion: 'Take 15.', change: {threads: 15},
			}],
		},
	});
	assert.match(noticeOf(wrong, 'enter'), /99 threads would share 16 cores/v);
	assert.deepEqual(press(wrong, 'a'), [{type: 'plans/changed', change: {threads: 15}}]);
	assert.match(noticeOf(opened, 'a'), /nothing is found/v);
	assert.match(noticeOf(opened, 'x'), /none is stored/v);
	assert.deepEqual([60, 80].map(width => hintsOf(opened, width)[0]?.label), ['back', 'back'], 'the way out is there however narrow the screen is');
});
