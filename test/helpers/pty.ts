/**
A real program in a real pseudo terminal, drawn into cells.

```
const app = startInPty([process.execPath, 'distribution/cli.js'], {columns: 80, rows: 24, env: {REMUDA_HOME: home}});
await app.waitFor('browse');
app.press('2');
await app.waitFor(/no downloads/i);
app.press('q');
assert.deepEqual(await app.waitForExit(), {code: 0, signal: undefined});
assert.deepEqual(app.leftoverModes(), []);
```

The program gets `terminalEnvironment()` and `env`. A program still running when the test ends is ended by `await app.close()`; `await using app = startInPty(…)` does that by itself.
*/
import {Buffer} from 'node:buffer';
import {spawnSync} from 'node:child_process';
import {closeSync, constants, openSync} from 'node:fs';
import {constants as osConstants} from 'node:os';
import process from 'node:process';
import {spawn} from '@lydell/node-pty';
import {keyBytes} from './terminal/keys.js';
import {
	createScreen,
	frameScreen,
	terminalEnvironment,
	type Screen,
	type WaitOptions,
} from './terminal/screen.js';

export type PtyOptions = {
	readonly columns?: number;
	readonly rows?: number;
	readonly cwd?: string;
	/**
	Added to `terminalEnvironment()`; `undefined` removes a variable.
	*/
	readonly env?: Readonly<Record<string, string | undefined>>;
};

export type PtyExit = {
	readonly code: number;
	readonly signal: NodeJS.Signals | undefined;
};

export type PtyProgram = Omit<Screen, 'rows' | 'write' | 'dispose'> & AsyncDisposable & {
	readonly pid: number;
	/**
	The visible rows as text, without trailing blanks.
	*/
	readonly screen: () => string[];
	/**
	Press keys; names as in `keyBytes`. They are sent at once: wait for what a key brings before the next where that matters.
	*/
	readonly press: (...keys: readonly string[]) => void;
	/**
	Type a text (all at once, as a fast typist would).
	*/
	readonly type: (text: string) => void;
	/**
	Send a signal to the program.
	*/
	readonly signal: (signal: NodeJS.Signals) => void;
	/**
	Close the terminal from the other side, as when an SSH connection breaks: the program gets SIGHUP, and its terminal is dead.
	*/
	readonly hangUp: () => void;
	/**
	Stop reading what the program writes, as a stuck connection would, and go on.
	*/
	readonly pause: () => void;
	readonly resume: () => void;
	/**
	All bytes so far, as text.
	*/
	readonly output: () => string;
	/**
	Count bytes from here.
	*/
	readonly mark: () => void;
	/**
	What was written since `mark()`, as text and in bytes.
	*/
	readonly outputSinceMark: () => string;
	readonly bytesSinceMark: () => number;
	readonly hasExited: () => boolean;
	/**
	@throws {Error} At the deadline; the message shows the screen.
	*/
	readonly waitForExit: (options?: WaitOptions) => Promise<PtyExit>;
	/**
	What the program left on: terminal modes as in `Screen`, and `raw mode` or `no echo` of the line discipline. Meant for after the exit.
	*/
	readonly leftoverModes: () => string[];
	/**
	End the program if it still runs, and free everything.
	*/
	readonly close: () => Promise<void>;
};

type UnixPty = {
	readonly ptsName: string;
	destroy(): void;
};

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}

function signalName(number_: number | undefined): NodeJS.Signals | undefined {
	return Object.entries(osConstants.signals).find(([, value]) => value === number_)?.[0] as NodeJS.Signals | undefined;
}

function leftoverLineModes(terminal: number): string[] {
	const settings = new Set(spawnSync('stty', ['-a'], {stdio: [terminal, 'pipe', 'ignore'], encoding: 'utf8'}).stdout.split(/[\s;]+/v));
	return [
		...(settings.has('-icanon') ? ['raw mode'] : []),
		...(settings.has('-echo') ? ['no echo'] : []),
	];
}

export function startInPty(command: readonly string[], {columns = 80, rows = 24, cwd = process.cwd(), env = {}}: PtyOptions = {}): PtyProgram {
	const [file, ...arguments_] = command;
	const {rows: visibleRows, write, dispose, ...screen} = createScreen(columns, rows);
	const pty = spawn(file!, arguments_, {
		name: 'xterm-256color', cols: columns, rows, cwd, env: terminalEnvironment(env),
	});
	const unixPty = pty as unknown as UnixPty;

	// Held open so that the line discipline can still be asked after the program has gone.
	let line: number | undefined = openSync(unixPty.ptsName, constants.O_RDWR | constants.O_NOCTTY); // eslint-disable-line no-bitwise -- Flags of open(2).
	let lineModes: string[] = [];
	const releaseLine = () => {
		if (line === undefined) {
			return;
		}

		closeSync(line);
		line = undefined;
	};

	let output = '';
	let markedAt = 0;
	pty.onData(data => {
		output += data;
		write(data);
	});
	// Answers of the terminal to questions of the program.
	screen.terminal.onData(answer => {
		pty.write(answer);
	});

	let exit: PtyExit | undefined;
	const ended = new AbortController();
	const exited = new Promise<PtyExit>(resolve => {
		pty.onExit(({exitCode, signal}) => {
			exit = {code: exitCode, signal: signal === 0 ? undefined : signalName(signal)};
			// All that was written before the end shall stand on the screen.
			write('', () => {
				ended.abort(`The program has ended (code ${exitCode}, signal ${signal ?? 0})`);
				resolve(exit!);
			});
		});
	});
	const watch = setInterval(() => {
		if (isAlive(pty.pid)) {
			return;
		}

		clearInterval(watch);
		if (line === undefined) {
			return;
		}

		lineModes = leftoverLineModes(line);
		releaseLine();
	}, 10);

	const waitForExit = async ({deadline = 60_000}: WaitOptions = {}) => {
		let timeout: NodeJS.Timeout | undefined;
		const late = new Promise<never>((_resolve, reject) => {
			timeout = setTimeout(() => {
				const picture = frameScreen(visibleRows(), screen.terminal.cols);
				reject(new Error(`Waited ${deadline} ms for the end of ${command.join(' ')}. The screen:\n${picture}`));
			}, deadline);
		});
		try {
			return await Promise.race([exited, late]);
		} finally {
			clearTimeout(timeout);
		}
	};

	const close = async () => {
		if (!exit) {
			pty.resume();
			process.kill(pty.pid, 'SIGKILL');
			await exited;
		}

		clearInterval(watch);
		releaseLine();
		dispose();
	};

	return {
		...screen,
		pid: pty.pid,
		screen: visibleRows,
		async waitFor(condition, options) {
			// A program that has gone draws nothing any more: no need to sit out the deadline.
			await screen.waitFor(condition, {signal: ended.signal, ...options});
		},
		press(...keys) {
			for (const key of keys) {
				pty.write(keyBytes(key));
			}
		},
		type(text) {
			pty.write(text);
		},
		signal(signal) {
			process.kill(pty.pid, signal);
		},
		hangUp() {
			releaseLine();
			unixPty.destroy();
		},
		pause() {
			pty.pause();
		},
		resume() {
			pty.resume();
		},
		resize(newColumns, newRows) {
			screen.resize(newColumns, newRows);
			pty.resize(newColumns, newRows);
		},
		output: () => output,
		mark() {
			markedAt = output.length;
		},
		outputSinceMark: () => output.slice(markedAt),
		bytesSinceMark: () => Buffer.byteLength(output.slice(markedAt)),
		hasExited: () => exit !== undefined,
		waitForExit,
		leftoverModes: () => [...screen.leftoverModes(), ...lineModes],
		close,
		[Symbol.asyncDispose]: close,
	};
}
