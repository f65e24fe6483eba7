import assert from 'node:assert/strict';
import process from 'node:process';
import {test} from 'node:test';
import {type Action} from '../../source/state/actions.js';
import {tabs} from '../../source/state/tabs.js';
import {installedModel, libraryOf} from '../helpers/app-state.js';
import {drawApp} from '../helpers/draw-app.js';
import {type FakeTerminal} from '../helpers/fake-terminal.js';
import {machine} from '../helpers/hardware-scene.js';
import {download, registryModel, verdict} from '../helpers/models.js';

// What NO_COLOR comes to; it has to be there before Ink is imported for the first time.
process.env.FORCE_COLOR = '0';

const data: readonly Action[] = [
	{type: 'registry/loaded', models: [registryModel({id: 'alpha', name: 'Alpha'}), registryModel({id: 'beta', name: 'Beta'})]},
	{type: 'browse/fits-judged', fits: new Map([['alpha', verdict('memory')], ['beta', verdict('none')]])},
	{type: 'downloads/changed', at: 0, downloads: [download({id: 'alpha'}), download({id: 'beta', status: 'failed'})]},
	libraryOf(installedModel({id: 'alpha', name: 'Alpha'}), installedModel({id: 'beta', name: 'Beta'})),
	{
		type: 'hardware/probe-succeeded',
		machine: {
			report: machine, description: '', selection: {reason: 'x'}, fits: [{modelId: 'alpha', verdict: verdict('memory')}, {modelId: 'beta', verdict: verdict('none')}],
		},
	},
];

/**
Whether any cell looks other than plain.
*/
function hasStyle({terminal, cellAt}: FakeTerminal): boolean {
	const rows = Array.from({length: terminal.rows}, (_, index) => index);
	const columns = Array.from({length: terminal.cols}, (_, index) => index);
	return rows.some(row => columns.some(column => {
		const {bold, inverse, foreground, background} = cellAt(column, row);
		return bold || inverse || foreground !== 'default' || background !== 'default';
	}));
}

for (const tab of ['browse', 'downloads', 'cache', 'hardware'] as const) {
	test(`without colour the selection of the ${tab} tab is seen, and moves`, async () => {
		using app = await drawApp({actions: [...data, {type: 'screen/tab-opened', tab}]});
		const selected = () => app.terminal.screen().find(row => row.startsWith('›')) ?? '';
		await app.terminal.waitFor(() => /alpha/iv.test(selected()));
		await app.terminal.press('j');
		await app.terminal.waitFor(() => /beta/iv.test(selected()));
		assert.equal(hasStyle(app.terminal), false);
	});
}

test('without colour the open tab, a failure, a mark and a verdict are seen', async () => {
	using app = await drawApp({actions: [...data, {type: 'browse/mark-toggled'}, {type: 'screen/noticed', notice: {kind: 'error', text: 'It failed.'}}]});
	const rows = await app.rowsWith(' ! It failed.');
	assert.match(rows[0]!, /^\[1 browse\]/v);
	assert.match(rows.find(row => row.includes('Alpha'))!, /^ •.*✓ fits/v);
	assert.match(rows.find(row => row.includes('Beta'))!, /✗ too big/v);
});

const sizes = [[60, 16], [80, 24], [100, 24], [120, 40], [200, 50]] as const;

for (const [columns, rows] of sizes) {
	test(`every tab fits ${columns}×${rows} exactly`, async () => {
		using app = await drawApp({columns, rows, actions: data});
		for (const tab of tabs) {
			app.dispatch({type: 'screen/tab-opened', tab});
			// eslint-disable-next-line no-await-in-loop -- The same screen shows one after the other.
			await app.rowsWith(`${tab}]`);
		}

		const screen = app.terminal.screen();
		assert.match(screen[0]!, /1 browse .*\[6 bench\]/v);
		assert.match(screen.at(-1)!, /\? all keys {2}q quit/v);
		assert.equal(app.terminal.terminal.buffer.active.baseY, 0, 'the screen scrolled');
	});
}

test('without colour the parts of a file are told apart, and so is what is being fetched', async () => {
	const segments = [
		{start: 0, received: 1e9, end: 1e9},
		{
			start: 1.5e9, received: 1.6e9, end: 2e9, host: 'cdn.example',
		},
	];
	using app = await drawApp({actions: [{type: 'downloads/changed', at: 0, downloads: [download({id: 'alpha', segments, currentFile: 0})]}, {type: 'screen/tab-opened', tab: 'downloads'}]});
	const rows = await app.rowsWith('being fetched');
	assert.match(rows.find(row => row.includes('█>') || row.includes('▄>')) ?? rows.join('\n'), /^ █+░+▄?█+>░+$/v);
	assert.equal(hasStyle(app.terminal), false);
});
