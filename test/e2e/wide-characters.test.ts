import assert from 'node:assert/strict';
import {test} from 'node:test';
import {generateGguf} from '../helpers/hub/generate-file.js';
import {startHub} from '../helpers/hub/start-hub.js';
import {type PtyProgram} from '../helpers/pty.js';
import {temporaryFolder} from '../helpers/temporary-folder.js';
import {startRemuda} from './start-remuda.js';

const owners = ['plain', 'wide', 'emoji', 'long', 'combining'] as const;
const names = ['model-GGUF', '日本語モデル-GGUF', '🦙モデル🐎-GGUF', `${'長い名前'.repeat(20)}-GGUF`, 'mode\u{301}le-GGUF'];
// The titles of the columns.
const heading = /model +params/v;

/**
The cell in which a text begins, in the first row that matches; -1 if it is not there. What stands in the cells counts, not how many characters they are.
*/
function columnOf(app: PtyProgram, text: string, pattern: RegExp): number {
	const row = app.screen().findIndex(line => pattern.test(line));
	const cells = row === -1 ? [] : Array.from({length: app.terminal.cols}, (_, column) => app.cellAt(column, row).text);
	return cells.findIndex((cell, index) => cell !== '' && cells.slice(index).join('').startsWith(text));
}

/**
Resolves when all of them begin in the same cell. A frame may have come in part when it is first looked at.
*/
async function waitUntilAligned(app: PtyProgram, ...texts: ReadonlyArray<readonly [text: string, row: RegExp]>): Promise<void> {
	await app.waitFor(() => {
		const [first, ...others] = texts.map(([text, row]) => columnOf(app, text, row));
		return first !== -1 && others.every(column => column === first);
	});
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

		const listed = owners.map(owner => new RegExp(`^[ ›]+${owner}/`, 'v'));
		await waitUntilAligned(app, [' src', heading], ...listed.map(row => [' hf ', row] as const));
		if (columns >= 120) {
			// The rule beside the details.
			await waitUntilAligned(app, ['│', heading], ...listed.map(row => ['│', row] as const));
		}

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
		await waitUntilAligned(app, ['quant', /model +quant/v], ['Q8_0', /^[ ›]+🦙/v]);
		app.press('q');
		assert.deepEqual(await app.waitForExit(), {code: 0, signal: undefined});
	});
}
