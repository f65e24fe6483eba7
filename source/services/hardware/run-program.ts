import {execFile} from 'node:child_process';
import {type Environment} from '../network/environment.js';
import {probeLimitMs} from './with-limit.js';

/**
What a program says on stdout. One that takes longer than 2 s is killed.
*/
export async function runProgram(file: string, programArguments: readonly string[], environment: Environment): Promise<string> {
	const {promise, resolve, reject} = Promise.withResolvers<string>();
	const options = {
		env: {...environment}, timeout: probeLimitMs, killSignal: 'SIGKILL', windowsHide: true,
	} as const;
	execFile(file, programArguments, options, (error, stdout) => {
		if (error === null) {
			resolve(stdout);
		} else {
			reject(error.killed === true ? new Error(`no answer within ${probeLimitMs / 1000} s.`, {cause: error}) : error);
		}
	});
	return promise;
}
