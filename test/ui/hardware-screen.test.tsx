import assert from 'node:assert/strict';
import {test} from 'node:test';
import {cellWidth} from '../../source/format/cells.js';
import {type Action} from '../../source/state/actions.js';
import {type BenchmarkRun} from '../../source/types/benchmark.js';
import {drawApp} from '../helpers/draw-app.js';
import {hardwareScene, machine, simulated} from '../helpers/hardware-scene.js';
import {speed} from '../helpers/models.js';

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
		const screen = await app.rowsWith('Alpha Coder 7B');
		const whole = screen.join('\n');
		assert.match(rowOf(screen, ' CPU '), /AMD Ryzen 9 7950X 16-Core Processor/v);
		assert.match(whole, /16 cores, 32 threads/v);
		assert.match(rowOf(screen, ' memory '), /[█░]{8,16} 12\.0 GB available of 64\.0 GB · swap 2\.00 GB free of 8\.00 GB/v);
		assert.match(whole, /not measured yet: b measures it/v);
		assert.match(rowOf(screen, ' GPU '), /9\.00 GB free of 12\.0 GB · NVIDIA GeForce RTX 4070/v);
		assert.match(rowOf(screen, ' disk '), /90\.0 GB free of 1\.00 TB · \/ · nvme/v);
		assert.match(rowOf(screen, ' choice '), /12\.0 GB of memory are available: Alpha Coder/v);
		assert.match(whole.replaceAll(/\s+/gv, ' '), /it needs 5\.00 GB\. That counts main memory alone/v);
		assert.match(rowOf(screen, 'nvidia-smi'), /^ ! nvidia-smi: no answer within 2 s\./v);
		assert.match(rowOf(screen, '› '), /Alpha Coder .*5\.00 GB ✓ on the GPU {2}≈ 61 \(46–76\)/v);
		assert.match(rowOf(screen, 'Huge 70B'), /44\.0 GB ✗ too big {5}–/v);
		const columnsOfNeeds = ['› ', '日本語', 'Huge 70B'].map(name => {
			const row = rowOf(screen, name);
			return cellWidth(row.slice(0, row.indexOf(' GB')));
		});
		assert.equal(new Set(columnsOfNeeds).size, 1, whole);
		assert.match(screen.at(-1)!, /Enter details {2}e what if .* o load plan/v);
	});
}

test('how fast memory was read stands whole in one row of the narrow screen', async () => {
	using app = await drawApp({
		actions: hardwareScene({
			...machine, memoryBandwidth: {
				bytesPerSecond: 24.4e9, threads: 12, measuredAt: '2026-01-02T00:00:00.000Z', whileBusy: true,
			},
		}),
	});
	const screen = await app.rowsWith('24.4 GB/s');
	assert.match(rowOf(screen, '24.4 GB/s'), /read at 24\.4 GB\/s · 12 threads beside other work · b measures again$/v);
});

test('on the smallest screen names, needs, verdicts and speeds are still read', async () => {
	using app = await drawApp({columns: 60, rows: 16, actions: hardwareScene()});
	const screen = await app.rowsWith('Alpha Coder 7B');
	assert.match(rowOf(screen, '› '), /Alpha Coder 7B \(Q4_K_M\) +5\.00 GB ✓ on the GPU {2}≈ 61/v);
});

for (const [columns, rows] of [[120, 40], [200, 50]] as const) {
	test(`at ${columns}×${rows} the sum for the selected model stands beside the list, whole`, async () => {
		using app = await drawApp({columns, rows, actions: hardwareScene()});
		const screen = await app.rowsWith('in all');
		const sum = ['weights', 'KV cache at 4,096 tokens', 'compute buffer', 'left of 12.0 GB free', 'in all', 'margin kept free'].map(part => /\d \w?B$/v.exec(rowOf(screen, part))?.index);
		assert.equal(new Set(sum.map(index => index !== undefined)).size, 1, screen.join('\n'));
		assert.match(screen.join('\n'), /✓ It is gpu\./v);
		assert.match(screen.join('\n'), /bound by memory/v);
	});
}

test('what a benchmark measured here stands beside what is expected, and not on another machine', async () => {
	const figure = (median: number) => ({
		median, minimum: median, maximum: median, standardDeviation: 0,
	});
	const run: BenchmarkRun = {
		id: 'one',
		modelId: 'alpha',
		ref: 'alpha',
		name: 'Alpha Coder 7B',
		quantization: 'Q4_K_M',
		startedAt: '2026-01-02T00:00:00.000Z',
		iterations: [],
		promptTokensPerSecond: figure(1234),
		generationTokensPerSecond: figure(45.6),
		timeToFirstTokenMs: figure(400),
		interTokenLatencyMs: figure(22),
		peakMemoryBytes: 5e9,
		threads: 15,
		contextSize: 4096,
		device: 'CPU',
	};
	using app = await drawApp({columns: 120, rows: 40, actions: [...hardwareScene(), {type: 'bench/measured', run}]});
	const screen = await app.rowsWith('Its last benchmark here');
	assert.match(screen.map(row => row.slice(77).trim()).join(' '), /Its last benchmark here, on 2026-01-02: 46 tokens\/s, prompts at 1\.2k\./v);
	app.dispatch({type: 'hardware/simulation-succeeded', machine: simulated(app.state())});
	const other = await app.rowsWith('This is not this machine');
	assert.doesNotMatch(other.join('\n'), /benchmark/v);
});

test('a speed whose band has no room stands without it, not with half of it', async () => {
	const scene = hardwareScene();
	using app = await drawApp({
		actions: scene.map(action => (action.type === 'hardware/probe-succeeded'
			? {...action, machine: {...action.machine, fits: action.machine.fits.map(fit => ({...fit, verdict: {...fit.verdict, speed: speed(3512)}}))}}
			: action)),
	});
	const screen = await app.rowsWith('Alpha Coder');
	assert.match(rowOf(screen, '› '), /≈ 3\.5k$/v);
});

test('on 80×24 Enter opens the sum, which follows the selection, and Esc comes back', async () => {
	using app = await drawApp({actions: hardwareScene()});
	await app.rowsWith('Alpha Coder');
	await app.terminal.press('Enter');
	const sum = await app.rowsWith('in all');
	assert.match(rowOf(sum, 'weights'), /4\.00 GB/v);
	assert.match(rowOf(sum, 'left of'), /left of 12\.0 GB free +7\.00 GB/v);
	assert.match(sum.join('\n'), /It is gpu\./v);
	assert.match(rowOf(sum, 'tokens/s'), /≈ 61 \(46–76\) tokens\/s expected/v);
	assert.match(sum.at(-1)!, /^ Esc back to the list/v);
	await app.terminal.press('j', 'j');
	await app.rowsWith('Huge 70B');
	assert.match(rowOf(app.terminal.screen(), 'in all'), /44\.0 GB/v);
	await app.terminal.press('Escape');
	const list = await app.rowsWith('available of');
	assert.match(rowOf(list, '› '), /Huge 70B/v);
});

test('i shows all of the machine, which is scrolled where it is longer than the screen', async () => {
	const gpus = Array.from({length: 12}, (_, index) => ({...machine.gpus[0]!, name: `Big GPU ${index}`}));
	using app = await drawApp({actions: hardwareScene({...machine, gpus})});
	const brief = await app.rowsWith('and 10 more: i shows them');
	assert.match(rowOf(brief, '› '), /Alpha Coder/v);
	await app.terminal.press('i');
	const page = await app.rowsWith('Big GPU 4');
	assert.match(page.at(-2)!, /1–20 of \d+ lines · PgDn PgUp/v);
	await app.terminal.press('G');
	await app.rowsWith('sandbox');
	await app.terminal.press('Escape');
	await app.rowsWith('› ');
});

test('the list is filtered by /, sorted by s, and Esc clears the filter', async () => {
	using app = await drawApp({actions: hardwareScene()});
	await app.rowsWith('Alpha Coder');
	await app.terminal.press('/');
	await app.terminal.type('too big');
	await app.terminal.waitFor(() => app.terminal.screen().every(row => !row.includes('Model 0')));
	assert.match(rowOf(app.terminal.screen(), '70B'), /Huge/v);
	await app.terminal.press('Enter', 'Escape');
	await app.rowsWith('Model 0');
	await app.terminal.press('s');
	await app.rowsWith('sort speed');
	await app.terminal.press('s');
	const bySize = await app.rowsWith('sort size');
	assert.doesNotMatch(rowOf(bySize, '› '), /Huge/v);
	await app.terminal.press('Space');
	await app.rowsWith('several are marked');
});

test('a machine that was only described is shown as such everywhere, without meters, until E', async () => {
	using app = await drawApp({actions: hardwareScene()});
	await app.rowsWith('12.0 GB available');
	app.dispatch({type: 'hardware/simulation-succeeded', machine: simulated(app.state())});
	const screen = await app.rowsWith('This is not this machine');
	assert.match(screen[0]!, /what if: RTX/v);
	assert.match(screen.join('\n'), /RTX 5090, 128 GB\. This is not this machine: E shows/v);
	assert.match(screen.join('\n'), /assumed +Desktop card\. i shows 1 more/v);
	assert.doesNotMatch(screen.join('\n'), /[█░]/v);
	await app.terminal.press('1');
	const browse = await app.rowsWith('[1 browse]');
	assert.match(browse.join('\n'), /fit if RTX 5090, 128 GB/v);
	assert.match(rowOf(browse, 'Huge 70B'), /✓ on GPU/v);
	await app.terminal.press('4', 'E');
	await app.rowsWith('12.0 GB available');
	await app.terminal.press('1', 'G');
	const again = await app.rowsWith('✗ too big');
	assert.match(rowOf(again, 'Huge 70B'), /✗ too big/v);
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
		assert.match(screen.at(-1)!, /q quit/v);
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
	const {real} = app.state().hardware;
	assert.ok(real);
	app.dispatch({
		type: 'hardware/probe-succeeded',
		machine: {
			...real, report: {...machine, memory: {...machine.memory, availableBytes: 3e9}}, fits: real.fits.toReversed(), selection: {reason: 'Insufficient RAM.'},
		},
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
			cpuLoadPercent: 75, coreLoadPercents: [0, 100], memory: {...machine.memory, availableBytes: 32e9}, gpus: machine.gpus, disks: machine.disks,
		},
	});
	const screen = await app.rowsWith('32.0 GB available');
	assert.match(rowOf(screen, ' CPU '), /█{12}░{4} {2}75 %/v);
	assert.match(rowOf(screen, ' per core '), /▁█/v);
	assert.match(rowOf(screen, ' memory '), /█{8}░{8}/v);
});
