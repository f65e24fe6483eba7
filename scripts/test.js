// Runs the tests with Node's own runner; arguments are test files, none means all of test/.
import {spawn} from 'node:child_process';
import {globSync} from 'node:fs';
import {availableParallelism} from 'node:os';
import process from 'node:process';

const given = process.argv.slice(2);
const files = given.length > 0 ? given : globSync('test/**/*.test.{ts,tsx}');
// Half of the time is waiting for processes and lines, so one file more than there are cores pays.
const concurrency = availableParallelism() + 1;
const child = spawn(process.execPath, ['--import', 'tsx', '--test', '--test-reporter=spec', `--test-concurrency=${concurrency}`, ...files], {
	stdio: 'inherit',
	env: {...process.env, NODE_ENV: 'test'},
});
child.on('exit', (code, signal) => {
	process.exitCode = signal ? 1 : code;
});
