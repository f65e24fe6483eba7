import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createTurns} from '../../../source/services/engine/turns.js';

const never = new AbortController().signal;

test('lets one work at a time, in the order of asking', async () => {
	const takeTurn = createTurns();
	const events: string[] = [];
	const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
	const works = gates.map(async (gate, index) => takeTurn(never, async () => {
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
	const takeTurn = createTurns();
	const gate = Promise.withResolvers<void>();
	const controller = new AbortController();
	let isFirstDone = false;
	const first = takeTurn(never, async () => {
		await gate.promise;
		isFirstDone = true;
	});
	const second = takeTurn(controller.signal, async () => assert.fail('was aborted'));
	const third = takeTurn(never, async () => isFirstDone);
	controller.abort(new Error('stop'));
	await assert.rejects(second, /stop/v);
	gate.resolve();
	await first;
	assert.equal(await third, true);
});

test('a failure does not hold up the next', async () => {
	const takeTurn = createTurns();
	const failing = takeTurn(never, async () => {
		throw new Error('failed');
	});
	await assert.rejects(failing, /failed/v);
	assert.equal(await takeTurn(never, async () => 'next'), 'next');
});
