import {setTimeout as delay} from 'node:timers/promises';
import {spawn} from '@lydell/node-pty';
import {keyBytes} from '../../test/helpers/terminal/keys.js';
import {terminalEnvironment} from '../../test/helpers/terminal/screen.js';

export type Size = {readonly columns: number; readonly rows: number};

export type Program = {
	readonly name: string;
	readonly command: readonly string[];
	readonly environment: Readonly<Record<string, string>>;
};

export type Answer = {
	/**
	From the key press to the last byte it brought.
	*/
	readonly milliseconds: number;
	readonly bytes: number;
};

/**
A program in a pty whose bytes are only counted and timed, never drawn: drawing would take time from the program.
*/
export type Session = {
	readonly pid: number;
	/**
	All output so far.
	*/
	readonly output: () => string;
	readonly byteCount: () => number;
	/**
	Milliseconds from the start to the first byte with which all output so far contains `text`.
	*/
	readonly timeUntil: (text: string, deadline?: number) => Promise<number>;
	/**
	Resolve when nothing has been written for so long, or after the deadline.
	*/
	readonly quiet: (milliseconds: number, deadline?: number) => Promise<void>;
	/**
	Press a key and wait until the answer has been followed by silence.
	*/
	readonly press: (key: string, silence?: number) => Promise<Answer>;
	readonly end: () => Promise<void>;
};

/**
Arrow keys as the program has asked for them (DECCKM).
*/
function arrowMode(output: string, bytes: string): string {
	const isApp = output.lastIndexOf('\u{1B}[?1h') > output.lastIndexOf('\u{1B}[?1l');
	return isApp && /^\W\[[A-DFH]$/v.test(bytes) ? bytes.replace('[', 'O') : bytes;
}

export function startSession({command, environment}: Program, {columns, rows}: Size): Session {
	const [file, ...arguments_] = command;
	const started = performance.now();
	const pty = spawn(file!, arguments_, {
		name: 'xterm-256color', cols: columns, rows, env: terminalEnvironment(environment),
	});
	let output = '';
	let byteCount = 0;
	let lastByteAt = started;
	let isEnded = false;
	const listeners = new Set<() => void>();
	pty.onData(data => {
		lastByteAt = performance.now();
		output += data;
		byteCount += new TextEncoder().encode(data).length;
		for (const listener of listeners) {
			listener();
		}
	});
	const exited = new Promise<void>(resolve => {
		pty.onExit(() => {
			isEnded = true;
			resolve();
		});
	});

	const quiet = async (milliseconds: number, deadline = 10_000) => {
		const begin = performance.now();
		const remaining = () => milliseconds - (performance.now() - Math.max(lastByteAt, begin));
		while (remaining() > 0 && performance.now() - begin < deadline) {
			await delay(Math.max(1, remaining())); // eslint-disable-line no-await-in-loop -- Until there is silence.
		}
	};

	return {
		pid: pty.pid,
		output: () => output,
		byteCount: () => byteCount,
		async timeUntil(text, deadline = 30_000) {
			const {promise, resolve, reject} = Promise.withResolvers<void>();
			const check = () => {
				if (output.includes(text)) {
					resolve();
				}
			};

			const timeout = setTimeout(() => {
				const written = JSON.stringify(output.slice(-500));
				reject(new Error(`${command.join(' ')} did not write ${JSON.stringify(text)} in ${deadline} ms. It wrote: ${written}`));
			}, deadline);
			listeners.add(check);
			check();
			await promise;
			clearTimeout(timeout);
			listeners.delete(check);
			return lastByteAt - started;
		},
		quiet,
		async press(key, silence = 60) {
			const before = byteCount;
			const {promise: begun, resolve} = Promise.withResolvers<void>();
			listeners.add(resolve);
			const pressed = performance.now();
			pty.write(arrowMode(output, keyBytes(key)));
			await Promise.race([begun, delay(2000, undefined, {ref: false})]);
			listeners.delete(resolve);
			await quiet(silence, 2000);
			return {milliseconds: Math.max(0, lastByteAt - pressed), bytes: byteCount - before};
		},
		async end() {
			if (!isEnded) {
				pty.kill('SIGTERM');
				const isLate = await Promise.race([exited.then(() => false), delay(3000, true, {ref: false})]);
				if (isLate) {
					pty.kill('SIGKILL');
				}
			}

			await exited;
		},
	};
}
