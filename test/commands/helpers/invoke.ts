import {Buffer} from 'node:buffer';
import {Readable, Writable} from 'node:stream';
import {type InputStream, type OutputStream} from '../../../source/commands/command.js';
import {runCommandLine} from '../../../source/commands/run-command-line.js';

export type Invocation = {
	readonly exitCode: number;
	readonly stdout: string;
	readonly stderr: string;
};

export type Setting = {
	readonly environment?: NodeJS.ProcessEnv;
	readonly stdin?: InputStream | string;
	readonly signal?: AbortSignal;
	/**
	Cells of the terminal that stdout and stderr pretend to be.
	*/
	readonly terminalWidth?: number;
	/**
	Sees what is written, when it is.
	*/
	readonly onOutput?: (stdout: string, stderr: string) => void;
};

/**
Runs a command in this process, with streams that only remember.
*/
export async function invoke(argv: readonly string[], {environment = {}, stdin = '', signal = new AbortController().signal, terminalWidth, onOutput}: Setting = {}): Promise<Invocation> {
	const told = () => {
		onOutput?.(stdout.written(), stderr.written());
	};

	const stdout = createRecorder(told, terminalWidth);
	const stderr = createRecorder(told, terminalWidth);
	const outcome = await runCommandLine(argv, {
		streams: {stdin: typeof stdin === 'string' ? Readable.from([Buffer.from(stdin)]) : stdin, stdout: stdout.stream, stderr: stderr.stream},
		environment,
		signal,
		downloads: 'in-process',
	});
	if (!('exitCode' in outcome)) {
		throw new Error('The app was asked for, not a command.');
	}

	return {exitCode: outcome.exitCode, stdout: stdout.written(), stderr: stderr.written()};
}

/**
The lines of `--json` output.
*/
export function jsonLines(text: string): ReadonlyArray<Record<string, unknown>> {
	return text.split('\n').filter(line => line !== '').map(line => JSON.parse(line) as Record<string, unknown>);
}

function createRecorder(told: () => void, terminalWidth: number | undefined): {readonly stream: OutputStream; readonly written: () => string} {
	let text = '';
	const stream = new Writable({
		decodeStrings: false,
		write(chunk: string, _encoding, done) {
			text += chunk;
			told();
			done();
		},
	});
	return {stream: terminalWidth === undefined ? stream : Object.assign(stream, {isTTY: true, columns: terminalWidth}), written: () => text};
}
