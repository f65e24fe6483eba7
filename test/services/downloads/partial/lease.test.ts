import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {readdir, readFile, writeFile} from 'node:fs/promises';
import process from 'node:process';
import {test} from 'node:test';
import {isLeased, takeLease} from '../../../../source/services/downloads/partial/lease.js';
import {temporaryFolder} from '../../../helpers/temporary-folder.js';

test('one at a time; free again once released', async () => {
	await using folder = await temporaryFolder();
	const lease = await takeLease(folder.path);
	assert.ok(lease);
	assert.equal(await isLeased(folder.path), true);
	assert.equal(await takeLease(folder.path), undefined);
	await lease.release();
	assert.equal(await isLeased(folder.path), false);
	assert.deepEqual(await readdir(folder.path), []);
});

test('of many that want it at once one gets it', async () => {
	await using folder = await temporaryFolder();
	await writeFile(folder.join('lease.json'), JSON.stringify({owner: {pid: 1, bootId: 'long ago'}, token: 'x'}));
	const leases = await Promise.all(Array.from({length: 20}, async () => takeLease(folder.path)));
	assert.equal(leases.filter(lease => lease !== undefined).length, 1);
	assert.deepEqual(await readdir(folder.path), ['lease.json']);
});

test('the lease of a dead process, of an earlier one with our number, or one that cannot be read is taken over', async () => {
	await using folder = await temporaryFolder();
	const own = await takeLease(folder.path);
	const {owner} = JSON.parse(await readFile(folder.join('lease.json'), 'utf8')) as {owner: {pid: number; bootId: string; startedAt?: string}};
	await own?.release();
	const {pid: deadPid} = spawnSync(process.execPath, ['--version']);
	const dead = [
		JSON.stringify({owner: {...owner, pid: deadPid}, token: 'dead'}),
		JSON.stringify({owner: {...owner, startedAt: '1'}, token: 'same number'}),
		JSON.stringify({owner: {...owner, pid: process.ppid, bootId: 'another'}, token: 'before the restart'}),
		'not a lease',
	];
	const taken: boolean[] = [];
	for (const text of dead) {
		// eslint-disable-next-line no-await-in-loop -- one after the other
		await writeFile(folder.join('lease.json'), text);
		// eslint-disable-next-line no-await-in-loop -- the same
		const lease = await takeLease(folder.path);
		taken.push(lease !== undefined);
		// eslint-disable-next-line no-await-in-loop -- the same
		await lease?.release();
	}

	assert.deepEqual(taken, [true, true, true, true]);
});

test('the lease of another living process is left alone', async () => {
	await using folder = await temporaryFolder();
	const own = await takeLease(folder.path);
	const {owner} = JSON.parse(await readFile(folder.join('lease.json'), 'utf8')) as {owner: {bootId: string}};
	await own?.release();
	await writeFile(folder.join('lease.json'), JSON.stringify({owner: {pid: process.ppid, bootId: owner.bootId}, token: 'parent'}));
	assert.equal(await takeLease(folder.path), undefined);
	assert.equal(await isLeased(folder.path), true);
});
