import {UsageError} from '../errors/usage-error.js';

export type TerminalEnvironment = {
	readonly isInputTerminal: boolean;
	readonly isOutputTerminal: boolean;
	readonly environment: NodeJS.ProcessEnv;
};

const commandsHint = 'These work anywhere: remuda search, list, info, download, run, chat, bench, hardware, cache, config, doctor. See remuda --help.';

/**
Why the app cannot open here; undefined when it can. A window that is too small is no reason: it may grow.
*/
export function findTerminalProblem({isInputTerminal, isOutputTerminal, environment}: TerminalEnvironment): UsageError | undefined {
	if (!isInputTerminal || !isOutputTerminal) {
		const missing = isOutputTerminal ? 'the keys do not come from one' : 'the output does not go to one';
		return new UsageError(`The app needs a terminal, and ${missing}.`, {code: 'no_terminal', hint: commandsHint});
	}

	return environment.TERM === 'dumb' ? new UsageError('The app needs a terminal that can move its cursor, and TERM is "dumb".', {code: 'dumb_terminal', hint: commandsHint}) : undefined;
}

/**
What has to be set in the environment before Ink is first imported: Ink's colours do not know NO_COLOR (https://no-color.org), only FORCE_COLOR.
*/
export function colorEnvironment({NO_COLOR: noColor, FORCE_COLOR: forceColor}: NodeJS.ProcessEnv): Readonly<Record<string, string>> {
	const isUnwanted = noColor !== undefined && noColor !== '' && forceColor === undefined;
	return isUnwanted ? Object.fromEntries([['FORCE_COLOR', '0']]) : {};
}
