import assert from 'node:assert/strict';
import {existsSync} from 'node:fs';
import {stat, writeFile} from 'node:fs/promises';
import {test} from 'node:test';
import {makeFolder} from '../../../source/services/config/make-folder.js';
import {temporaryFolder} from '../../helpers/temporary-folder.js';

test('a folder is made with those above it, and one that is there stays', async () => {
	await using folder = await temporaryFolder();
	await makeFolder(folder.join('a', 'b', 'c'), {mode: 0o700});
	await writeFile(folder.join('a', 'b', 'c', 'file'), '');
	await makeFolder(folder.join('a', 'b', 'c'));
	assert.ok(existsSync(folder.join('a', 'b', 'c', 'file')));
	const {mode} = await stat(folder.join('a'));
	assert.equal(mode % 0o1000, 0o700);
});

test('a file in the way is an error', async () => {
	await using folder = await temporaryFolder();
	await writeFile(folder.join('file'), '');
	await assert.rejects(makeFolder(folder.join('file')), {code: 'EEXIST'});
	await assert.rejects(makeFolder(folder.join('file', 'a', 'b')), {code: /EEXIST|ENOTDIR/v});
});

test('where a system says that what is there is not there, it ends with an error', async () => {
	await assert.rejects(makeFolder('/proc/no-such-folder/below'), {syscall: 'mkdir'});
});
