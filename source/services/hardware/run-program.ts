import {type ChildProcess, spawn} from 'node:child_process';
import process from 'node:process';
import {sanitizeLine} from '../../format/sanitize.js';
import {hostEnvironment} from '../engine/host-environment.js';
import {type Environment} from '../network/environment.js';
import {probeLimitMs} from './with-limit.js';

const longestOutput = 1_000_000;

// In groups of their own, which neither Ctrl-C nor the end of the terminal reaches.
const running = new Set<ChildProcess>();

function killAll(): void {
	for (const child of running) {
		killGroup(child);
	}
}

/**
What a program says on stdout. One that takes longer than 2 s is killed, with all that it started; so is one that still runs when this process ends. Several may wait for one answer, so that none of them can call it off.
*/
export async function runProgram(file: string, programArguments: readonly string[], environment: Environment): Promise<string> {
	const child = spawn(file, programArguments, {
		// Neither tokens nor whatever else a program of the system has no business with; words and numbers as parsers expect them.
		env: {...hostEnvironment(environment), LC_ALL: 'C'},
		// A group of its own, so that it can be killed as a whole.
		detached: process.platform !== 'win32',
		windowsHide: true,
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	if (running.size === 0) {
		process.once('exit', killAll);
	}

	running.add(child);
	const {promise, resolve, reject} = Promise.withResolvers<string>();
	let output = '';
	let complaint = '';
	child.stdout.setEncoding('utf8').on('data', (text: string) => {
		output = (output + text).slice(0, longestOutput);
	});
	child.stderr.setEncoding('utf8').on('data', (text: string) => {
		complaint = (complaint + text).slice(0, longestOutput);
	});
	const timer = setTimeout(() => {
		killGroup(child);
		reject(new Error(`no answer within ${probeLimitMs / 1000} s.`));
	}, probeLimitMs);
	child.on('error', reject);
	child.on('close', code => {
		if (code === 0) {
			resolve(output);
		} else {
			reject(new Error(`it failed with ${code ?? 'a signal'}: ${sanitizeLine(complaint === '' ? output : complaint).slice(0, 200)}`));
		}
	});
	try {
		return await promise;
	} finally {
		clearTimeout(timer);
		running.delete(child);
		if (running.size === 0) {
			process.off('exit', killAll);
		}
	}
}

function killGroup(child: ChildProcess): void {
	try {
		if (process.platform === 'win32' || child.pid === undefined) {
			child.kill('SIGKILL');
		} else {
			process.kill(-child.pid, 'SIGKILL');
		}
	} catch {
		// It has just ended by itself.
	}

	child.stdout?.destroy();
	child.stderr?.destroy();
}
