import assert from 'node:assert/strict';
import {test} from 'node:test';
import {cellWidth} from '../../source/format/cells.js';
import {type Action} from '../../source/state/actions.js';
import {type Download} from '../../source/types/download.js';
import {drawApp} from '../helpers/draw-app.js';
import {download} from '../helpers/models.js';

const open: Action = {type: 'screen/tab-opened', tab: 'downloads'};
const now = Date.parse('2026-01-01T10:00:00');
const clock: Action = {type: 'screen/clock-ticked', now};

const changed = (...downloads: readonly Download[]): Action => ({type: 'downloads/changed', downloads, at: now});

const limits = (rateLimitBytes: number, quietHours: string): Action => ({
	type: 'downloads/limits-known', limits: {
		maxConcurrentDownloads: 2, connectionsPerFile: 8, rateLimitBytes, quietHours,
	},
});

const running = download({
	id: 'alpha', bytesPerSecond: 45.3e6, etaSeconds: 200, hosts: ['cdn.example'], connections: 1, activity: 'waiting 4 s before retry 2 of 3', retries: 2,
});
const failed = download({
	id: 'beta', status: 'failed', error: {code: 'checksum_mismatch', message: 'The file is not what it should be.', hint: 'It was deleted; try again.'},
});
const wide = download({id: '日本語モデル', status: 'paused', receivedBytes: 5e8});
const finished = download({
	id: 'gamma', status: 'completed', receivedBytes: 2e9, activeSeconds: 200, averageBytesPerSecond: 10e6, finishedAt: new Date(now - 7_200_000).toISOString(),
});

/**
Two files, the second of which comes over two connections.
*/
const inParts = download({
	id: 'delta',
	totalBytes: 2e9,
	receivedBytes: 1.3e9,
	connections: 2,
	hosts: ['cdn.example', 'mirror.example'],
	priority: 'high',
	rateLimit: 5e6,
	hours: {from: '23:00', to: '12:00'},
	files: [{path: 'delta-1.gguf', sizeBytes: 1e9, receivedBytes: 1e9}, {path: 'delta-2.gguf', sizeBytes: 1e9, receivedBytes: 3e8}],
	currentFile: 1,
	segments: [
		{
			start: 0, received: 2e8, end: 5e8, host: 'cdn.example',
		},
		{
			start: 5e8, received: 6e8, end: 1e9, host: 'mirror.example',
		},
	],
	events: [{at: '2025-12-31T10:00:00.000Z', text: 'queued'}, {at: new Date(now).toISOString(), text: 'downloading from cdn.example'}],
});

function rowOf(rows: readonly string[], text: string): string {
	return rows.find(row => row.includes(text)) ?? assert.fail(`No row has ${text}:\n${rows.join('\n')}`);
}

test('an empty list says what to do', async () => {
	using app = await drawApp({actions: [open, changed()]});
	const rows = await app.rowsWith('Nothing is being downloaded.');
	assert.match(rows.join('\n'), /1 browse, d downloads a model\./v);
});

test('a queue that cannot be read says why', async () => {
	using app = await drawApp({actions: [open, {type: 'downloads/watch-failed', error: {code: 'database_broken', message: 'The database is broken.', hint: 'Move it away.'}}]});
	const rows = await app.rowsWith('! The queue cannot be read: The database is broken.');
	assert.match(rows.join('\n'), /Move it away\./v);
});

test('a row has status, bar, share, bytes, rate and time left; what it does now stands below', async () => {
	using app = await drawApp({actions: [open, clock, changed(running, failed, wide, finished)]});
	const rows = await app.rowsWith('alpha (Q4_K_M)');
	assert.match(rowOf(rows, '› alpha'), /downloading ████░░░░\s+50% 1\.00 \/ 2\.00 GB 45\.3 MB\/s\s+3 min$/v);
	assert.match(rowOf(rows, 'beta'), /failed\s+████░░░░\s+50% 1\.00 \/ 2\.00 GB$/v);
	assert.match(rowOf(rows, '日本語'), /paused\s+██░░░░░░\s+25%/v);
	assert.match(rowOf(rows, 'gamma'), /completed\s+████████\s+100% 2\.00 \/ 2\.00 GB 10\.0 MB\/s\s+3 min$/v);
	rowOf(rows, 'Waiting 4 s before retry 2 of 3.');
	assert.match(rows[0]!, /↓1 45\.3 MB\/s 22 s$/v);
});

test('what a row waits for, retries or is being done to stands in its status', async () => {
	const soon = new Date(now + 3_600_000).toISOString();
	const pending = (id: string, changes: Partial<Download>) => download({id, status: 'pending', ...changes});
	using app = await drawApp({
		actions: [
			open,
			clock,
			limits(0, '22:00-06:00'),
			changed(
				pending('one', {startAt: soon}),
				pending('two', {hours: {from: '09:00', to: '17:00'}}),
				pending('three', {}),
				pending('four', {hours: {from: '11:30', to: '12:00'}}),
				download({id: 'five', retries: 1}),
				download({id: 'six'}),
			),
			{type: 'downloads/command-requested', command: 'pause', ids: ['six']},
		],
	});
	const rows = await app.rowsWith('six');
	const statuses = ['one', 'two', 'three', 'four', 'five', 'six'].map(id => rows.find(row => row.slice(2).startsWith(id))?.slice(22, 33).trim());
	assert.deepEqual(statuses, ['at 11:00', 'waiting', 'from 22:00', 'from 11:30', 'retrying', 'pausing'], rows.join('\n'));
});

test('the head says what all come to, and what slows them', async () => {
	using app = await drawApp({actions: [open, clock, limits(50e6, '23:00-12:00'), changed(running, failed, wide, download({id: 'later', status: 'pending', receivedBytes: 0}))]});
	const rows = await app.rowsWith('1 running');
	assert.equal(rows[2], ' 1 running · 1 waiting · 1 paused · 1 failed · 3.00 GB to go · 1 min left');
	app.terminal.resize(120, 40);
	app.dispatch({type: 'screen/resized', columns: 120, rows: 40});
	const wider = await app.rowsWith('R tries them again');
	assert.match(wider[2]!, /3\.00 GB to go · 45\.3 MB\/s · 1 min 06 s left$/v);
	assert.equal(wider[3], ' at most 50.0 MB/s · only 23:00-12:00');
});

test('the graph shows the rate of the last minutes, with what its highest bar stands for', async () => {
	const seconds = Array.from({length: 11}, (_, second): Action => ({type: 'downloads/changed', at: now + (second * 1000), downloads: [{...running, fetchedBytes: (second ** 2) * 1e6}]}));
	using app = await drawApp({columns: 120, rows: 40, actions: [open, clock, ...seconds]});
	const rows = await app.rowsWith('peak');
	assert.match(rows[3]!, /^ ▁▂▃▄▄▅▆▇▇█ peak 19\.0 MB\/s$/v);
	const before = app.terminal.output().length;
	app.dispatch({type: 'downloads/changed', at: now + 10_500, downloads: [{...running, fetchedBytes: 100e6}]});
	await app.terminal.settled();
	assert.equal(app.terminal.output().length, before, 'a frame with nothing new wrote something');
});

test('on a low screen the graph stands beside the name, also while something failed', async () => {
	const seconds = Array.from({length: 11}, (_, second): Action => ({type: 'downloads/changed', at: now + (second * 1000), downloads: [{...running, fetchedBytes: (second ** 2) * 1e6}, failed]}));
	using app = await drawApp({actions: [open, clock, limits(50e6, '23:00-12:00'), ...seconds]});
	const rows = await app.rowsWith('peak');
	assert.match(rowOf(rows, 'peak'), /^ alpha \(Q4_K_M\) {2}downloading {3}▁▂▃▄▄▅▆▇▇█ peak 19\.0 MB\/s$/v);
});

test('what is scheduled is counted apart, and what is to go is what the time is about', async () => {
	const later = download({
		id: 'later', status: 'pending', receivedBytes: 0, startAt: new Date(now + 3_600_000).toISOString(),
	});
	using app = await drawApp({actions: [open, clock, changed(running, later)]});
	const rows = await app.rowsWith('alpha');
	assert.match(rows[0]!, /↓1 45\.3 MB\/s/v);
	assert.match(rows[2]!, /^ 1 running · 1 at 11:00 · 1\.00 GB to go · 22 s left/v);
	const again = download({
		id: 'again', status: 'pending', activity: 'tries again at 10:04 (attempt 2): Could not reach example.com', retryAt: new Date(now + 240_000).toISOString(),
	});
	app.dispatch(changed(later, again));
	const waiting = await app.rowsWith('again 10:04');
	assert.match(waiting[2]!, /^ 2 scheduled · 3\.00 GB to go$/v);
});

test('wide characters keep the columns aligned', async () => {
	using app = await drawApp({actions: [open, changed(running, failed, wide)]});
	const rows = await app.rowsWith('alpha (Q4_K_M)');
	const columns = ['alpha', 'beta', '日本語'].map(name => {
		const row = rowOf(rows.slice(2, 8), name);
		return cellWidth(row.slice(0, row.indexOf('%')));
	});
	assert.equal(new Set(columns).size, 1, rows.join('\n'));
});

test('a failed download says why and what to do', async () => {
	using app = await drawApp({actions: [open, changed(failed)]});
	const rows = await app.rowsWith('! The file is not what it should be.');
	assert.match(rows.join(' '), /It was deleted; try again\./v);
	assert.match(rows.join(' '), /r tries again/v);
});

test('a finished one says how long it took, and how fast it was on average', async () => {
	using app = await drawApp({actions: [open, clock, changed(finished)]});
	const rows = await app.rowsWith('Completed and verified');
	assert.match(rows.join(' '), /2\.00 GB in 3 min 20 s, 10\.0 MB\/s on average\. 3 shows\s+what is installed/v);
});

test('the details show the parts of the file, its connections, files, settings and what happened', async () => {
	using app = await drawApp({columns: 120, rows: 40, actions: [open, clock, changed(inParts)]});
	await app.rowsWith('delta');
	await app.terminal.press('Enter');
	const rows = await app.rowsWith('what happened');
	const strip = rowOf(rows, '█>');
	assert.match(strip, /^ █+▄?>░+█+▄?>░+$/v);
	assert.equal(strip.length, 119);
	assert.match(rows.join('\n'), /█ here {3}▄ partly {3}> being fetched {3}░ missing/v);
	assert.match(rowOf(rows, 'file 2 of 2'), /delta-2\.gguf/v);

	assert.match(rows.join('\n'), /2 connections\n {3}██████░{10} at 200 MB, to 500 MB\s+cdn\.example\n {3}███░+ at 600 MB, to 1\.00 GB\s+mirror\.example/v);
	assert.match(rowOf(rows, '  delta-1.gguf'), /████████ 100 %\s+1\.00 GB/v);
	assert.match(rowOf(rows, '  delta-2.gguf'), /██░░░░░░\s+30 % +0\.30 \/ 1\.00 GB/v);
	rowOf(rows, 'high priority · at most 5.00 MB/s · only 23:00-12:00');
	assert.match(rows.join('\n'), /10:00:00 {2}downloading from cdn\.example\n\s+2025-12-31 \d\d:\d\d {2}queued/v);
	await app.terminal.press('Escape');
	await app.terminal.waitFor('received');
});

test('details that are longer than the screen say so, below the list and where they are open, and scroll', async () => {
	const events = Array.from({length: 50}, (_, index) => ({at: new Date(now).toISOString(), text: `event ${index}`}));
	using app = await drawApp({actions: [open, clock, changed({...inParts, events})]});
	await app.rowsWith('more lines: Enter');
	await app.terminal.press('Enter');
	await app.rowsWith('more lines: ↓');
	await app.terminal.press('G');
	const end = await app.rowsWith('event 0');
	assert.match(end.at(-2)!, /event 0$/v);
	await app.terminal.press('g');
	await app.rowsWith('delta (Q4_K_M)');
});

test('on a wide screen a row says all, and what happened stands beside the rest', async () => {
	using app = await drawApp({columns: 200, rows: 50, actions: [open, clock, changed(running, inParts, failed, finished)]});
	const rows = await app.rowsWith('+ delta');
	assert.match(rowOf(rows, '› alpha'), /Q4_K_M\s+downloading ██████████░░░░░░░░░░\s+50%.*45\.3 MB\/s\s+3 min\s+1 cdn\.example\s+waiting 4 s before retry 2 of 3/v);
	assert.match(rowOf(rows, '+ delta'), /2 cdn\.example \+1\s+file 2 of 2/v);
	assert.match(rowOf(rows, 'gamma'), /2 h ago/v);
	assert.match(rowOf(rows, 'beta'), /The file is not what it should be\./v);
	await app.terminal.press('j');
	await app.terminal.waitFor(() => app.terminal.screen().some(row => /delta \(Q4_K_M\).*│ {3}10:00:00 {2}downloading/v.test(row)));
});

test('progress redraws the row it is about, and not the others', async () => {
	using app = await drawApp({actions: [open, changed(failed, wide, running)]});
	await app.rowsWith('alpha (Q4_K_M)');
	await app.terminal.press('j', 'j');
	await app.terminal.waitFor(() => app.terminal.screen().some(row => row.startsWith('› beta')));
	const before = app.terminal.output().length;
	app.dispatch(changed(failed, wide, {...running, receivedBytes: 1.5e9}));
	await app.rowsWith('1.50 / 2.00 GB');
	const drawn = app.terminal.output().slice(before);
	assert.match(drawn, /75%/v);
	assert.doesNotMatch(drawn, /paused|failed|25%|50%/v);
});

test('a dialog for room shows what could go, what is chosen, and whether that is enough', async () => {
	using app = await drawApp({
		actions: [open, clock, {
			type: 'screen/dialog-opened', dialog: {
				kind: 'room',
				wanted: 'gamma (Q4_K_M)',
				missingBytes: 3e9,
				candidates: [{id: 'a', name: 'Alpha', sizeBytes: 2e9}, {
					id: 'b', name: 'Beta', sizeBytes: 4e9, lastUsed: new Date(now - (86_400_000 * 3)).toISOString(),
				}],
				chosen: new Set(['a']),
				cursor: 0,
				targets: [],
				downloads: [],
			},
		}],
	});
	const rows = await app.rowsWith('There is not enough room');
	rowOf(rows, '3.00 GB are missing for gamma (Q4_K_M).');
	assert.match(rowOf(rows, 'Alpha'), /› \[x\] Alpha\s+2\.00 GB {2}never used/v);
	assert.match(rowOf(rows, 'Beta'), /\[ \] Beta\s+4\.00 GB {2}used 3 d ago/v);
	rowOf(rows, '2.00 GB chosen of 3.00 GB needed  ! 1.00 GB more have to go');
	await app.terminal.press('j', 'Space');
	await app.rowsWith('6.00 GB chosen of 3.00 GB needed  enough');
});

test('the question at the end shows its ways with their letters, Enter takes the safe one', async () => {
	using app = await drawApp({actions: [open, changed(running)]});
	await app.rowsWith('alpha');
	await app.terminal.press('q');
	const rows = await app.rowsWith('Quit while a download is not done?');
	assert.match(rowOf(rows, ' b '), /› {1,2}b {2}quit, and let them go on in the background/v);
	rowOf(rows, 'p  pause them, then quit');
	rowOf(rows, 'x  cancel them, then quit: 1.00 GB are deleted');
	rowOf(rows, 'Esc stay here');
	await app.terminal.press('x');
	await app.rowsWith('1.00 GB already received are deleted.');
	await app.terminal.press('Escape');
	await app.terminal.waitFor(() => app.state().screen.dialog === undefined);
	assert.equal(app.state().screen.quitting, false);
});
