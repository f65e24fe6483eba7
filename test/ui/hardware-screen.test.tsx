import assert from 'node:assert/strict';
import {test} from 'node:test';
import {cellWidth} from '../../source/format/cells.js';
import {type Action} from '../../source/state/actions.js';
import {drawApp} from '../helpers/draw-app.js';
import {hardwareScene, machine} from '../helpers/hardware-scene.js';

const failed: Action = {
	type: 'hardware/watch-failed',
	error: {code: 'probe_failed', message: 'The kernel said nothing about this machine for a long, long while, and then no more.', hint: 'Look into /proc, then press r to look again.'},
};

function rowOf(rows: readonly string[], text: string): string {
	return rows.find(row => row.includes(text)) ?? assert.fail(`No row has ${text}:\n${rows.join('\n')}`);
}

for (const [columns, rows] of [[80, 24], [120, 40], [200, 50]] as const) {
	test(`at ${columns}×${rows} the machine, what is free, the choice and the list are seen at once`, async () => {
		using app = await drawApp({columns, rows, actions: hardwareScene()});
		const screen = await app.rowsWith('Alpha Coder 7B (Q4_K_M)  ');
		assert.match(rowOf(screen, ' CPU '), /AMD Ryzen 9 7950X 16-Core Processor · 16 cores, 32 t/v);
		assert.match(rowOf(screen, ' memory '), /[█░]{16} 12\.0 GB available of 64\.0 GB/v);
		assert.match(rowOf(screen, ' GPU '), /9\.00 GB free of 12\.0 GB · NVIDIA GeForce RTX 4070/v);
		assert.match(rowOf(screen, ' disk '), /90\.0 GB free of 1\.00 TB · \/ · nvme/v);
		assert.match(rowOf(screen, ' choice '), /12\.0 GB of memory are available: Alpha Coder/v);
		assert.match(screen.join('\n'), /it needs 5\.00 GB\./v);
		assert.match(rowOf(screen, 'nvidia-smi'), /^ ! nvidia-smi: no answer within 2 s\./v);
		assert.match(rowOf(screen, '› '), /Alpha Coder 7B \(Q4_K_M\)\s+5\.00 GB ✓ on GPU\s+recommended/v);
		assert.match(rowOf(screen, 'Huge 70B'), /44\.0 GB ✗ too big/v);
		const columnsOfNeeds = ['Alpha Coder 7B (Q4_K_M)  ', '日本語モデル', 'Huge 70B'].map(name => {
			const row = rowOf(screen, name);
			return cellWidth(row.slice(0, row.indexOf(' GB')));
		});
		assert.equal(new Set(columnsOfNeeds).size, 1, screen.join('\n'));
		assert.match(screen.at(-1)!, /d download/v);
	});
}

for (const [columns, rows] of [[120, 40], [200, 50]] as const) {
	test(`at ${columns}×${rows} the sum for the selected model stands below the list, whole`, async () => {
		using app = await drawApp({columns, rows, actions: hardwareScene()});
		const screen = await app.rowsWith('in all');
		assert.deepEqual(['weights', 'KV cache', 'compute buffer', 'in all'].map(part => /\d \w?B │$/v.test(rowOf(screen, part))), [true, true, true, true]);
		assert.match(screen.at(-2)!, /^└─+┴─+┘$/v);
		assert.match(screen.join('\n'), /It is gpu\./v);
	});
}

test('on 80×24 Enter opens the sum, which follows the selection, and Esc comes back', async () => {
	using app = await drawApp({actions: hardwareScene()});
	await app.rowsWith('Alpha Coder');
	await app.terminal.press('Enter');
	const sum = await app.rowsWith('in all');
	assert.match(rowOf(sum, 'weights'), /4\.00 GB/v);
	assert.match(sum.join('\n'), /It is gpu\./v);
	assert.match(sum.at(-1)!, /^ Esc back to the list/v);
	await app.terminal.press('j', 'j');
	await app.rowsWith('Huge 70B');
	assert.match(rowOf(app.terminal.screen(), 'in all'), /44\.0 GB/v);
	await app.terminal.press('Escape');
	const list = await app.rowsWith('available of');
	assert.match(rowOf(list, '› '), /Huge 70B/v);
});

test('where the sum is seen already Enter says so; Space says where to mark; / searches in browse', async () => {
	using app = await drawApp({columns: 120, rows: 40, actions: hardwareScene()});
	await app.rowsWith('in all');
	await app.terminal.press('Enter');
	await app.rowsWith('it stands below the list');
	await app.terminal.press('Space');
	await app.rowsWith('several are marked on the browse tab');
	await app.terminal.press('/');
	await app.rowsWith('[1 browse]');
	assert.equal(app.state().browse.focus, 'search');
});

const withError: ReadonlyArray<readonly [string, readonly Action[]]> = [
	['without a report', [failed, {type: 'screen/tab-opened', tab: 'hardware'}]],
	['beside a report', [...hardwareScene(), failed]],
];
for (const [where, actions] of withError) {
	test(`an error ${where} is shown whole, with what to do, and leaves the foot where it is`, async () => {
		using app = await drawApp({actions});
		const screen = await app.rowsWith('press r to look again.');
		assert.match(rowOf(screen, 'The kernel'), /^ ! The kernel said nothing/v);
		assert.match(screen.at(-1)!, /d download/v);
	});
}

for (const [where, extra] of [['', []], [' below an error', [failed]]] as const) {
	test(`the last model is reached${where}`, async () => {
		using app = await drawApp({actions: [...hardwareScene(), ...extra]});
		await app.rowsWith('Alpha Coder');
		await app.terminal.press('G');
		const screen = await app.rowsWith('Model 29');
		assert.match(rowOf(screen, 'Model 29'), /^›/v);
	});
}

test('the selected model stays selected when memory has gone and the order is another', async () => {
	using app = await drawApp({actions: hardwareScene()});
	await app.rowsWith('Alpha Coder');
	await app.terminal.press('j', 'j');
	await app.terminal.waitFor(() => app.terminal.screen().some(row => /^›.*Huge/v.test(row)));
	const {fits} = app.state().hardware;
	app.dispatch({
		type: 'hardware/probe-succeeded', report: {...machine, memory: {...machine.memory, availableBytes: 3e9}}, fits: fits.toReversed(), selection: {reason: 'Insufficient RAM.'},
	});
	const screen = await app.rowsWith('Insufficient RAM.');
	assert.match(rowOf(screen, '› '), /Huge 70B/v);
	assert.match(rowOf(screen, ' memory '), /3\.00 GB available/v);
});

test('meters move as they are read', async () => {
	using app = await drawApp({columns: 120, rows: 40, actions: hardwareScene()});
	await app.rowsWith('12.0 GB available');
	app.dispatch({
		type: 'hardware/metered', meters: {
			cpuLoadPercent: 75, coreLoadPercents: [75], memory: {...machine.memory, availableBytes: 32e9}, gpus: machine.gpus, disks: machine.disks,
		},
	});
	const screen = await app.rowsWith('32.0 GB available');
	assert.match(rowOf(screen, ' CPU '), /█{12}░{4} {2}75 %/v);
	assert.match(rowOf(screen, ' memory '), /█{8}░{8}/v);
});
