import assert from 'node:assert/strict';
import {test} from 'node:test';
import {cellWidth} from '../../source/format/cells.js';
import {type Action} from '../../source/state/actions.js';
import {type Download} from '../../source/types/download.js';
import {drawApp} from '../helpers/draw-app.js';
import {download} from '../helpers/models.js';

const open: Action = {type: 'screen/tab-opened', tab: 'downloads'};

const changed = (...downloads: readonly Download[]): Action => ({type: 'downloads/changed', downloads, at: Date.parse('2026-01-01T10:00:00')});

const running = download({
	id: 'alpha', bytesPerSecond: 45.3e6, etaSeconds: 200, hosts: ['cdn.example'], connections: 1, activity: 'waiting 4 s before retry 2 of 3', retries: 2,
});
const failed = download({
	id: 'beta', status: 'failed', error: {code: 'checksum_mismatch', message: 'The file is not what it should be.', hint: 'It was deleted; try again.'},
});
const wide = download({id: '日本語モデル', status: 'paused', receivedBytes: 5e8});

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
	using app = await drawApp({actions: [open, changed(running, failed, wide)]});
	const rows = await app.rowsWith('alpha (Q4_K_M)');
	assert.match(rowOf(rows, '› alpha'), /downloading ████░░░░\s+50% 1\.00 \/ 2\.00 GB 45\.3 MB\/s\s+3 min$/v);
	assert.match(rowOf(rows, 'beta'), /failed\s+████░░░░\s+50% 1\.00 \/ 2\.00 GB$/v);
	assert.match(rowOf(rows, '日本語'), /paused\s+██░░░░░░\s+25%/v);
	rowOf(rows, 'waiting 4 s before retry 2 of 3');
	assert.match(rows[0]!, /↓1 45\.3 MB\/s 22 s$/v);
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

test('Enter opens the details over the whole body, with the log, and Esc closes them', async () => {
	using app = await drawApp({actions: [open, changed(running), changed({...running, status: 'paused'})]});
	await app.rowsWith('alpha (Q4_K_M)');
	await app.terminal.press('Enter');
	const hasList = () => app.terminal.text().includes('received');
	await app.terminal.waitFor(() => !hasList());
	assert.match(app.terminal.text(), /10:00:00 {2}paused/v);
	await app.terminal.press('Escape');
	await app.terminal.waitFor(hasList);
});

test('on a wide screen the details stand beside the list', async () => {
	using app = await drawApp({columns: 200, rows: 50, actions: [open, changed(running, failed)]});
	const rows = await app.rowsWith('from cdn.example');
	assert.match(rowOf(rows, '› alpha'), /Q4_K_M\s+downloading ██████████░░░░░░░░░░\s+50%/v);
	assert.match(rowOf(rows, 'Owner/alpha-GGUF'), /│ Owner\/alpha-GGUF · revision ffffffffffff/v);
});

test('progress redraws the row it is about, and not the others', async () => {
	using app = await drawApp({actions: [open, changed(failed, wide, running)]});
	await app.rowsWith('alpha (Q4_K_M)');
	const before = app.terminal.output().length;
	app.dispatch(changed(failed, wide, {...running, receivedBytes: 1.5e9}));
	await app.rowsWith('1.50 / 2.00 GB');
	const drawn = app.terminal.output().slice(before);
	assert.match(drawn, /75%/v);
	assert.doesNotMatch(drawn, /paused|failed|25%|50%/v);
});
