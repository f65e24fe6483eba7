import assert from 'node:assert/strict';
import {test} from 'node:test';
import {cellWidth} from '../../source/format/cells.js';
import {type Action} from '../../source/state/actions.js';
import {installedModel, libraryOf} from '../helpers/app-state.js';
import {drawApp, type DrawnApp} from '../helpers/draw-app.js';
import {
	download,
	modelDetails,
	registryModel,
	searchResult,
	variant,
	verdict,
} from '../helpers/models.js';

const models = [
	registryModel({
		id: 'alpha', name: 'Alpha Coder 7B (Q4_K_M)', recommended: true, description: 'Writes and explains code.',
	}),
	registryModel({
		id: 'huge', name: 'Huge 70B (Q4_K_M)', parameters: 70e9, fileSize: 40e9,
	}),
	registryModel({id: 'wide', name: '日本語モデル 👩‍💻 (Q8_0)', quantization: 'Q8_0'}),
];
const registry: Action = {type: 'registry/loaded', models};
const fits: Action = {
	type: 'browse/fits-judged', fits: new Map([['alpha', verdict('gpu')], ['huge', verdict('none', 44e9)], ['wide', verdict('tight')]]),
};

const repository = 'Owner/qwen-3B-GGUF';
const search: readonly Action[] = [
	{type: 'browse/query-typed', keypress: {name: 'paste', text: 'qwen'}},
	{type: 'browse/search-requested', text: 'qwen', delayMs: 0},
];
const found: Action = {
	type: 'browse/search-succeeded',
	text: 'qwen',
	page: {results: [searchResult(repository, {downloads: 1_234_567, likes: 345, license: 'apache-2.0'}), searchResult('Owner/gated-qwen-GGUF', {gated: true})], nextCursor: 'x'},
};
const variants = [variant(repository, 'Q2_K', 1e9), variant(repository, 'Q4_K_M', 2e9)];
const details: readonly Action[] = [
	{type: 'browse/details-succeeded', repository, details: modelDetails(repository, variants, {license: 'apache-2.0', contextLength: 32_768, architectureName: 'qwen2'})},
	{type: 'browse/fits-judged', fits: new Map(variants.map(({ref}) => [ref, verdict('memory')]))},
];

function rowOf(rows: readonly string[], text: string): string {
	return rows.find(row => row.includes(text)) ?? assert.fail(`No row has ${text}:\n${rows.join('\n')}`);
}

/**
The half to the right without its spaces, which wrapping puts anywhere.
*/
function detailsOf(rows: readonly string[]): string {
	return rows.map(row => row.split('│', 2)[1] ?? '').join('').replaceAll(/\s+/gv, '');
}

/**
The column of a word, in cells.
*/
function columnOf(row: string, word: string): number {
	return cellWidth(row.slice(0, row.indexOf(word)));
}

test('a row says what decides: name, parameters, quantization, size, context, fit in words, source', async () => {
	using app = await drawApp({actions: [registry, fits]});
	const rows = await app.rowsWith('Alpha Coder 7B');
	assert.match(rowOf(rows, 'Alpha'), /^›\s+\* Alpha Coder 7B\s+7B Q4_K_M\s+4\.00 GB\s+32K ✓ on GPU\s+reg/v);
	assert.match(rowOf(rows, 'Huge'), /70B Q4_K_M\s+40\.0 GB\s+32K ✗ too big/v);
	assert.match(rowOf(rows, '日本語'), /~ tight/v);
	assert.match(rowOf(rows, 'Writes and explains'), /^ Writes/v);
	assert.match(rowOf(rows, 'It is gpu.'), /^ ✓/v);
});

test('wide characters keep the columns aligned', async () => {
	using narrow = await drawApp({actions: [registry, fits]});
	const rows = await narrow.rowsWith('Alpha Coder 7B');
	const names = ['Alpha', 'Huge', '日本語'];
	assert.equal(new Set(names.map(name => columnOf(rowOf(rows, name), 'reg'))).size, 1, rows.join('\n'));
	using wide = await drawApp({columns: 120, rows: 40, actions: [registry, fits]});
	const wideRows = await wide.rowsWith('Alpha Coder 7B');
	assert.equal(new Set(wideRows.slice(4, 38).map(row => columnOf(row, '│'))).size, 1, wideRows.join('\n'));
});

test('the selected row is inverse where the list has the focus, and only marked where the search has it', async () => {
	using app = await drawApp({actions: [registry, fits]});
	await app.rowsWith('Alpha Coder 7B');
	assert.equal(app.terminal.cellAt(10, 5).inverse, true, app.terminal.text());
	await app.terminal.press('/');
	await app.terminal.waitFor(() => !app.terminal.cellAt(10, 5).inverse);
	assert.equal(app.terminal.cellAt(0, 5).text, '·');
	await app.terminal.type('zz');
	await app.terminal.waitFor('zz');
});

test('what is installed, in the queue or marked has its sign', async () => {
	const {request} = download({id: 'huge'});
	using app = await drawApp({
		actions: [
			registry,
			fits,
			libraryOf(installedModel({id: 'alpha', source: 'hugging-face'})),
			{type: 'downloads/changed', at: 0, downloads: [download({id: 'huge', request: {...request, repository: 'Owner/huge-GGUF'}})]},
			{type: 'browse/mark-toggled'},
		],
	});
	const rows = await app.rowsWith('1 marked');
	assert.match(rowOf(rows, 'Alpha'), /^ •✓\*/v);
	assert.match(rowOf(rows, 'Huge'), /↓ /v);
});

test('a search says how it goes, then what was found, where, and that there is more', async () => {
	using app = await drawApp({actions: [registry, fits, ...search]});
	await app.rowsWith('searching Hugging Face for “qwen” …');
	app.dispatch(found);
	const rows = await app.rowsWith('0 of the registry, 2+ on Hugging Face');
	assert.match(rowOf(rows, repository), /3B\s+–\s+hf$/v);
	assert.match(rowOf(rows, '1.2M downloads'), /345 likes · licence apache-2\.0/v);
	await app.rowsWith('Enter shows its variants and which of them fit.');
});

test('offline says why and how to try again, and shows the registry', async () => {
	const failed: Action = {
		type: 'browse/search-failed', text: 'alpha', error: {code: 'offline', message: 'Cannot reach the hub.', hint: 'Check the cable.'},
	};
	using app = await drawApp({
		actions: [
			registry,
			fits,
			{type: 'browse/query-typed', keypress: {name: 'paste', text: 'alpha'}},
			{type: 'browse/search-requested', text: 'alpha', delayMs: 0},
			failed,
		],
	});
	const rows = await app.rowsWith('! Offline: Cannot reach the hub. r tries again.');
	rowOf(rows, 'Alpha Coder 7B');
	assert.match(app.terminal.cellAt(3, 3).foreground, /palette:1/v);
});

test('no match is said, with what to do', async () => {
	using app = await drawApp({actions: [registry, ...search, {type: 'browse/search-succeeded', text: 'qwen', page: {results: []}}]});
	const rows = await app.rowsWith('No match for “qwen” in the registry or on Hugging Face.');
	assert.match(rows.join('\n'), /\/ edits the search, Esc clears it\./v);
});

test('on 80 columns the details take the whole body', async () => {
	using app = await drawApp({actions: [registry, fits, ...search, found, ...details]});
	await app.rowsWith(repository);
	await app.terminal.press('Enter');
	const rows = await app.rowsWith('Q2_K');
	assert.equal(rows.some(row => row.includes('gated-qwen')), false, 'the list is still there');
	assert.match(rowOf(rows, 'qwen2'), /3B parameters · qwen2 · 32,768 tokens of context/v);
	assert.match(rowOf(rows, 'needs'), /Q4_K_M needs 5\.00 GB: weights 5\.00 GB/v);
	assert.match(rowOf(rows, '› Q4_K_M'), /2\.00 GB ✓ fits/v);
	await app.terminal.press('Up');
	await app.rowsWith('› Q2_K');
	await app.terminal.press('Escape');
	await app.rowsWith('gated-qwen');
});

test('on a wide screen list and details stand side by side', async () => {
	using app = await drawApp({columns: 200, rows: 50, actions: [registry, fits, ...search, found, ...details]});
	const rows = await app.rowsWith('downloads    1k, 10 likes');
	rowOf(rows, 'gated-qwen');
	assert.match(rowOf(rows, 'licence      '), /licence\s+apache-2\.0/v);
	assert.match(rowOf(rows, '1.2M'), /1\.2M\s+345 Hugging Face/v);
});

test('a gated repository says what to do about it', async () => {
	using app = await drawApp({columns: 120, rows: 40, actions: [registry, ...search, found, {type: 'browse/moved', move: 'down'}]});
	const rows = await app.rowsWith('! Gated: log in');
	assert.match(detailsOf(rows), /https:\/\/huggingface\.co\/Owner\/gated-qwen-GGUF,thensetHF_TOKEN/v);
});

test('details that could not be had say why', async () => {
	using app = await drawApp({
		columns: 120,
		rows: 40,
		actions: [registry, fits, {type: 'browse/details-failed', repository: 'Owner/alpha-GGUF', error: {code: 'offline', message: 'Cannot reach the hub.', hint: 'Check the cable.'}}],
	});
	const rows = await app.rowsWith('! Cannot reach the hub.');
	assert.match(detailsOf(rows), /Checkthecable\.rtriesagain/v);
	assert.match(rowOf(rows, '·   Q4_K_M'), /4\.00 GB ✓ on GPU/v);
});

test('a long notice takes as many rows as it needs, and gives them back with the next key', async () => {
	using app = await drawApp({actions: [registry, fits, {type: 'screen/noticed', notice: {kind: 'error', text: `${'word '.repeat(30)}the end`}}]});
	const rows = await app.rowsWith('end');
	assert.match(rows[21]!, /^ ! word/v);
	assert.match(rows[23]!, /end$/v);
	await app.terminal.press('j');
	await app.rowsWith('/ search');
});

const many: Action = {
	type: 'registry/loaded',
	models: Array.from({length: 50_000}, (_, index) => registryModel({id: `m${index}`, name: `Model ${index}`, fileSize: 1e9 + index})),
};

async function drawMany(): Promise<DrawnApp> {
	return drawApp({actions: [many, {type: 'browse/sort-cycled'}]});
}

test('of 50,000 models only the rows of the window are drawn, and a step redraws two of them', async () => {
	using app = await drawMany();
	await app.rowsWith('Model 14');
	assert.doesNotMatch(app.terminal.output(), /Model 15/v);
	const before = app.terminal.output().length;
	await app.terminal.press('j');
	await app.terminal.waitFor(() => app.terminal.cellAt(0, 6).text === '›');
	const drawn = new Set(app.terminal.output().slice(before).match(/Model \d+/gv));
	assert.deepEqual([...drawn].toSorted(), ['Model 0', 'Model 1']);
});

test('50,000 models scroll to the end and filter down to one', async () => {
	using app = await drawMany();
	await app.terminal.press('G');
	await app.rowsWith('› ');
	await app.rowsWith('Model 49999');
	await app.terminal.press('/');
	await app.terminal.type('m31415');
	const shownModels = () => app.terminal.screen().filter(row => row.includes('Model '));
	await app.terminal.waitFor(() => shownModels().length === 1);
	assert.match(shownModels()[0]!, /Model 31415/v);
});
