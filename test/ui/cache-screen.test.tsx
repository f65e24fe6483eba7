import assert from 'node:assert/strict';
import {test} from 'node:test';
import {cellWidth} from '../../source/format/cells.js';
import {type Action} from '../../source/state/actions.js';
import {installedModel, libraryOf} from '../helpers/app-state.js';
import {drawApp} from '../helpers/draw-app.js';

const open: Action = {type: 'screen/tab-opened', tab: 'cache'};
const clock: Action = {type: 'screen/clock-ticked', now: Date.parse('2026-01-10T00:00:00.000Z')};

const starter = installedModel({id: 'starter', name: 'Tinychat 2.6M'});
const alpha = installedModel({
	id: 'alpha',
	ref: 'hf:Owner/alpha-GGUF:Q4_K_M',
	name: 'Alpha 7B (Q4_K_M)',
	quantization: 'Q4_K_M',
	source: 'hugging-face',
	sizeBytes: 4.5e9,
	license: 'MIT',
	path: '/models/alpha.gguf',
	files: [{
		path: '/models/alpha.gguf', sizeBytes: 4.5e9, checksum: `sha256:${'0'.repeat(64)}`, role: 'model',
	}],
	lastUsed: '2026-01-09T20:00:00.000Z',
	useCount: 12,
});
const wide = installedModel({
	id: 'wide', name: '日本語モデル 👩‍💻', source: 'hugging-face', sizeBytes: 2e9,
});
const library = libraryOf(alpha, wide, starter);

function rowOf(rows: readonly string[], text: string): string {
	return rows.find(row => row.includes(text)) ?? assert.fail(`No row has ${text}:\n${rows.join('\n')}`);
}

test('a row has size, quantization, source, last use and use count; above stands the disk', async () => {
	using app = await drawApp({actions: [clock, library, open]});
	const rows = await app.rowsWith('Alpha 7B');
	assert.match(rowOf(rows, '› Alpha'), /Q4_K_M\s+4\.50 GB hub\s+4 h ago\s+12/v);
	assert.match(rowOf(rows, 'Tinychat'), /2\.83 MB built-in never\s+0/v);
	assert.match(rows[2]!, /3 downloaded, 0 B · ████░░░░ 50\.0 GB free of 100 GB/v);
	rowOf(rows, '/models/alpha.gguf');
});

test('wide characters keep the columns aligned', async () => {
	using app = await drawApp({actions: [clock, library, open]});
	const rows = await app.rowsWith('Alpha 7B');
	const columns = ['› Alpha', '日本語'].map(name => {
		const row = rowOf(rows, name);
		return cellWidth(row.slice(0, row.indexOf('hub')));
	});
	assert.equal(columns[0], columns[1], rows.join('\n'));
});

test('a check shows bytes, rate and time left, then what was found', async () => {
	using app = await drawApp({
		actions: [
			clock,
			library,
			open,
			{type: 'cache/verify-requested', ids: ['alpha', 'wide']},
			{
				type: 'cache/verify-progressed', id: 'alpha', doneBytes: 1.5e9, totalBytes: 4.5e9, bytesPerSecond: 5e8,
			},
		],
	});
	const rows = await app.rowsWith('33%');
	assert.match(rows[2]!, /███░░░░░░░ 1\.50 \/ 4\.50 GB · 500 MB\/s · 6 s · checking Alpha 7B/v);
	app.dispatch({
		type: 'cache/verify-done', result: {
			id: 'alpha', status: 'changed', path: '/models/alpha.gguf', expected: 'sha256:aaa', actual: 'sha256:bbb',
		},
	});
	const after = await app.rowsWith('✗ changed');
	assert.match(after.join(' '), /✗ \/models\/alpha\.gguf changed: it is bbb…, and should be aaa…\./v);
});

test('a model that is gone or cannot be read says so', async () => {
	using app = await drawApp({
		actions: [
			library,
			open,
			{type: 'cache/verify-requested', ids: ['alpha', 'wide']},
			{type: 'cache/verify-done', result: {id: 'alpha', status: 'missing', path: '/models/alpha.gguf'}},
			{type: 'cache/verify-failed', id: 'wide', error: {code: 'unreadable', message: 'It cannot be read.'}},
		],
	});
	const rows = await app.rowsWith('✗ missing');
	rowOf(rows, '! failed');
	assert.match(rows.join(' '), /\/models\/alpha\.gguf is missing\. x removes the rest/v);
});

test('nothing installed, nothing that matches, and a list that cannot be read each say what to do', async () => {
	using app = await drawApp({actions: [libraryOf(), open]});
	await app.rowsWith('Nothing is installed.');
	app.dispatch(library);
	await app.terminal.press('/');
	await app.terminal.type('zzz');
	await app.rowsWith('No installed model matches “zzz”.');
	using broken = await drawApp({actions: [{type: 'library/refresh-failed', error: {code: 'database_broken', message: 'The database is broken.', hint: 'Move it away.'}}, open]});
	const rows = await broken.rowsWith('! The database is broken.');
	assert.match(rows.join('\n'), /Move it away\. r tries again\./v);
});

test('removal asks, and names model and bytes', async () => {
	using app = await drawApp({actions: [library, open]});
	await app.rowsWith('Alpha 7B');
	await app.terminal.press('x');
	const rows = await app.rowsWith('Remove this model?');
	rowOf(rows, 'Alpha 7B (Q4_K_M), 4.50 GB');
	rowOf(rows, '4.50 GB are freed. They would have to be downloaded again.');
	assert.match(rowOf(rows, 'Enter remove'), /Esc keep everything as it is/v);
});

test('a list of models longer than the dialog says how many more', async () => {
	const many = Array.from({length: 40}, (_, index) => installedModel({id: `m${index}`, name: `Model ${index}`, source: 'hugging-face'}));
	using app = await drawApp({actions: [libraryOf(...many), open]});
	await app.terminal.press('X');
	const rows = await app.rowsWith('Remove all 40 downloaded models?');
	assert.match(rowOf(rows, '… and '), /… and 28 more/v);
	rowOf(rows, '113 MB are freed. The starter model stays.');
	assert.match(rowOf(rows, 'Enter remove all'), /Esc keep/v);
});

test('on a wide screen all that is recorded stands beside the list', async () => {
	using app = await drawApp({columns: 200, rows: 50, actions: [clock, library, open]});
	const rows = await app.rowsWith('used 12 times, last 4 h ago');
	assert.match(rows.join('\n'), /licence MIT/v);
	assert.match(rowOf(rows, 'ref '), /hf:Owner\/alpha-GGUF:Q4_K_M/v);
	rowOf(rows, `sha256:${'0'.repeat(64)}`);
	assert.match(rowOf(rows, '› Alpha'), /9 d ago\s+4 h ago/v);
});
