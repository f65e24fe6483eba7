import process from 'node:process';

/**
End the process by the signal that asked for it, so that the parent sees why: shells stop a loop only when the program died by SIGINT.
*/
export function dieBySignal(signal: NodeJS.Signals): void {
	process.removeAllListeners(signal);
	process.kill(process.pid, signal);
}
