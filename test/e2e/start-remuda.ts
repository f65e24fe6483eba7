import path from 'node:path';
import process from 'node:process';
import {startInPty, type PtyOptions, type PtyProgram} from '../helpers/pty.js';

export const program = path.resolve(import.meta.dirname, '../../distribution/cli.js');

/**
The built program in a real pty, with a home of its own.
*/
export function startRemuda({home, hub, ...options}: PtyOptions & {
	readonly home: string;
	/**
	Address of the local hub; without one every request fails at once.
	*/
	readonly hub?: string;
}, ...flags: readonly string[]): PtyProgram {
	return startInPty([process.execPath, program, ...flags], {
		columns: 120,
		rows: 30,
		...options,
		env: {
			HOME: home, REMUDA_HOME: path.join(home, '.remuda'), HF_ENDPOINT: hub ?? 'http://127.0.0.1:9', ...options.env,
		},
	});
}
