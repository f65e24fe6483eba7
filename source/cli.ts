#!/usr/bin/env node
// Only Node’s own modules may be imported before the check: an old version cannot load the rest, and must be told so.
import process from 'node:process';
import {type AppOptions, type Outcome} from './commands/run-command-line.js';

// 128 and the signal's number, as a shell reports it.
const exitCodes: ReadonlyMap<NodeJS.Signals, number> = new Map([['SIGINT', 130], ['SIGTERM', 143], ['SIGHUP', 129]]);

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 19)) {
	process.stderr.write(`error: Remuda needs Node.js 22.19 or newer, and this is ${process.versions.node}.\nhint: Install a newer one from https://nodejs.org, then try again.\n`);
	process.exitCode = 2;
} else {
	const argv = process.argv.slice(2);
	// The app alone does without the parser: its first frame comes sooner.
	const outcome = argv.length === 0 ? {app: {alternateScreen: true, plainOutput: false}} : await runCommand(argv);
	process.exitCode = 'app' in outcome ? await openApp(outcome.app) : outcome.exitCode;
	// Should anything still hold the process, it ends all the same.
	setTimeout(() => {
		process.exit();
	}, 1000).unref();
}

async function openApp(options: AppOptions): Promise<number> {
	try {
		const {startApp} = await import('./terminal/start-app.js');
		return await startApp({options});
	} catch (error) {
		return report(error);
	}
}

/**
The first signal aborts the command, which settles; the second ends the process at once.
*/
async function runCommand(argv: readonly string[]): Promise<Outcome> {
	const controller = new AbortController();
	let signalCode: number | undefined;
	const interrupt = (name: NodeJS.Signals) => {
		if (signalCode !== undefined) {
			process.exit(signalCode);
		}

		signalCode = exitCodes.get(name);
		// The name tells a terminal that went away from a person who interrupts.
		controller.abort(new DOMException(`Stopped by ${name}.`, {name: 'AbortError', cause: name}));
	};

	for (const name of exitCodes.keys()) {
		process.on(name, interrupt);
	}

	process.on('uncaughtException', endWithReport);
	const {runCommandLine} = await import('./commands/run-command-line.js');
	const outcome = await runCommandLine(argv, {streams: process, environment: process.env, signal: controller.signal});
	process.off('uncaughtException', endWithReport);
	for (const name of exitCodes.keys()) {
		process.off(name, interrupt);
	}

	return signalCode !== undefined && 'exitCode' in outcome && outcome.exitCode === 130 ? {exitCode: signalCode} : outcome;
}

function endWithReport(error: unknown): void {
	void report(error).then(exitCode => {
		process.exit(exitCode);
	});
}

async function report(error: unknown): Promise<number> {
	const {reportError} = await import('./commands/report-error.js');
	return reportError(error, {stderr: process.stderr, json: false, environment: process.env});
}
