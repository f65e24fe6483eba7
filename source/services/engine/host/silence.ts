import {format} from 'node:util';
import process from 'node:process';
import {type Log} from './log.js';

/**
Everything that JavaScript would print goes to the log: the binding warns on the console here and there, and the screen belongs to the app.
Native code then finds no reason to print either, but in debug mode, which is switched off.
*/
export function silence(log: Log): void {
	delete process.env.NODE_LLAMA_CPP_DEBUG;
	const record = (...values: unknown[]) => {
		log.add(format(...values));
	};

	for (const method of ['log', 'info', 'warn', 'error', 'debug', 'trace'] as const) {
		console[method] = record;
	}

	process.removeAllListeners('warning');
	process.on('warning', warning => {
		log.add(warning.message);
	});
}
