import assert from 'node:assert/strict';
import {test} from 'node:test';
import {setTimeout as wait} from 'node:timers/promises';
import {watchForStall, type StallWatch} from '../../../../source/services/downloads/transfer/stall-watch.js';

const stretch = 30;

async function turn(): Promise<void> {
	await new Promise(resolve => {
		setImmediate(resolve);
	});
}

async function aborted({signal}: StallWatch): Promise<unknown> {
	if (!signal.aborted) {
		await new Promise(resolve => {
			signal.addEventListener('abort', resolve, {once: true});
		});
	}

	return signal.reason;
}

/**
Does something, turn after turn, until so many stretches have passed.
*/
async function forStretches(count: number, each: () => void | Promise<void>): Promise<void> {
	const end = performance.now() + (count * stretch);
	while (performance.now() < end) {
		// eslint-disable-next-line no-await-in-loop -- turn after turn
		await each();
		// eslint-disable-next-line no-await-in-loop -- the same
		await turn();
	}
}

test('a connection that brings next to nothing is given up', async () => {
	const watch = watchForStall(stretch, () => 'cdn.example');
	watch.add(4095);
	const reason = await aborted(watch);
	watch.stop();
	assert.ok(reason instanceof Error);
	assert.match(reason.message, /^cdn\.example sent next to nothing/v);
});

test('one that brings enough in each stretch is not', async () => {
	const watch = watchForStall(stretch, () => 'cdn.example');
	await forStretches(5, () => {
		watch.add(4096);
	});
	watch.stop();
	assert.equal(watch.signal.aborted, false);
});

test('waiting for the disk or a cap does not count, however long it takes', async () => {
	const watch = watchForStall(stretch, () => 'cdn.example');
	const {promise, resolve} = Promise.withResolvers<void>();
	const waiting = watch.exempt(promise);
	await forStretches(4, () => undefined);
	assert.equal(watch.signal.aborted, false);
	resolve();
	await waiting;
	await aborted(watch);
	watch.stop();
});

test('many short waits do not save a connection that drips', async () => {
	const watch = watchForStall(stretch, () => 'cdn.example');
	while (!watch.signal.aborted) {
		watch.add(1);
		// eslint-disable-next-line no-await-in-loop -- drop after drop
		await watch.exempt(turn());
		// eslint-disable-next-line no-await-in-loop -- the server lets it wait
		await wait(stretch / 10);
	}

	watch.stop();
	assert.match(String(watch.signal.reason), /next to nothing/v);
});

test('a process that was busy looks at what has come in before it judges', async () => {
	const watch = watchForStall(stretch, () => 'cdn.example');
	const end = performance.now() + (stretch * 4);
	while (performance.now() < end) {
		// Nothing else runs.
	}

	setImmediate(() => {
		watch.add(4096);
	});
	await turn();
	assert.equal(watch.signal.aborted, false);
	watch.stop();
});
