import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import {once} from 'node:events';
import {
	chmod,
	readdir,
	readFile,
	symlink,
	writeFile,
} from 'node:fs/promises';
import {createServer} from 'node:net';
import os from 'node:os';
import process from 'node:process';
import {test} from 'node:test';
import {detectSandbox} from '../../../source/services/engine/sandbox.js';
import {temporaryFolder} from '../../helpers/temporary-folder.js';

const platform = 'linux';

const sandbox = await detectSandbox({mode: 'auto', platform: process.platform, environment: process.env});
/**
Runs a program inside the sandbox; what it prints as JSON.
*/
async function probe(script: string, {readable = [], user}: {readonly readable?: readonly string[]; readonly user?: number} = {}): Promise<unknown> {
	const command = sandbox.wrap({program: process.execPath, arguments: ['--input-type=module', '--eval', script]}, readable);
	return new Promise((resolve, reject) => {
		const options = {
			env: {PATH: process.env.PATH, ...sandbox.environment},
			cwd: '/',
			...(user !== undefined && {uid: user, gid: user}),
		};
		execFile(command.program, [...command.arguments], options, (error, stdout, stderr) => {
			if (error) {
				reject(new Error(stderr, {cause: error}));
			} else {
				resolve(JSON.parse(stdout));
			}
		});
	});
}

// Tries everything that a program taken over by a hostile file might.
const attack = (options: {readonly secret: string; readonly model: string; readonly port: number; readonly parent: number}) => String.raw`
	import fs from 'node:fs';
	import net from 'node:net';
	import os from 'node:os';
	const {secret, model, port, parent} = ${JSON.stringify(options)};
	const attempt = work => {
		try {
			return work() ?? 'done';
		} catch (error) {
			return error.code;
		}
	};
	const connect = host => new Promise(resolve => {
		net.connect({port, host}, () => resolve('connected')).on('error', error => resolve(error.code));
	});
	console.log(JSON.stringify({
		secret: attempt(() => fs.readFileSync(secret, 'utf8')),
		secretOfParent: attempt(() => fs.readFileSync('/proc/' + parent + '/root' + secret, 'utf8')),
		home: attempt(() => fs.readdirSync(${JSON.stringify(os.homedir())})),
		model: attempt(() => fs.readFileSync(model, 'utf8')),
		writes: ['/x', '/usr/x', '/etc/x', model].filter(path => attempt(() => fs.writeFileSync(path, 'x')) === 'done'),
		writable: ['/', '/usr', '/sys', '/proc/sys/kernel/core_pattern', '/proc/sys/kernel/hostname', '/proc/irq/default_smp_affinity', '/proc/self/oom_score_adj']
			.filter(path => attempt(() => fs.accessSync(path, fs.constants.W_OK)) === 'done'),
		// Inside, the folders above the model are private ones in memory, as /tmp is.
		beside: attempt(() => fs.writeFileSync(secret, 'x')),
		temporary: attempt(() => fs.writeFileSync('/tmp/x', 'x')),
		network: [await connect('127.0.0.1'), await connect('::1')],
		interfaces: Object.keys(os.networkInterfaces()).filter(name => name !== 'lo'),
		processes: fs.readdirSync('/proc').filter(name => /^\d+$/.test(name)).length,
		capabilities: /CapEff:\s*(\w+)/.exec(fs.readFileSync('/proc/self/status', 'utf8'))[1],
		environment: Object.keys(process.env).sort(),
	}));
`;

const users = process.getuid?.() === 0 ? [0, 65_534] : [process.getuid?.() ?? 0];
// Where bubblewrap does not work there is nothing to test.
for (const user of sandbox.report.kind === 'none' ? [] : users) {
	test(`a program in the sandbox reads nothing of the user's, writes nowhere, reaches nobody (user ${user})`, async () => {
		await using folder = await temporaryFolder();
		await chmod(folder.path, 0o755);
		const [secret, model] = [folder.join('secret.txt'), folder.join('model.gguf')];
		await writeFile(secret, 'secret');
		await writeFile(folder.join('blob'), 'model');
		await symlink('blob', model);
		const server = createServer().listen(0, '127.0.0.1');
		await once(server, 'listening');
		const {port} = server.address() as {port: number};
		try {
			const result = await probe(attack({
				secret, model, port, parent: process.pid,
			}), {readable: [model, folder.join('missing.gguf')], ...(process.getuid?.() === 0 && {user})}) as Record<string, unknown>;
			const {processes, home, beside: _beside, ...rest} = result;
			assert.deepEqual(rest, {
				secret: 'ENOENT',
				secretOfParent: 'ENOENT',
				model: 'model',
				writes: [],
				writable: [],
				temporary: 'done',
				network: ['ECONNREFUSED', 'ECONNREFUSED'],
				interfaces: [],
				capabilities: '0000000000000000',
				environment: ['HOME', 'PATH', 'PWD', 'TMPDIR'],
			});
			assert.equal(home, 'ENOENT');
			assert.equal(await readFile(secret, 'utf8'), 'secret');
			assert.deepEqual(await readdir(folder.path), ['blob', 'model.gguf', 'secret.txt']);
			assert.ok(Number(processes) <= 3, `sees ${String(processes)} processes`);
		} finally {
			server.close();
		}
	});
}

test('says in one sentence why there is no sandbox', async () => {
	const {PATH: _path, ...environment} = process.env;
	const off = await detectSandbox({mode: 'off', platform, environment});
	assert.equal(off.report.kind, 'none');
	assert.match(off.report.detail, /engine\.sandbox is off/v);
	const mac = await detectSandbox({mode: 'auto', platform: 'darwin', environment});
	assert.match(mac.report.detail, /only Linux/v);
	const command = {program: 'node', arguments: ['x']};
	assert.deepEqual(mac.wrap(command, ['/x']), command);
});
