import {spawn} from 'node:child_process';
import process from 'node:process';
import {environmentOf, program, type Surroundings} from './start-remuda.js';

export type CommandOptions = Surroundings & {
	readonly cwd?: string;
	/**
	A program that runs the command, with its own arguments, as `sh -c`.
	*/
	readonly within?: readonly string[];
};

export type CommandEnd = {
	/**
	Undefined where a signal ended it.
	*/
	readonly code: number | undefined;
	readonly signal: NodeJS.Signals | undefined;
	readonly stdout: string;
	readonly stderr: string;
};

export type RunningCommand = AsyncDisposable & {
	readonly kill: (signal: NodeJS.Signals) => void;
	/**
	Resolves when what it wrote to stdout so far is enough.
	@throws {Error} When it ends before.
	*/
	readonly waitFor: (isEnough: (stdout: string) => boolean) => Promise<void>;
	readonly ended: Promise<CommandEnd>;
};

/**
Starts the built program as a command: no terminal, nothing on stdin.
*/
export function startCommand({cwd, within = [], copy, ...surroundings}: CommandOptions, ...arguments_: readonly string[]): RunningCommand {
	const [file = process.execPath, ...rest] = [...within, process.execPath, copy ?? program, ...arguments_];
	const child = spawn(file, rest, {cwd, env: environmentOf(surroundings), stdio: ['ignore', 'pipe', 'pipe']});
	const written = {stdout: '', stderr: ''};
	for (const name of ['stdout', 'stderr'] as const) {
		child[name].setEncoding('utf8').on('data', (text: string) => {
			written[name] += text;
		});
	}

	const {promise: ended, resolve: end} = Promise.withResolvers<CommandEnd>();
	child.once('close', (code, signal) => {
		end({code: code ?? undefined, signal: signal ?? undefined, ...written});
	});
	return {
		kill(signal) {
			child.kill(signal);
		},
		async waitFor(isEnough) {
			const {promise, resolve, reject} = Promise.withResolvers<void>();
			const look = () => {
				if (isEnough(written.stdout)) {
					resolve();
				}
			};

			child.stdout.on('data', look);
			void ended.then(({code}) => {
				reject(new Error(`The command ended with ${code}: ${written.stderr}`));
			});
			look();
			await promise;
			child.stdout.off('data', look);
		},
		ended,
		async [Symbol.asyncDispose]() {
			child.kill('SIGKILL');
			await ended;
		},
	};
}

/**
Runs a command of the built program to its end.
*/
export async function runRemuda(options: CommandOptions, ...arguments_: readonly string[]): Promise<CommandEnd> {
	await using command = startCommand(options, ...arguments_);
	return await command.ended;
}

/**
The lines of `--json` output; one that is still being written is left out.
*/
export function jsonLines(text: string): ReadonlyArray<Record<string, unknown>> {
	return text.split('\n').slice(0, -1).map(line => JSON.parse(line) as Record<string, unknown>);
}

/**
The error that a command with `--json` told on stderr.
*/
export function toldError({stderr}: CommandEnd): {readonly code: string; readonly message: string; readonly hint: string | undefined} {
	const {error} = JSON.parse(stderr) as {error: {code: string; message: string; hint: string | undefined}};
	return error;
}
