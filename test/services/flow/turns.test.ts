import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createTurns} from '../../../source/services/flow/turns.js';

test('lets one work at a time, in the order of asking', async () => {
	const {inTurn} = createTurns();
	const events: string[] = [];
	const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
	const works = gates.map(async (gate, index) => inTurn(async () => {
		events.push(`start ${index}`);
		await gate.promise;
		events.push(`end ${index}`);
		return index;
	}));
	gates[1]!.resolve();
	gates[0]!.resolve();
	assert.deepEqual(await Promise.all(works), [0, 1]);
	assert.deepEqual(events, ['start 0', 'end 0', 'start 1', 'end 1']);
});

test('one that waits can be aborted, and the next still waits for the first', async () => {
	const {inTurn} = createTurns();
	const gate = Promise.withResolvers<void>();
	const controller = new AbortController();
	let isFirstDone = false;
	const first = inTurn(async () => {
		await gate.promise;
		isFirstDone = true;
	});
	const second = inTurn(async () => assert.fail('was aborted'), {signal: controller.signal});
	const third = inTurn(async () => isFirstDone);
	controller.abort(new Error('stop'));
	await assert.rejects(second, /stop/v);
	gate.resolve();
	await first;
	assert.equal(await third, true);
});

test('a failure does not hold up the next', async () => {
	const {inTurn} = createTurns();
	const failing = inTurn(async () => {
		throw new Error('failed');
	});
	await assert.rejects(failing, /failed/v);
	assert.equal(await inTurn(async () => 'next'), 'next');
});

test('is idle once all that was asked for has ended, also what failed', async () => {
	const {inTurn, idle} = createTurns();
	const gate = Promise.withResolvers<void>();
	const ended: string[] = [];
	const failing = inTurn(async () => {
		await gate.promise;
		ended.push('failed');
		throw new Error('failed');
	});
	const last = inTurn(async () => {
		ended.push('last');
	});
	const idling = idle();
	gate.resolve();
	await assert.rejects(failing, /failed/v);
	await idling;
	assert.deepEqual(ended, ['failed', 'last']);
	await last;
});
