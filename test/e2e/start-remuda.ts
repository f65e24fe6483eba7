import path from 'node:path';
import process from 'node:process';
import {startInPty, type PtyOptions, type PtyProgram} from '../helpers/pty.js';
import {terminalEnvironment} from '../helpers/terminal/screen.js';

export const program = process.env.REMUDA_TEST_PROGRAM ?? path.resolve(import.meta.dirname, '../../distribution/cli.js');

export type Surroundings = {
	/**
	The user's home; Remuda's is `.remuda` in it.
	*/
	readonly home: string;
	/**
	Address of the local hub; without one every request fails at once.
	*/
	readonly hub?: string;
	readonly env?: Readonly<Record<string, string | undefined>>;
	/**
	Another copy of the program.
	*/
	readonly copy?: string;
};

/**
An environment in which nothing of the developer's own takes part: neither settings nor tokens nor models.
*/
export function environmentOf({home, hub, env}: Omit<Surroundings, 'copy'>): Record<string, string> {
	return terminalEnvironment({
		HOME: home,
		REMUDA_HOME: path.join(home, '.remuda'),
		HF_ENDPOINT: hub ?? 'http://127.0.0.1:9',
		HF_HOME: undefined,
		HF_HUB_OFFLINE: undefined,
		HF_TOKEN: undefined,
		HF_TOKEN_PATH: undefined,
		HUGGING_FACE_HUB_TOKEN: undefined,
		...env,
	});
}

/**
The built program in a real pty, with a home of its own.
*/
export function startRemuda({home, hub, env, copy, ...options}: Omit<PtyOptions, 'env'> & Surroundings, ...flags: readonly string[]): PtyProgram {
	return startInPty([process.execPath, copy ?? program, ...flags], {
		columns: 120,
		rows: 30,
		...options,
		env: environmentOf({home, hub, env}),
	});
}
