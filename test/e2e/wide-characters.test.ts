import assert from 'node:assert/strict';
import {test} from 'node:test';
import {generateGguf} from '../helpers/hub/generate-file.js';
import {startHub} from '../helpers/hub/start-hub.js';
import {type PtyProgram} from '../helpers/pty.js';
import {temporaryFolder} from '../helpers/temporary-folder.js';
import {startRemuda} from './start-remuda.js';

const owners = ['plain', 'wide', 'emoji', 'long', 'combining'] as const;
const names = ['model-GGUF', '日本語モデル-GGUF', '🦙モデル🐎-GGUF', `${'長い名前'.repeat(20)}-GGUF`, 'mode\u{301}le-GGUF'];

/**
The cell in which a text begins, in the first row that matches; what stands in the cells counts, not how many characters they are.
*/
function columnOf(app: PtyProgram, text: string, pattern: RegExp): number {
	const row = app.screen().findIndex(line => pattern.test(line));
	assert.notEqual(row, -1, `No row as ${String(pattern)}:\n${app.text()}`);
	const cells = Array.from({length: app.terminal.cols}, (_, column) => app.cellAt(column, row).text);
	return cells.findIndex((cell, index) => cell !== '' && cells.slice(index).join('').startsWith(text));
}

for (const [columns, rows] of [[80, 24], [120, 30]] as const) {
	test(`names of wide, joined and too many characters keep the columns aligned, ${columns}×${rows}`, async () => {
		await using folder = await temporaryFolder();
		const files = {'日本語🦙.Q8_0.gguf': generateGguf({sizeBytes: 200_000, seed: 5})};
		await using hub = await startHub({repositories: owners.map((owner, index) => ({id: `${owner}/${names[index]!}`, downloads: 5 - index, files}))});
		await using app = startRemuda({
			home: folder.path, hub: hub.url, columns, rows,
		});
		await app.waitFor('89 models');
		app.press('/');
		app.type('gguf');
		await app.waitFor('5 on Hugging Face');
		app.press('Enter');
		await app.waitFor('Enter details');
		app.press('G');
		await app.waitFor(/› .*combining\//v);

		const sources = owners.map(owner => columnOf(app, ' hf ', new RegExp(`^[ ›]+${owner}/`, 'v')));
		const expected = columnOf(app, ' src', /model +params/v);
		assert.deepEqual(sources, owners.map(() => expected));
		// The rule beside the details, where there is one.
		const rules = owners.map(owner => columnOf(app, '│', new RegExp(`^[ ›]+${owner}/`, 'v')));
		assert.deepEqual(rules, owners.map(() => columnOf(app, '│', /model +params/v)));

		app.press('k');
		await app.waitFor(/› .*long\//v);
		app.press('k');
		await app.waitFor(/› .*emoji\//v);
		app.press('Enter');
		await app.waitFor(/› +Q8_0/v);
		app.press('d');
		await app.waitFor(/Queued/v);
		app.press('2');
		await app.waitFor(/› 🦙モデル🐎.* completed/v);
		assert.equal(columnOf(app, 'completed', /^› 🦙/v), columnOf(app, 'status', /model .*status/v));
		app.press('3');
		await app.waitFor(/model +quant[\s\S]*🦙モデル🐎.*Q8_0/v);
		assert.equal(columnOf(app, 'Q8_0', /^[ ›]+🦙/v), columnOf(app, 'quant', /model +quant/v));
		app.press('q');
		await app.waitForExit();
	});
}
