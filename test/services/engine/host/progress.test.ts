import {type TestContext, test} from 'node:test';
import {createProgressBatcher} from '../../../../source/services/engine/host/progress.js';

function batcher(t: TestContext) {
	// `performance.now()` is not among the clocks that can be mocked.
	let now = 1000;
	t.mock.timers.enable({apis: ['setTimeout']});
	t.mock.method(performance, 'now', () => now);
	const sent: Array<readonly [string, number]> = [];
	return {
		sent,
		...createProgressBatcher((text, tokens) => {
			sent.push([text, tokens]);
		}),
		pass(milliseconds: number) {
			now += milliseconds;
			t.mock.timers.tick(milliseconds);
		},
	};
}

test('passes the first piece on at once, and the rest every 100 ms', (t: TestContext) => {
	const {add, pass, sent} = batcher(t);
	add('The', 1);
	add(' capital', 1);
	pass(20);
	add(' of', 1);
	t.assert.deepStrictEqual(sent, [['The', 1]]);
	pass(80);
	t.assert.deepStrictEqual(sent, [['The', 1], [' capital of', 3]]);
	pass(200);
	t.assert.strictEqual(sent.length, 2);
	add(' France', 1);
	t.assert.deepStrictEqual(sent.at(-1), [' France', 4]);
});

test('leaves nothing behind at the end, and sends nothing for nothing', (t: TestContext) => {
	const {add, flush, sent} = batcher(t);
	flush();
	add('a', 1);
	add('b', 1);
	flush();
	flush();
	add('', 0);
	flush();
	t.assert.deepStrictEqual(sent, [['a', 1], ['b', 2]]);
});

test('cuts what no event could hold', (t: TestContext) => {
	const {add, sent} = batcher(t);
	add('x'.repeat(70_000), 1);
	t.assert.deepStrictEqual(sent.map(([text]) => text.length), [32_768, 32_768, 4464]);
});
