import process from 'node:process';
import headless, {type IBufferCell, type Terminal} from '@xterm/headless';
import unicode11 from '@xterm/addon-unicode11';
import {applySgr, neutral} from '../../../source/terminal/cells/style.js';

/**
One cell as it stands on the screen. A colour is `default`, `palette:0`…`palette:255` or `rgb:rrggbb`.
*/
export type ScreenCell = {
	/**
	Empty in the second half of a wide character, a space in a blank cell.
	*/
	readonly text: string;
	readonly width: number;
	readonly bold: boolean;
	readonly dim: boolean;
	readonly italic: boolean;
	readonly underline: boolean;
	readonly blink: boolean;
	readonly inverse: boolean;
	readonly invisible: boolean;
	readonly strikethrough: boolean;
	readonly overline: boolean;
	readonly foreground: string;
	readonly background: string;
};

export type Condition = string | RegExp | (() => boolean);

export type WaitOptions = {
	/**
	After so many milliseconds the wait fails and shows the screen. The default is 15,000.
	*/
	readonly deadline?: number;
	/**
	Ends the wait early: nothing more will come. The reason, a text, goes into the message.
	*/
	readonly signal?: AbortSignal;
};

/**
A terminal without a window: what was written to it stands in cells, as in a real one.
*/
export type Screen = {
	readonly terminal: Terminal;
	readonly write: (data: string | Uint8Array, done?: () => void) => void;
	readonly resize: (columns: number, rows: number) => void;
	/**
	The visible rows as text, without trailing blanks.
	*/
	readonly rows: () => string[];
	/**
	The same in one string.
	*/
	readonly text: () => string;
	/**
	Column and row count from 0, at the top left.
	*/
	readonly cellAt: (column: number, row: number) => ScreenCell;
	readonly cursor: () => {column: number; row: number; visible: boolean};
	/**
	Modes a program may have left on: `alternate screen`, `hidden cursor`, `bracketed paste`, `mouse`, `synchronised output`, `no wrap`, `application cursor keys`, `style` (text would not be plain).
	*/
	readonly leftoverModes: () => string[];
	/**
	Resolve when the screen contains the text or matches the pattern, or when the function returns true. Looked at after each write, and at times between.

	@throws {Error} At the deadline; the message shows the screen.
	*/
	readonly waitFor: (condition: Condition, options?: WaitOptions) => Promise<void>;
	readonly dispose: () => void;
};

function colour(cell: IBufferCell, kind: 'Fg' | 'Bg'): string {
	if (kind === 'Fg' ? cell.isFgDefault() : cell.isBgDefault()) {
		return 'default';
	}

	const value = kind === 'Fg' ? cell.getFgColor() : cell.getBgColor();
	const isRgb = kind === 'Fg' ? cell.isFgRGB() : cell.isBgRGB();
	return isRgb ? `rgb:${value.toString(16).padStart(6, '0')}` : `palette:${value}`;
}

function toScreenCell(cell: IBufferCell): ScreenCell {
	return {
		text: cell.getWidth() === 0 ? '' : cell.getChars().padEnd(1),
		width: cell.getWidth(),
		bold: cell.isBold() !== 0,
		dim: cell.isDim() !== 0,
		italic: cell.isItalic() !== 0,
		underline: cell.isUnderline() !== 0,
		blink: cell.isBlink() !== 0,
		inverse: cell.isInverse() !== 0,
		invisible: cell.isInvisible() !== 0,
		strikethrough: cell.isStrikethrough() !== 0,
		overline: cell.isOverline() !== 0,
		foreground: colour(cell, 'Fg'),
		background: colour(cell, 'Bg'),
	};
}

/**
The screen as a picture for error messages.
*/
export function frameScreen(rows: readonly string[], columns: number): string {
	const edge = '─'.repeat(columns);
	return [`┌${edge}┐`, ...rows.map(row => `│${row}`), `└${edge}┘`].join('\n');
}

function isHolding(condition: Condition, text: string): boolean {
	if (typeof condition === 'function') {
		return condition();
	}

	return typeof condition === 'string' ? text.includes(condition) : condition.test(text);
}

export function createScreen(columns: number, rows: number): Screen {
	const terminal = new headless.Terminal({
		cols: columns, rows, allowProposedApi: true, convertEol: true, scrollback: 1000,
	});
	terminal.loadAddon(new unicode11.Unicode11Addon());
	terminal.unicode.activeVersion = '11';

	let isCursorVisible = true;
	const watchCursor = (final: string, isVisible: boolean) => {
		terminal.parser.registerCsiHandler({prefix: '?', final}, parameters => {
			isCursorVisible = parameters.includes(25) ? isVisible : isCursorVisible;
			return false;
		});
	};

	watchCursor('h', true);
	watchCursor('l', false);

	let style = neutral;
	terminal.parser.registerCsiHandler({final: 'm'}, parameters => {
		style = applySgr(style, parameters.flat().join(';'));
		return false;
	});

	const line = (row: number) => terminal.buffer.active.getLine(terminal.buffer.active.baseY + row);
	// A line may be longer than the screen is wide, after it shrank.
	const allRows = () => Array.from({length: terminal.rows}, (_, row) => line(row)?.translateToString(true, 0, terminal.cols).trimEnd() ?? '');
	const text = () => allRows().join('\n');

	const leftoverModes = () => {
		const {modes} = terminal;
		const found: Array<[string, boolean]> = [
			['alternate screen', terminal.buffer.active.type === 'alternate'],
			['hidden cursor', !isCursorVisible],
			['bracketed paste', modes.bracketedPasteMode],
			['mouse', modes.mouseTrackingMode !== 'none'],
			['synchronised output', modes.synchronizedOutputMode],
			['no wrap', !modes.wraparoundMode],
			['application cursor keys', modes.applicationCursorKeysMode],
			['style', style !== neutral],
		];
		return found.filter(([, isOn]) => isOn).map(([name]) => name);
	};

	const waitFor = async (condition: Condition, {deadline = 60_000, signal}: WaitOptions = {}) => {
		const fail = (reason: string) => new Error(`${reason} while waiting for ${String(condition)}. The screen:\n${frameScreen(allRows(), terminal.cols)}`);
		if (isHolding(condition, text())) {
			return;
		}

		if (signal?.aborted) {
			throw fail(String(signal.reason));
		}

		const {promise, resolve, reject} = Promise.withResolvers<void>();
		const check = () => {
			try {
				if (isHolding(condition, text())) {
					resolve();
				}
			} catch (error) {
				reject(error);
			}
		};

		const subscription = terminal.onWriteParsed(check);
		// A condition may look at more than the screen.
		const interval = setInterval(check, 25);
		const timeout = setTimeout(() => {
			reject(fail(`${deadline} ms went by`));
		}, deadline);
		const handleAbort = () => {
			check();
			reject(fail(String(signal?.reason)));
		};

		signal?.addEventListener('abort', handleAbort);
		try {
			await promise;
		} finally {
			subscription.dispose();
			clearInterval(interval);
			clearTimeout(timeout);
			signal?.removeEventListener('abort', handleAbort);
		}
	};

	return {
		terminal,
		write(data, done) {
			terminal.write(data, done);
		},
		resize(newColumns, newRows) {
			terminal.resize(newColumns, newRows);
		},
		rows: allRows,
		text,
		cellAt(column, row) {
			const cell = line(row)?.getCell(column);
			if (!cell) {
				throw new RangeError(`No cell at column ${column}, row ${row}.`);
			}

			return toScreenCell(cell);
		},
		cursor: () => ({column: terminal.buffer.active.cursorX, row: terminal.buffer.active.cursorY, visible: isCursorVisible}),
		leftoverModes,
		waitFor,
		dispose() {
			terminal.dispose();
		},
	};
}

const developersOwn = new Set([
	'COLORTERM',
	'NO_COLOR',
	'FORCE_COLOR',
	'NODE_ENV',
	'NODE_OPTIONS',
	// Set by Node's own test runner, and taken for orders by a Node below it.
	'NODE_TEST_CONTEXT',
	'TMUX',
	'STY',
	// Whatever its value, chalk shows no colours then.
	'CI',
	'CONTINUOUS_INTEGRATION',
	'COLUMNS',
	'LINES',
]);

/**
The environment for a program under test: a plain 256-colour terminal, never taken for continuous integration, without what the developer's own shell sets.
*/
export function terminalEnvironment(extra: Readonly<Record<string, string | undefined>> = {}): Record<string, string> {
	const environment = new Map<string, string | undefined>([
		...Object.entries(process.env).filter(([name]) => !developersOwn.has(name)),
		['TERM', 'xterm-256color'],
		...Object.entries(extra),
	]);
	return Object.fromEntries([...environment].filter((entry): entry is [string, string] => entry[1] !== undefined));
}
