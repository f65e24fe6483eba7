/**
The downloads worker: works the queue of a home in a process of its own, so that the app, its terminal and the session may go away meanwhile. It is started by `start-worker.ts`, and is no command.
*/
import {closeSync, writeSync} from 'node:fs';
import process from 'node:process';
import {resolvePaths} from '../../config/resolve-paths.js';
import {runWorker} from './run-worker.js';
import {startReportDescriptor, type StartReport} from './start-report.js';
import {openWorkerLog} from './worker-log.js';

process.title = 'remuda downloads';
// It goes to the whole session when a terminal goes away; this process is of none, but may be sent it all the same.
process.on('SIGHUP', () => undefined);
process.on('uncaughtException', error => {
	openWorkerLog(resolvePaths(process.env).home).write(`worker ${process.pid} crashed: ${error.stack ?? error.message}`);

	process.exit(1);
});

const exitCode = await runWorker({environment: process.env, report});
// Whatever still holds the process is no work of the queue.
// eslint-disable-next-line unicorn/no-process-exit -- this is a program
process.exit(exitCode);

function report(state: StartReport): void {
	try {
		writeSync(startReportDescriptor, `${JSON.stringify(state)}\n`);
		if (state.state !== 'elsewhere') {
			closeSync(startReportDescriptor);
		}
	} catch {
		// Who started it does not wait any more.
	}
}
