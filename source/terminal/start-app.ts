import process from 'node:process';
import {colorEnvironment, findTerminalProblem} from './capabilities.js';

export type AppOptions = {
	readonly alternateScreen: boolean;
	readonly plainOutput: boolean;
};

/**
Opens the app and resolves with the exit code when it has ended.
@throws UsageError `no_terminal` or `dumb_terminal` where there is no screen to draw on, and whatever error ended the app.
*/
export async function startApp({options}: {readonly options: AppOptions}): Promise<number> {
	const {stdin, stdout, env: environment} = process;
	const problem = findTerminalProblem({isInputTerminal: stdin.isTTY, isOutputTerminal: stdout.isTTY, environment});
	if (problem) {
		throw problem;
	}

	Object.assign(environment, colorEnvironment(environment));
	// Ink looks at the environment for colours when it is first imported.
	const {runApp} = await import('./run-app.js');
	return runApp(options);
}
