import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {setTimeout as delay} from 'node:timers/promises';
import process from 'node:process';
import {crashError, type HostExit} from './crash-error.js';
import {type Command} from './host-program.js';

const lastWordsLimitMs = 200;

export type SpawnedChild = {
	/**
	Has no streams if it could not be started for want of processes or files; `exit` then says why.
	*/
	readonly child: ChildProcess;
	readonly exit: Promise<Partial<HostExit>>;
};

/**
Starts a process with a line of its own on the descriptor of the protocol.
*/
export function spawnChild(command: Command, environment: NodeJS.ProcessEnv): SpawnedChild {
	try {
		const child = spawn(command.program, command.arguments, {
			// Out of reach of the terminal's Ctrl-C, which would end it in mid-answer.
			detached: process.platform !== 'win32',
			windowsHide: true,
			env: environment,
			stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
		});
		// Listens before anything can happen.
		return {child, exit: exitOf(child)};
	} catch (error) {
		throw crashError({
			reason: (error as Error).message, stderr: '', started: false, sandboxed: false,
		});
	}
}

/**
Waits for the end of a process, and a moment more for its last words; of a process that could not be started, its error are the last words.
*/
async function exitOf(child: ChildProcess): Promise<Partial<HostExit>> {
	const closed = (async () => {
		await once(child, 'close').catch(() => undefined);
	})();
	try {
		const [code, signal] = await once(child, 'exit') as [number | undefined, string | undefined];
		await Promise.race([closed, delay(lastWordsLimitMs)]);
		return {code: code ?? undefined, signal: signal ?? undefined};
	} catch (error) {
		return {reason: (error as Error).message};
	}
}

/**
Sends a signal to a process that may have gone.
*/
export function sendSignal(processId: number | undefined, signal: NodeJS.Signals): void {
	try {
		if (processId !== undefined) {
			process.kill(processId, signal);
		}
	} catch {
		// It has gone already.
	}
}
