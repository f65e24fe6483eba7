import assert from 'node:assert/strict';
import {Buffer} from 'node:buffer';
import {once} from 'node:events';
import {
	chmod,
	cp,
	mkdir,
	rm,
	stat,
	symlink,
	writeFile,
} from 'node:fs/promises';
import {connect, type Socket} from 'node:net';
import path from 'node:path';
import process from 'node:process';
import {test} from 'node:test';
import {listenForClients} from '../../../../source/services/downloads/worker/server.js';
import {
	isOwnSocket,
	knownSocketPaths,
	prepareSocketPath,
	socketPaths,
} from '../../../../source/services/downloads/worker/socket-path.js';
import {tellPlace, untellPlace} from '../../../../source/services/downloads/worker/told-place.js';
import {inSequence} from '../../../helpers/in-sequence.js';
import {temporaryFolder} from '../../../helpers/temporary-folder.js';

test('a short home holds its socket; a long one has it in a folder of the user, always by the same name', async () => {
	await using folder = await temporaryFolder();
	const environment = {XDG_RUNTIME_DIR: folder.path};
	const [short] = await socketPaths(folder.path, environment);
	assert.equal(short, folder.join('downloads.sock'));
	const home = folder.join('h'.repeat(90));
	await mkdir(home);
	await symlink(home, folder.join('alias'));
	const [first, ...others] = await socketPaths(home, environment);
	assert.equal(path.dirname(first!), folder.join(`remuda-${process.getuid!()}`));
	assert.ok([first!, ...others].every(file => Buffer.byteLength(file) <= 100));
	const alias = await socketPaths(folder.join('alias'), environment);
	assert.ok(alias.includes(first!));
	const [other] = await socketPaths(`${home}2`, environment);
	assert.notEqual(other, first);
});

test('a place is believed of a worker of this very home only', async () => {
	await using folder = await temporaryFolder();
	const [home, copy] = ['h', 'c'].map(letter => folder.join(letter.repeat(90)));
	const environment = {XDG_RUNTIME_DIR: folder.join('short')};
	await mkdir(home!);
	const [socket] = await socketPaths(home!, {XDG_RUNTIME_DIR: folder.path});
	await tellPlace(home!, socket!);
	await cp(home!, copy!, {recursive: true});
	const [known, ofCopy] = await Promise.all([home!, copy!].map(async place => knownSocketPaths(place, environment)));
	assert.equal(known![0], socket);
	assert.deepEqual(ofCopy, await socketPaths(copy!, environment));
	untellPlace(home!);
	assert.deepEqual(await knownSocketPaths(home!, environment), await socketPaths(home!, environment));
});

test('a folder that others can open, or that is only a link, is not used, and nobody is told anything there', async () => {
	await using folder = await temporaryFolder();
	const home = folder.join('h'.repeat(90));
	const socket = folder.join('private', 'name.sock');
	await prepareSocketPath(home, socket);
	const {mode} = await stat(folder.join('private'));
	// eslint-disable-next-line no-bitwise -- the permissions alone
	assert.equal(mode & 0o777, 0o700);

	await chmod(folder.join('private'), 0o755);
	await assert.rejects(prepareSocketPath(home, socket), {code: 'socket_folder_unsafe', exitCode: 8});
	assert.equal(await isOwnSocket(home, socket), false);
	await mkdir(folder.join('target'), {mode: 0o700});
	await symlink(folder.join('target'), folder.join('link'));
	await assert.rejects(prepareSocketPath(home, folder.join('link', 'name.sock')), {code: 'socket_folder_unsafe'});
	await writeFile(folder.join('downloads.sock'), 'no socket');
	assert.equal(await isOwnSocket(folder.path, folder.join('downloads.sock')), false);
});

/**
Whether somebody listens there.
*/
async function canConnect(file: string): Promise<boolean> {
	const socket = connect(file);
	try {
		await once(socket, 'connect');
		return true;
	} catch {
		return false;
	} finally {
		socket.destroy();
	}
}

for (const [name, home] of [['in the home', ''], ['elsewhere', 'h'.repeat(90)]] as const) {
	test(`a socket ${name} is this user's alone; what was left there is replaced; it is put back when somebody removes it, and goes at the end`, async () => {
		await using folder = await temporaryFolder();
		const place = folder.join(home);
		await mkdir(place, {recursive: true});
		const environment = {XDG_RUNTIME_DIR: folder.path};
		const [file] = await socketPaths(place, environment);
		const sockets: Socket[] = [];
		await prepareSocketPath(place, file!);
		await writeFile(file!, 'left over');
		{
			using server = await listenForClients({
				home: place,
				environment,
				onConnection(socket) {
					sockets.push(socket);
				},
			});
			const {mode} = await stat(file!);
			// eslint-disable-next-line no-bitwise -- the permissions alone
			assert.equal(mode & 0o777, 0o600);
			const found = [await isOwnSocket(place, file!), await canConnect(file!)];
			for await (const remove of inSequence([file!, path.dirname(file!)])) {
				if (home !== '' || remove === file) {
					await rm(remove, {recursive: true});
					await server.keepListening();
				}

				found.push(await isOwnSocket(place, file!), await canConnect(file!));
			}

			assert.deepEqual(found, [true, true, true, true, true, true]);
		}

		assert.equal(await canConnect(file!), false);
		for (const socket of sockets) {
			socket.destroy();
		}
	});
}
