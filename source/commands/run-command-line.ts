import {isAbort} from '../errors/to-error-report.js';
import {UsageError} from '../errors/usage-error.js';
import {InterruptedError} from '../errors/interrupted-error.js';
import {sanitizeLine} from '../format/sanitize.js';
import {type ServicesOptions} from '../services/create-services.js';
import {type Services} from '../services/services.js';
import {ArgumentError} from './argument-error.js';
import {catalogue} from './catalogue.js';
import {type Command, type Streams} from './command.js';
import {
	commandHelp,
	commandUsage,
	commonFlags,
	programFlags,
	programHelp,
} from './help.js';
import {createOutput} from './output.js';
import {parseArguments} from './parse-arguments.js';
import {reportError} from './report-error.js';
import {suggest} from './suggest.js';
import {version} from './version.js';
import {watchOutput} from './watch-output.js';

export type AppOptions = {
	readonly alternateScreen: boolean;
	readonly plainOutput: boolean;
};

/**
What is left to do: end with an exit code, or open the app.
*/
export type Outcome = {readonly exitCode: number} | {readonly app: AppOptions};

export type Surroundings = {
	readonly streams: Streams;
	readonly environment: NodeJS.ProcessEnv;
	/**
	Aborted by an interrupt; the command settles and the exit code is 130.
	*/
	readonly signal: AbortSignal;
	/**
	Who works the queue of downloads, as in `createServices`.
	*/
	readonly downloads?: 'worker' | 'in-process';
};

/**
Runs what the arguments (without the program's name) ask for. Never throws: an error is written to stderr and becomes an exit code.
*/
export async function runCommandLine(argv: readonly string[], surroundings: Surroundings): Promise<Outcome> {
	const {streams: {stdout, stderr}, environment} = surroundings;
	const watch = watchOutput(surroundings.streams);
	const signal = AbortSignal.any([surroundings.signal, watch.signal]);
	// Only flags without a value may stand before the command.
	const position = argv.findIndex(argument => !argument.startsWith('-'));
	const name = position === -1 ? undefined : argv[position]!;
	const rest = position === -1 ? argv : [...argv.slice(0, position), ...argv.slice(position + 1)];
	const isJson = rest.slice(0, rest.includes('--') ? rest.indexOf('--') : undefined).some(argument => argument === '--json' || argument === '--json=true');
	let usage: string | undefined;
	try {
		if (name === undefined) {
			return openProgram(rest, stdout);
		}

		const command = await findCommand(name);
		usage = commandUsage(command);
		await runCommand(name, command, {argv: rest, json: isJson, surroundings: {...surroundings, signal}});
		await watch.flush();
		const failure = watch.error();
		if (failure !== undefined) {
			throw failure;
		}

		return {exitCode: 0};
	} catch (error) {
		const isStopped = isAbort(error, signal);
		if (isStopped && watch.isReaderGone()) {
			return {exitCode: 0};
		}

		const exitCode = reportError(isStopped ? (watch.error() ?? new InterruptedError()) : error, {stderr, json: isJson, environment});
		if (!isJson && usage !== undefined && error instanceof ArgumentError) {
			stderr.write(`${usage}\n`);
		}

		return {exitCode};
	}
}

function openProgram(argv: readonly string[], stdout: Streams['stdout']): Outcome {
	const {flags} = parseArguments(argv, programFlags);
	if (flags.help === true) {
		stdout.write(`${programHelp()}\n`);
		return {exitCode: 0};
	}

	if (flags.version === true) {
		stdout.write(`${version}\n`);
		return {exitCode: 0};
	}

	return {app: {alternateScreen: flags.alternateScreen !== false, plainOutput: flags.plainOutput === true}};
}

async function findCommand(name: string): Promise<Command> {
	if (Object.hasOwn(catalogue, name)) {
		const {command} = await catalogue[name]!.load();
		return command;
	}

	const closest = suggest(name, Object.keys(catalogue));
	throw new UsageError(`Unknown command: ${sanitizeLine(name).slice(0, 80)}`, {
		code: 'unknown_command',
		hint: closest === undefined ? 'remuda --help lists the commands.' : `Did you mean ${closest}?`,
	});
}

async function runCommand(name: string, command: Command, {argv, json, surroundings}: {
	readonly argv: readonly string[];
	readonly json: boolean;
	readonly surroundings: Surroundings;
}): Promise<void> {
	const {streams, environment, signal, downloads} = surroundings;
	const {input, flags} = parseArguments(argv, {...command.flags, ...commonFlags});
	if (flags.help === true) {
		streams.stdout.write(`${commandHelp(name, command)}\n`);
		return;
	}

	const output = createOutput({
		stdout: streams.stdout, stderr: streams.stderr, json, environment,
	});
	let services: Promise<Services> | undefined;
	try {
		await command.run({
			input,
			flags,
			output,
			streams,
			environment,
			signal,
			async services() {
				services ??= openServices({environment, downloads});
				return services;
			},
		});
	} finally {
		output.progress.clear();
		// Services that could not be created have nothing to close, and the command has thrown their error already.
		const opened = await services?.catch(() => undefined);
		await opened?.close();
	}
}

async function openServices(options: ServicesOptions): Promise<Services> {
	const {createServices} = await import('../services/create-services.js');
	return createServices(options);
}
