import {type Environment} from '../../network/environment.js';
import {runProgram} from '../run-program.js';

/**
What the first of the programs that is there says; undefined where none is. Rejects when that one fails.
*/
export async function askFirst(programs: readonly string[], options: readonly string[], environment: Environment): Promise<string | undefined> {
	for (const program of programs) {
		try {
			// eslint-disable-next-line no-await-in-loop -- The next place counts only without this one.
			return await runProgram(program, options, environment);
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
				throw error;
			}
		}
	}

	return undefined;
}
