import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type Action} from '../../../source/state/actions.js';
import {
	planFields,
	planValue,
	steppedChange,
	typedChange,
} from '../../../source/state/selectors/plan-fields.js';
import {continueFrom, stateAfter} from '../../helpers/app-state.js';
import {judgement, plan, planScene} from '../../helpers/plan-scene.js';

const opened = stateAfter(...planScene);

test('a change is of one value, and is judged only as long as it is the latest', () => {
	const changed = continueFrom(opened, {type: 'plans/changed', change: {contextSize: 4096}});
	const {open} = changed.plans;
	assert.deepEqual(open?.plan, {...plan, contextSize: 4096});
	const other = {...judgement, warnings: ['late']};
	const late: Action = {type: 'plans/judged', plan: opened.plans.open!.plan!, judgement: other};
	assert.equal(continueFrom(changed, late).plans.open?.judgement, judgement);
	assert.equal(continueFrom(changed, {type: 'plans/judged', plan: open.plan, judgement: other}).plans.open?.judgement, other);
});

test('a plan of another model, or after the view was closed, is not heard of', () => {
	const proposed = planScene.find(({type}) => type === 'plans/proposed')!;
	const closed = continueFrom(opened, {type: 'plans/closed'});
	assert.equal(continueFrom(closed, proposed).plans.open, undefined);
	const other = continueFrom(closed, {type: 'plans/opened', modelId: 'beta', name: 'Beta'});
	assert.equal(continueFrom(other, proposed).plans.open?.plan, undefined);
});

test('goals go round, and one that is stored is opened with its goal', () => {
	const goals = [1, 2, 3].map(times => continueFrom(opened, ...Array.from({length: times}, (): Action => ({type: 'plans/goal-cycled'}))).plans.open?.goal);
	assert.deepEqual(goals, ['memory', 'quality', 'performance']);
	const stored = {
		modelId: 'alpha', plan, goal: 'quality', savedAt: '2026-01-01T00:00:00.000Z',
	} as const;
	const kept = continueFrom(opened, {type: 'plans/saved', stored}, {type: 'plans/opened', modelId: 'alpha', name: 'Alpha'});
	assert.equal(kept.plans.open?.goal, 'quality');
	assert.equal(continueFrom(kept, {type: 'plans/reset', modelId: 'alpha'}).plans.stored.size, 0);
});

test('the selection stops at both ends', () => {
	const moved = (move: 'up' | 'down' | 'last', times = 1) => continueFrom(opened, ...Array.from({length: times}, (): Action => ({type: 'plans/moved', move}))).plans.open?.cursor;
	assert.deepEqual([moved('up'), moved('down', 2), moved('last'), moved('down', 50)], [0, 2, planFields.length - 1, planFields.length - 1]);
});

test('sizes double and halve between their ends, counts go by one, kinds go round', () => {
	assert.deepEqual(steppedChange({...plan, contextSize: 5000}, 'contextSize', 1), {contextSize: 8192});
	assert.deepEqual(steppedChange({...plan, contextSize: 5000}, 'contextSize', -1), {contextSize: 4096});
	assert.equal(steppedChange({...plan, contextSize: 512}, 'contextSize', -1), undefined);
	assert.deepEqual(steppedChange({...plan, gpuLayers: 0}, 'gpuLayers', -1), {gpuLayers: 'auto'});
	assert.deepEqual(steppedChange({...plan, gpuLayers: 'auto'}, 'gpuLayers', 1), {gpuLayers: 1});
	assert.equal(steppedChange({...plan, threads: 1}, 'threads', -1), undefined);
	assert.deepEqual(steppedChange({...plan, kvCacheType: 'q4_0'}, 'kvCacheType', 1), {kvCacheType: 'f16'});
	const touched = planFields.map(field => Object.keys(steppedChange(plan, field, 1) ?? {}));
	assert.deepEqual(touched, planFields.map(field => [field]));
});

test('what is typed is read as what it is for, and refused where it is not that', () => {
	assert.deepEqual(typedChange('contextSize', '32k'), {contextSize: 32_768});
	assert.deepEqual(typedChange('contextSize', '8,192'), {contextSize: 8192});
	assert.deepEqual(typedChange('gpuLayers', 'Auto'), {gpuLayers: 'auto'});
	assert.deepEqual(typedChange('memoryMap', 'off'), {memoryMap: false});
	assert.deepEqual(typedChange('flashAttention', 'yes'), {flashAttention: true});
	assert.deepEqual(planFields.map(field => typedChange(field, 'perhaps')), planFields.map(() => undefined));
	assert.equal(typedChange('threads', '-3'), undefined);
	// What is shown can be typed again.
	const shown = planFields.map(field => typedChange(field, planValue(plan, field).split(' ', 1).join('')));
	assert.deepEqual(shown, planFields.map(field => ({[field]: plan[field]})));
});
