import assert from 'node:assert/strict';
import {test} from 'node:test';
import {drawApp} from '../helpers/draw-app.js';
import {hardwareScene, simulated} from '../helpers/hardware-scene.js';
import {judgement, planScene} from '../helpers/plan-scene.js';

for (const [columns, rows] of [[80, 24], [120, 40], [200, 50]] as const) {
	test(`at ${columns}×${rows} every value of a plan is seen with its reason, what it comes to, and what would help`, async () => {
		using app = await drawApp({columns, rows, actions: [...hardwareScene(), ...planScene]});
		const lines = await app.rowsWith('Load plan for Alpha Coder 7B');
		const screen = lines.join('\n');
		assert.match(screen, /\[performance\].*memory.*quality/v);
		assert.match(screen, /› context {11}8,192 tokens +Enough for a conversation with some text/v);
		const values = ['GPU layers', 'cache type', 'flash attention', 'batch', 'threads', 'memory mapping', 'memory lock', 'experts in memory']
			.map(name => lines.find(line => line.startsWith(`  ${name} `))?.slice(20, 36).trim());
		assert.deepEqual(values, ['29', 'f16', 'auto', '512 tokens', '15', 'yes', 'no', '0 layers']);

		assert.match(screen, /needs 5\.00 GB · 5\.00 GB on the GPU · 0 B in memory/v);
		assert.match(screen, /≈ 61 \(46–76\) tokens\/s · prompt ≈ 1\.2k/v);
		assert.match(screen, /✓ It is gpu\./v);
		assert.match(screen, /→ A cache in 8 bits would save 235 MB\./v);
		assert.match(lines.at(-1)!, /Enter keep this plan/v);
	});
}

test('on the smallest screen the values go by, and what the plan comes to has room below them', async () => {
	using app = await drawApp({columns: 60, rows: 16, actions: [...hardwareScene(), ...planScene]});
	const first = await app.rowsWith('value 1 of 9');
	assert.match(first.join('\n'), /^── value 1 of 9 ─+$/mv);
	assert.match(first.join('\n'), /› context/v);
	assert.match(first.join('\n'), /needs 5\.00 GB/v);
	assert.match(first.at(-1)!, /^ Esc back/v);
	await app.terminal.press('G');
	const last = await app.rowsWith('value 9 of 9');
	assert.match(last.join('\n'), /› experts in memory/v);
	assert.match(last.join('\n'), /1–3 of \d+ lines/v);
});

test('a number that no model has room for is cut, and does not run into its reason', async () => {
	using app = await drawApp({actions: [...hardwareScene(), ...planScene]});
	await app.rowsWith('Load plan');
	app.dispatch({type: 'plans/changed', change: {contextSize: 999_999_999}});
	const rows = await app.rowsWith('999,999');
	assert.match(rows.join('\n'), /› context {11}999,999,999 tok… Chosen by you/v);
});

test('a value that is changed says what it was, and an error stands first, in words', async () => {
	using app = await drawApp({actions: [...hardwareScene(), ...planScene]});
	await app.rowsWith('Load plan');
	await app.terminal.press('Right');
	await app.rowsWith('Chosen by you; it was 8,192 tokens.');
	const {plan} = app.state().plans.open!;
	app.dispatch({
		type: 'plans/judged',
		plan: plan!,
		judgement: {
			...judgement, findings: [{
				field: 'contextSize', severity: 'error', message: 'A context of 16,384 tokens takes 20 GB.', suggestion: 'Take 9,216 tokens or fewer.', change: {contextSize: 9216},
			}],
		},
	});
	const screen = await app.rowsWith('Take 9,216 tokens');
	assert.match(screen.join('\n'), /› context {11}16,384 tokens {4}✗ A context of 16,384 tokens takes 20 GB\./v);
	assert.match(screen.join('\n'), /✗ A context of 16,384 tokens takes 20 GB\. Take 9,216 tokens or fewer\. a puts it/v);
	await app.terminal.press('Enter');
	await app.rowsWith('Cannot keep this plan: A context of 16,384');
});

test('a stored plan is marked in the list, and a plan for another machine says for which', async () => {
	using app = await drawApp({actions: [...hardwareScene(), ...planScene]});
	await app.rowsWith('Load plan');
	const {plan} = app.state().plans.open!;
	app.dispatch({
		type: 'plans/saved', stored: {
			modelId: 'alpha', plan: plan!, goal: 'performance', savedAt: '2026-01-02T00:00:00.000Z',
		},
	});
	await app.rowsWith('stored since 2026-01-02');
	app.dispatch({type: 'hardware/simulation-succeeded', machine: simulated(app.state())});
	await app.rowsWith('on a machine with RTX 5090, 128 GB');
	await app.terminal.press('Escape');
	const list = await app.rowsWith('› ✓*=');
	assert.match(list.find(row => row.startsWith('› ✓*='))!, /Alpha Coder 7B/v);
});

test('what does not fit below the values is read on with PgDn', async () => {
	using app = await drawApp({actions: [...hardwareScene(), ...planScene]});
	await app.rowsWith('Load plan');
	const {plan} = app.state().plans.open!;
	app.dispatch({type: 'plans/judged', plan: plan!, judgement: {...judgement, warnings: Array.from({length: 9}, (_, index) => `Warning ${index} of many.`)}});
	await app.rowsWith('lines · PgDn PgUp');
	await app.terminal.press('PageDown', 'PageDown', 'PageDown');
	await app.rowsWith('A cache in 8 bits would save');
	await app.terminal.press('j');
	const screen = await app.rowsWith('GPU layers: The whole model');
	assert.match(screen.join('\n'), /› GPU layers/v);
});
