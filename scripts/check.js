// Runs the scripts of package.json that are named, all at once, and prints what each one says when it has ended: one checks types on one core while another lints on the next.
import {spawn} from 'node:child_process';
import process from 'node:process';
import {text} from 'node:stream/consumers';

async function hasPassed(name) {
	const child = spawn('npm', ['run', '--silent', name], {stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32'});
	const ended = Promise.withResolvers();
	child.once('error', ended.reject);
	child.once('close', ended.resolve);
	const [out, error, code] = await Promise.all([text(child.stdout), text(child.stderr), ended.promise]);
	process.stdout.write(out);
	process.stderr.write(error);
	return code === 0;
}

const results = await Promise.all(process.argv.slice(2).map(async name => hasPassed(name)));
process.exitCode = results.every(Boolean) ? 0 : 1;
