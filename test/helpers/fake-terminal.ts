/**
A terminal for tests that run in this process: Ink draws into it, keys come out of it, and what a person would see is looked at in cells.

```
const terminal = createFakeTerminal({columns: 80, rows: 24});
const instance = render(<App/>, terminal.renderOptions);
await terminal.waitFor('Downloads');
await terminal.press('Down', 'Enter');
assert.equal(terminal.cellAt(0, 3).inverse, true);
instance.unmount();
terminal.dispose();
```

Colours are there only when chalk was told so before Ink was first imported (`FORCE_COLOR=3` in the environment of the test run).
*/
import {PassThrough, Writable} from 'node:stream';
import {mostFrames} from '../../source/terminal/most-frames.js';
import {keyBytes} from './terminal/keys.js';
import {createScreen, type Screen} from './terminal/screen.js';

export type FakeTerminal = Omit<Screen, 'rows' | 'write'> & {
	readonly stdin: NodeJS.ReadStream;
	readonly stdout: NodeJS.WriteStream;
	readonly stderr: NodeJS.WriteStream;
	/**
	What Ink's `render` needs, with the options the app runs with.
	*/
	readonly renderOptions: {
		readonly stdin: NodeJS.ReadStream;
		readonly stdout: NodeJS.WriteStream;
		readonly stderr: NodeJS.WriteStream;
		readonly interactive: true;
		readonly exitOnCtrlC: false;
		readonly patchConsole: false;
		readonly maxFps: number;
	};
	/**
	The visible rows as text, without trailing blanks.
	*/
	readonly screen: () => string[];
	/**
	Press keys one after the other, each read before the next is sent; names as in `keyBytes`.
	*/
	readonly press: (...keys: readonly string[]) => Promise<void>;
	/**
	Type a text, one character at a time.
	*/
	readonly type: (text: string) => Promise<void>;
	/**
	Send bytes as they are: a paste, a split escape sequence.
	*/
	readonly send: (bytes: string) => void;
	/**
	All that was written to stdout so far.
	*/
	readonly output: () => string;
	/**
	All that was written to stderr so far; it does not reach the screen.
	*/
	readonly errorOutput: () => string;
	/**
	Resolve when everything written so far stands on the screen.
	*/
	readonly settled: () => Promise<void>;
	readonly isRaw: () => boolean;
};

type Size = {columns: number; rows: number};

function createStdin(onRaw: (isRaw: boolean) => void): PassThrough & NodeJS.ReadStream {
	const stdin = new PassThrough() as unknown as PassThrough & NodeJS.ReadStream;
	Object.defineProperty(stdin, 'isTTY', {value: true});
	return Object.assign(stdin, {
		setRawMode(isRaw: boolean) {
			onRaw(isRaw);
			return stdin;
		},
		ref: () => stdin,
		unref: () => stdin,
	});
}

function createStdout(size: Size, write: (chunk: string, done: () => void) => void): NodeJS.WriteStream {
	const stream = new Writable({
		decodeStrings: false,
		write(chunk: string | Uint8Array, _encoding, callback) {
			write(typeof chunk === 'string' ? chunk : new TextDecoder().decode(chunk), callback);
		},
	});
	Object.defineProperty(stream, 'isTTY', {value: true});
	Object.defineProperties(stream, {
		columns: {get: () => size.columns},
		rows: {get: () => size.rows},
	});
	return stream as unknown as NodeJS.WriteStream;
}

const nextTurn = async () => new Promise<void>(resolve => {
	setImmediate(resolve);
});

export function createFakeTerminal({columns = 80, rows = 24}: Partial<Size> = {}): FakeTerminal {
	const size = {columns, rows};
	const {rows: visibleRows, ...screen} = createScreen(columns, rows);
	let output = '';
	let errorOutput = '';
	let isRaw = false;

	const stdin = createStdin(value => {
		isRaw = value;
	});
	const stdout = createStdout(size, (chunk, done) => {
		output += chunk;
		screen.write(chunk, done);
	});
	const stderr = createStdout(size, (chunk, done) => {
		errorOutput += chunk;
		done();
	});

	const sendAndWait = async (bytes: string) => {
		stdin.write(bytes);
		do {
			// eslint-disable-next-line no-await-in-loop -- Keys that arrive together would be read as one text.
			await nextTurn();
		} while (stdin.readableLength > 0 && stdin.listenerCount('readable') > 0);
	};

	return {
		...screen,
		stdin,
		stdout,
		stderr,
		renderOptions: {
			stdin, stdout, stderr, interactive: true, exitOnCtrlC: false, patchConsole: false, maxFps: mostFrames,
		},
		screen: visibleRows,
		async press(...keys) {
			for (const key of keys) {
				// eslint-disable-next-line no-await-in-loop -- In order.
				await sendAndWait(keyBytes(key));
			}
		},
		async type(text) {
			for (const {segment} of new Intl.Segmenter().segment(text)) {
				// eslint-disable-next-line no-await-in-loop -- In order.
				await sendAndWait(segment);
			}
		},
		send(bytes) {
			stdin.write(bytes);
		},
		output: () => output,
		errorOutput: () => errorOutput,
		async settled() {
			await new Promise<void>(resolve => {
				screen.write('', resolve);
			});
		},
		isRaw: () => isRaw,
		resize(newColumns, newRows) {
			size.columns = newColumns;
			size.rows = newRows;
			screen.resize(newColumns, newRows);
			stdout.emit('resize');
		},
	};
}
