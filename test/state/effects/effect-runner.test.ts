import assert from 'node:assert/strict';
import {once} from 'node:events';
import {test} from 'node:test';
import {NetworkError} from '../../../source/errors/network-error.js';
import {type Services} from '../../../source/services/services.js';
import {type Action} from '../../../source/state/actions.js';
import {type EffectContext, type Effects} from '../../../source/state/effects/effect.js';
import {createEffectRunner} from '../../../source/state/effects/effect-runner.js';
import {initialState} from '../../../source/state/reducers/root.js';

type Run = EffectContext & {
	readonly id: string;
	readonly finish: (last?: Action) => void;
	readonly fail: (error: unknown) => void;
};

const notice = (text: string): Action => ({type: 'screen/noticed', notice: {kind: 'info', text}});

const textOf = (action: Action) => (action.type === 'screen/noticed' ? action.notice.text : action.type);

// The effect of these tests uses none.
const noServices = Object.create(null) as Services;

/**
A runner with one effect, whose runs the test ends as it likes.
*/
function openRunner() {
	const runs: Run[] = [];
	const dispatched: string[] = [];
	const effects: Effects = {
		'chat/delete-requested': {
			key: () => 'one key for all',
			async run({id}, context) {
				const {promise, resolve, reject} = Promise.withResolvers<Action | undefined>();
				runs.push({
					...context, id, finish: resolve, fail: reject,
				});
				return promise;
			},
			failed: (error, {id}) => notice(`${id} failed: ${error.message}`),
			cancelled: ({id}) => notice(`${id} cancelled`),
		},
		'chat/stop-requested': {cancels: () => 'one key for all'},
	};
	const runner = createEffectRunner({
		effects,
		services: noServices,
		getState: () => initialState,
		dispatch(action) {
			dispatched.push(textOf(action));
		},
	});
	return {
		runs,
		dispatched,
		...runner,
		async start(id: string) {
			runner.handle({type: 'chat/delete-requested', id});
			await settle();
			return runs.at(-1)!;
		},
	};
}

/**
Lets everything that waits for nothing but promises happen.
*/
const settle = async () => new Promise<void>(resolve => {
	setImmediate(resolve);
});

test('an effect never runs inside the dispatch that started it', async () => {
	const {handle, runs} = openRunner();
	handle({type: 'chat/delete-requested', id: 'a'});
	assert.equal(runs.length, 0);
	await settle();
	assert.equal(runs.length, 1);
});

test('a run tells of progress and ends with the action it resolves with', async () => {
	const {start, dispatched} = openRunner();
	const run = await start('a');
	run.dispatch(notice('half'));
	run.finish(notice('done'));
	await settle();
	assert.deepEqual(dispatched, ['half', 'done']);
});

test('what a run throws becomes its failure, with the message made for people', async () => {
	const {start, dispatched} = openRunner();
	const run = await start('a');
	run.fail(new NetworkError('The hub is gone.', {code: 'offline'}));
	await settle();
	assert.deepEqual(dispatched, ['a failed: The hub is gone.']);
});

test('the same key again aborts the older run, of which nothing more is heard', async () => {
	const {start, dispatched} = openRunner();
	const older = await start('older');
	const newer = await start('newer');
	assert.equal(older.signal.aborted, true);
	assert.equal(newer.signal.aborted, false);
	older.dispatch(notice('late progress'));
	older.finish(notice('late result'));
	await settle();
	assert.deepEqual(dispatched, []);
	newer.finish(notice('result'));
	await settle();
	assert.deepEqual(dispatched, ['result']);
});

test('the end of a superseded run does not make its successor uncancellable', async () => {
	const {start, cancel, dispatched} = openRunner();
	const older = await start('older');
	const newer = await start('newer');
	older.fail(new Error('aborted'));
	await settle();
	cancel('one key for all');
	assert.equal(newer.signal.aborted, true);
	newer.fail(newer.signal.reason);
	await settle();
	assert.deepEqual(dispatched, ['newer cancelled']);
});

test('an action can cancel; whatever the aborted run throws counts as cancelled, never as failed', async () => {
	const {start, handle, dispatched} = openRunner();
	const run = await start('a');
	handle({type: 'chat/stop-requested'});
	assert.equal(run.signal.aborted, true);
	run.dispatch(notice('late progress'));
	run.fail(new Error('socket closed'));
	await settle();
	assert.deepEqual(dispatched, ['a cancelled']);
});

test('a cancelled run may still say itself how it ended', async () => {
	const {start, cancel, dispatched} = openRunner();
	const run = await start('a');
	cancel('one key for all');
	run.finish(notice('stopped after 12 tokens'));
	await settle();
	assert.deepEqual(dispatched, ['stopped after 12 tokens']);
});

test('cancelling what does not run does nothing', () => {
	const {cancel, dispatched} = openRunner();
	cancel('one key for all');
	cancel('no such key');
	assert.deepEqual(dispatched, []);
});

test('close aborts everything, also superseded runs, waits for all of them, and starts nothing more', async () => {
	const {start, close, handle, runs} = openRunner();
	const older = await start('older');
	const newer = await start('newer');
	let isClosed = false;
	const closing = (async () => {
		await close();
		isClosed = true;
	})();
	assert.equal(newer.signal.aborted, true);
	newer.fail(newer.signal.reason);
	await settle();
	assert.equal(isClosed, false, 'it did not wait for the superseded run');
	older.fail(older.signal.reason);
	await closing;
	handle({type: 'chat/delete-requested', id: 'late'});
	await settle();
	assert.equal(runs.length, 2);
});

test('the signal tells a waiting run at once', async () => {
	const {start, close, dispatched} = openRunner();
	const run = await start('a');
	const aborted = once(run.signal, 'abort');
	const closing = close();
	await aborted;
	run.finish(notice('saved'));
	await closing;
	assert.deepEqual(dispatched, ['saved']);
});
