// Runs the tests with Node's own runner; arguments are test files, none means all of test/.
import {spawn} from 'node:child_process';
import {globSync} from 'node:fs';
import process from 'node:process';

const given = process.argv.slice(2);
const files = given.length > 0 ? given : globSync('test/**/*.test.{ts,tsx}');
const child = spawn(process.execPath, ['--import', 'tsx', '--test', '--test-reporter=spec', ...files], {
	stdio: 'inherit',
	env: {...process.env, NODE_ENV: 'test'},
});
child.on('exit', (code, signal) => {
	process.exitCode = signal ? 1 : code;
});
