import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import stringWidth from 'string-width';
import {CellDiffStdout} from '../../source/terminal/cell-diff-stdout.js';
import {type TerminalTarget} from '../../source/terminal/terminal-stdout.js';
import {createScreen, type Screen} from '../helpers/terminal/screen.js';
import {anyDoubtfulLine, doubtfulGlyphs} from './helpers/arbitraries.js';
import {visibleCells} from './helpers/visible-cells.js';

/**
A terminal that takes what is written only when told to.
*/
class SlowTerminal implements TerminalTarget {
	readonly #resizeListeners = new Set<() => void>();
	#taken: Array<() => void> = [];
	readonly screen: Screen;
	readonly writes: string[] = [];
	columns: number;
	rows: number;
	onWrite?: () => void;

	constructor(columns: number, rows: number) {
		this.columns = columns;
		this.rows = rows;
		this.screen = createScreen(columns, rows);
	}

	write(data: string, callback: () => void): boolean {
		this.writes.push(data);
		this.screen.write(data);
		this.#taken.push(callback);
		this.onWrite?.();
		return false;
	}

	on(_event: 'resize', listener: () => void): void {
		this.#resizeListeners.add(listener);
	}

	off(_event: 'resize', listener: () => void): void {
		this.#resizeListeners.delete(listener);
	}

	resize(columns: number): void {
		this.columns = columns;
		this.screen.resize(columns, this.rows);
		for (const listener of this.#resizeListeners) {
			listener();
		}
	}

	/**
	Take all that was written, and what is written because of that, and let it stand on the screen.
	*/
	async take(): Promise<void> {
		do {
			const taken = this.#taken;
			this.#taken = [];
			for (const callback of taken) {
				callback();
			}

			await new Promise(resolve => { // eslint-disable-line no-await-in-loop -- One after the other.
				setImmediate(resolve);
			});
		} while (this.#taken.length > 0);

		await new Promise<void>(resolve => {
			this.screen.write('', resolve);
		});
	}
}

function frame(lines: readonly string[]): string {
	return `\u{1B}[?2026h\u{1B}[H\u{1B}[J${lines.join('\n')}\u{1B}[?2026l`;
}

/**
A terminal on the alternate screen that has taken the first frame.
*/
async function open(columns: number, rows: number, lines: readonly string[] = []) {
	const terminal = new SlowTerminal(columns, rows);
	const stdout = new CellDiffStdout(terminal);
	stdout.write('\u{1B}[?1049h');
	stdout.write('\u{1B}[?25l');
	stdout.write(frame(lines));
	await terminal.take();
	terminal.writes.length = 0;
	return {terminal, stdout};
}

test('only the cells that changed are sent, in one update', async () => {
	const {terminal, stdout} = await open(20, 4, ['first', 'second', '\u{1B}[31mthird\u{1B}[39m']);
	stdout.write(frame(['first', 'secant', '\u{1B}[31mthirX\u{1B}[39m']));
	await terminal.take();
	assert.deepEqual(terminal.writes, ['\u{1B}[?2026h\u{1B}[2;4Hant\u{1B}[B\b\b\u{1B}[31mX\u{1B}[m\u{1B}[?2026l']);
	assert.deepEqual(terminal.screen.rows(), ['first', 'secant', 'thirX', '']);
});

test('a frame without a change sends nothing', async () => {
	const {terminal, stdout} = await open(20, 4, ['first', 'second']);
	stdout.write(frame(['first', 'second']));
	await terminal.take();
	assert.deepEqual(terminal.writes, []);
});

test('a slow terminal costs frames, but never the last one', async () => {
	const {terminal, stdout} = await open(40, 4);
	for (let count = 1; count <= 100; count++) {
		stdout.write(frame([`count ${count}`, '='.repeat(count % 40)]));
	}

	let isWritten = false;
	stdout.write('', () => {
		isWritten = true;
	});
	assert.equal(terminal.writes.length, 1);
	await new Promise(resolve => {
		setImmediate(resolve);
	});
	assert.equal(isWritten, false);
	await terminal.take();
	assert.equal(isWritten, true);
	assert.equal(terminal.writes.length, 2);
	assert.deepEqual(terminal.screen.rows(), ['count 100', '='.repeat(20), '', '']);
});

test('a write that fails is taken as written', async () => {
	const terminal = new SlowTerminal(20, 4);
	const stdout = new CellDiffStdout(Object.assign(terminal, {
		write(_data: string, callback: (error: Error) => void) {
			callback(new Error('EIO'));
			return true;
		},
	}));
	stdout.write('\u{1B}[?1049h');
	stdout.write(frame(['a']));
	stdout.write(frame(['b']));
	const {promise, resolve} = Promise.withResolvers<string>();
	stdout.write('', () => {
		resolve('written');
	});
	assert.equal(await promise, 'written');
});

test('controls go through in their place; within a frame they are dropped', async () => {
	const {terminal, stdout} = await open(20, 4);
	stdout.write('\u{1B}[?2004h');
	stdout.write('\u{1B}[?2026h\u{1B}[H\u{1B}[Ja\u{1B}[2;3rb\u{1B}]52;c;aGk=\u{7}c\u{1B}[?2026l');
	stdout.write('\u{1B}[?2004l');
	await terminal.take();
	assert.deepEqual(terminal.writes, ['\u{1B}[?2004h', '\u{1B}[?2026h\u{1B}[Habc\u{1B}[?2026l', '\u{1B}[?2004l']);
});

test('a cursor that is shown stands where it was put', async () => {
	const {terminal, stdout} = await open(20, 4, ['> text']);
	stdout.write('\u{1B}[?2026h\u{1B}[H\u{1B}[J> text\nmore\u{1B}[A\u{1B}[7G\u{1B}[?25h\u{1B}[?2026l');
	await terminal.take();
	assert.deepEqual(terminal.screen.cursor(), {column: 6, row: 0, visible: true});
	stdout.write('\u{1B}[?2026h\u{1B}[?25l\u{1B}[H\u{1B}[J> text\nmore!\u{1B}[A\u{1B}[8G\u{1B}[?25h\u{1B}[?2026l');
	await terminal.take();
	assert.deepEqual(terminal.screen.cursor(), {column: 7, row: 0, visible: true});
	stdout.write('\u{1B}[?25l');
	await terminal.take();
	assert.equal(terminal.screen.cursor().visible, false);
});

test('on the primary screen the old content moves up, and the last frame stays', async () => {
	const terminal = new SlowTerminal(20, 4);
	terminal.screen.write('$ ls\nfile\n$ remuda');
	const stdout = new CellDiffStdout(terminal);
	stdout.takeOver();
	stdout.write(frame(['one', 'two', 'three']));
	await terminal.take();
	assert.deepEqual(terminal.screen.rows(), ['one', 'two', 'three', '']);
	stdout.handBack();
	stdout.write('after\n');
	await terminal.take();
	const {active} = terminal.screen.terminal.buffer;
	const all = Array.from({length: active.length}, (_, row) => active.getLine(row)!.translateToString(true)).join('\n').trim();
	assert.equal(all, '$ ls\nfile\n$ remuda\none\ntwo\nthree\nafter');
});

test('a new size is painted whole, and once for many sizes', async () => {
	const {terminal, stdout} = await open(20, 4, ['one', 'two']);
	for (const columns of [21, 22, 23, 24]) {
		terminal.resize(columns);
		stdout.write(frame(['one', `${columns} columns`]));
	}

	await new Promise<void>(resolve => {
		stdout.write('', () => {
			resolve();
		});
		terminal.onWrite = () => {
			void terminal.take();
		};
	});
	await terminal.take();
	assert.equal(terminal.writes.length, 1);
	assert.deepEqual(terminal.screen.rows(), ['one', '24 columns', '', '']);
});

for (const glyph of doubtfulGlyphs) {
	test(`what follows ${glyph} stands in its column, whatever the terminal takes for its width`, async () => {
		const {terminal, stdout} = await open(20, 3);
		const column = stringWidth(glyph);
		stdout.write(frame([`${glyph}|after`, 'x'.repeat(18) + 'yz', `${'.'.repeat(20 - column)}${glyph}`]));
		await terminal.take();
		assert.equal(terminal.screen.cellAt(column, 0).text, '|');
		assert.equal(terminal.screen.cellAt(column + 5, 0).text, 'r');
		assert.equal(terminal.screen.rows()[1], 'x'.repeat(18) + 'yz');

		stdout.write(frame(['-|again', 'x'.repeat(20), `${glyph}${'.'.repeat(20 - column)}`]));
		await terminal.take();
		assert.deepEqual(terminal.screen.rows().slice(0, 2), ['-|again', 'x'.repeat(20)]);
		assert.equal(terminal.screen.cellAt(column, 2).text, '.');
		assert.equal(terminal.screen.cellAt(19, 2).text, '.');
	});
}

test('with glyphs of doubtful width too, a screen that changed equals one that was painted anew', async () => {
	const anyFrame = fc.array(anyDoubtfulLine.filter(line => stringWidth(line) <= 60), {maxLength: 3});
	await fc.assert(fc.asyncProperty(fc.array(anyFrame, {minLength: 2, maxLength: 6}), async frames => {
		const {terminal, stdout} = await open(60, 3);
		for (const lines of frames) {
			stdout.write(frame(lines));
			await terminal.take(); // eslint-disable-line no-await-in-loop -- One after the other.
		}

		const {terminal: fresh} = await open(60, 3, frames.at(-1));
		assert.deepEqual(visibleCells(terminal.screen), visibleCells(fresh.screen));
	}), {numRuns: 150});
});
