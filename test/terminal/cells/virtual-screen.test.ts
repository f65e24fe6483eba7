import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {CellDiffStdout} from '../../../source/terminal/cell-diff-stdout.js';
import {VirtualScreen} from '../../../source/terminal/cells/virtual-screen.js';
import {createFakeTerminal} from '../../helpers/fake-terminal.js';
import {anySgr, anySize, anyText} from '../helpers/arbitraries.js';
import {visibleCells} from '../helpers/visible-cells.js';

const anyCount = fc.integer({min: 1, max: 6});
// Not among them, because terminals differ and Ink does not do it: moves while a wrap is held back, half of a wide glyph with a style, scrolling and erasing with a background.
const anyWrite = fc.oneof(
	{weight: 4, arbitrary: anyText},
	{weight: 3, arbitrary: anyText.map(text => `${text}\n`)},
	{weight: 3, arbitrary: fc.tuple(anySgr, fc.string({maxLength: 6})).map(([sgr, text]) => `\r\u{1B}[2K\u{1B}[${sgr}m${text}\u{1B}[0m`)},
	{weight: 3, arbitrary: fc.tuple(fc.constantFrom('A', 'B', 'C', 'D', 'E', 'F', 'G', 'd'), anyCount).map(([final, count]) => `\r\u{1B}[${count}${final}`)},
	{weight: 2, arbitrary: fc.tuple(anyCount, anyCount).map(([row, column]) => `\u{1B}[${row};${column}H`)},
	{weight: 1, arbitrary: fc.constantFrom('\r', '\r\u{1B}[3C\t', '\r\u{1B}[5C\b', '\u{1B}[?25l', '\u{1B}[?25h')},
	{weight: 2, arbitrary: fc.tuple(anyCount, fc.constantFrom('K', '1K', '2K', 'J', '1J', '2J')).map(([column, erase]) => `\u{1B}[${column}G\u{1B}[${erase}`)},
);

test('what is written stands where a terminal would put it', async () => {
	await fc.assert(fc.asyncProperty(anySize, fc.array(anyWrite, {maxLength: 25}), async (size, writes) => {
		const plain = createFakeTerminal(size);
		const diffed = createFakeTerminal(size);
		const stdout = new CellDiffStdout(diffed.stdout);
		const data = `\u{1B}[?1049h\u{1B}[H${writes.join('')}`;
		plain.stdout.write(data);
		await new Promise<void>(resolve => {
			stdout.write(data, () => {
				resolve();
			});
		});
		await Promise.all([plain.settled(), diffed.settled()]);
		const screens = [visibleCells(diffed), visibleCells(plain)];
		plain.dispose();
		diffed.dispose();
		assert.deepEqual(screens[0], screens[1]);
	}), {numRuns: 200});
});

test('what is not text, style, move or erasure is handed on, in its place', () => {
	const controls: string[] = [];
	const screen = new VirtualScreen(10, 2, sequence => {
		controls.push(`${screen.rows[0]!.texts.join('').trim()} ${JSON.stringify(sequence)}`);
	});
	screen.write('a\u{1B}[?2004hb\u{1B}]2;title\u{7}c\u{1B}[>1ud\u{7}e\u{1B}Pq\u{1B}\\f\u{1B}7');
	assert.deepEqual(controls, [
		String.raw`a "\u001b[?2004h"`,
		String.raw`ab "\u001b]2;title\u0007"`,
		String.raw`abc "\u001b[>1u"`,
		String.raw`abcd "\u0007"`,
		String.raw`abcde "\u001bPq\u001b\\"`,
		String.raw`abcdef "\u001b7"`,
	]);
});

test('an unchanged line gives the very same row', () => {
	const screen = new VirtualScreen(10, 2, () => undefined);
	screen.write('\u{1B}[H\u{1B}[Jabc\n\u{1B}[31mdef\u{1B}[39m');
	const before = [...screen.rows];
	screen.write('\u{1B}[H\u{1B}[Jabc\n\u{1B}[31mdef\u{1B}[39m');
	assert.ok(screen.rows.every((row, index) => row === before[index]));
});
