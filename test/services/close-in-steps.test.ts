import assert from 'node:assert/strict';
import {test} from 'node:test';
import {closeInSteps} from '../../source/services/close-in-steps.js';

test('what fails keeps nothing from being closed, in order, and its error is told at the end', async () => {
	const closed: string[] = [];
	const closer = (name: string) => async () => {
		closed.push(name);
	};

	await assert.rejects(closeInSteps([
		{
			limit: 60_000, closers: [async () => {
				throw new Error('the queue is stuck');
			}, closer('engine')],
		},
		{limit: 60_000, closers: [closer('network')]},
		{limit: 60_000, closers: [closer('storage')]},
	]), /the queue is stuck/v);
	assert.deepEqual(closed, ['engine', 'network', 'storage']);
});

test('what never ends is not waited for beyond its limit', async () => {
	const {promise: never} = Promise.withResolvers<void>();
	let isClosed = false;
	await closeInSteps([
		{limit: 20, closers: [async () => never]},
		{
			limit: 60_000, closers: [async () => {
				isClosed = true;
			}],
		},
	]);
	assert.equal(isClosed, true);
});
