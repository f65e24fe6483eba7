import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {
	readdir,
	readFile,
	rename,
	utimes,
	writeFile,
} from 'node:fs/promises';
import process from 'node:process';
import {test} from 'node:test';
import {
	isLeased,
	readLeaseHolder,
	takeLease,
	type Lease,
} from '../../../../source/services/downloads/lease/lease.js';
import {isSharedDisk} from '../../../../source/services/downloads/lease/is-shared-disk.js';
import {formatLease} from '../../../../source/services/downloads/lease/lease-file.js';
import {ownIdentity, type LeaseOwner} from '../../../../source/services/downloads/lease/lease-owner.js';
import {createSilenceWatch} from '../../../../source/services/downloads/lease/silence.js';
import {inSequence} from '../../../helpers/in-sequence.js';
import {temporaryFolder} from '../../../helpers/temporary-folder.js';

type Folder = Awaited<ReturnType<typeof temporaryFolder>>;

async function writeLease(folder: Folder, change: Partial<LeaseOwner>, {token = 'another', beat = 0} = {}): Promise<void> {
	await writeFile(folder.join('lease.json'), formatLease({owner: {...await ownIdentity(), ...change}, token}, beat));
}

/**
Whether a folder could be taken; it is free again afterwards.
*/
async function canTake(folder: Folder, options: Parameters<typeof takeLease>[1] = {}): Promise<boolean> {
	const lease = await takeLease(folder.path, options);
	await lease?.release();
	return lease !== undefined;
}

test('one at a time; free again once released', async () => {
	await using folder = await temporaryFolder();
	const lease = await takeLease(folder.path);
	assert.ok(lease);
	assert.equal(await isLeased(folder.path), true);
	assert.equal(await takeLease(folder.path), undefined);
	await lease.release();
	assert.equal(lease.lost.aborted, false);
	assert.equal(await isLeased(folder.path), false);
	assert.deepEqual(await readdir(folder.path), []);
});

test('two leases of other names do not meet', async () => {
	await using folder = await temporaryFolder();
	const leases = await Promise.all(['one', 'two'].map(async name => takeLease(folder.path, {name})));
	assert.ok(leases.every(lease => lease !== undefined));
	await Promise.all(leases.map(async lease => lease?.release()));
	assert.deepEqual(await readdir(folder.path), []);
});

test('of many that want the lease of a dead process at once one gets it', async () => {
	await using folder = await temporaryFolder();
	await writeLease(folder, {startedAt: '1'});
	const leases = await Promise.all(Array.from({length: 20}, async () => takeLease(folder.path)));
	const taken = leases.filter(lease => lease !== undefined);
	assert.equal(taken.length, 1);
	assert.deepEqual(await readdir(folder.path), ['lease.json']);
	await taken[0]!.release();
});

test('the lease of a dead process, or of an earlier one with our number, is taken over at once', async () => {
	await using folder = await temporaryFolder();
	const {pid: deadPid} = spawnSync(process.execPath, ['--version']);
	const taken: boolean[] = [];
	for await (const change of inSequence([{pid: deadPid}, {startedAt: '1'}, {pid: process.ppid, startedAt: '1'}])) {
		await writeLease(folder, change);
		taken.push(await canTake(folder));
	}

	assert.deepEqual(taken, [true, true, true]);
});

test('the lease of another living process is left alone, however old it looks', async () => {
	await using folder = await temporaryFolder();
	await writeLease(folder, {pid: process.ppid, startedAt: undefined});
	await utimes(folder.join('lease.json'), 0, 0);
	assert.equal(await takeLease(folder.path), undefined);
	assert.equal(await isLeased(folder.path), true);
	const holder = await readLeaseHolder(folder.path);
	assert.equal(holder?.pid, process.ppid);
	assert.equal(holder.isNeighbour, true);
});

const isAlwaysShared = async () => true;
const isNeverShared = async () => false;

for (const [where, change, isShared] of [
	['of another name', {host: 'elsewhere'}, isNeverShared],
	['in another container', {pidNamespace: 'pid:[1]'}, isNeverShared],
	['on another machine, or before the last restart, on a disk that machines share', {bootId: 'another', host: 'elsewhere'}, isAlwaysShared],
] as const) {
	test(`an owner ${where} is dead once it has been silent for a minute, by the clock of who looks`, async () => {
		await using folder = await temporaryFolder();
		const {pid: deadPid} = spawnSync(process.execPath, ['--version']);
		let clock = 1_000_000;
		const options = {silences: createSilenceWatch(() => clock), isShared};
		const found: boolean[] = [];
		// The number says nothing here, neither that it lives nor that it does not.
		for await (const pid of inSequence([deadPid, process.ppid])) {
			await writeLease(folder, {...change, pid});
			found.push(await isLeased(folder.path, options));
			clock += 59_000;
			found.push(await isLeased(folder.path, options), await canTake(folder, options));
			// It is heard of.
			await writeLease(folder, {...change, pid}, {beat: 1});
			clock += 59_000;
			found.push(await isLeased(folder.path, options));
			clock += 59_000;
			found.push(await isLeased(folder.path, options), await canTake(folder, options));
			clock += 1000;
			found.push(await isLeased(folder.path, options), await canTake(folder, options));
		}

		const each = [true, true, false, true, true, false, false, true];
		assert.deepEqual(found, [...each, ...each]);
	});
}

test('an owner from before the last restart is dead at once, where no other machine can be at the disk', async () => {
	await using folder = await temporaryFolder();
	await writeLease(folder, {bootId: 'another', pid: process.ppid});
	assert.equal(await isLeased(folder.path, {isShared: isAlwaysShared, silences: createSilenceWatch(() => 0)}), true);
	assert.equal(await isLeased(folder.path, {isShared: isNeverShared}), false);
	assert.equal(await canTake(folder, {isShared: isNeverShared}), true);
	assert.equal(await isSharedDisk('/proc'), true, 'what is not known counts as shared');
	assert.equal(await isSharedDisk(folder.join('missing')), true);
});

test('one that cannot be read may be under way, and is taken over when it stays so', async () => {
	await using folder = await temporaryFolder();
	let clock = 0;
	const options = {silences: createSilenceWatch(() => clock)};
	const taken: boolean[] = [];
	for await (const text of inSequence(['', '{"owner":', 'not a lease', '{"owner":{"pid":1,"bootId":"x"},"token":"old"}'])) {
		await writeFile(folder.join('lease.json'), text);
		taken.push(await canTake(folder, options));
		clock += 1000;
		taken.push(await canTake(folder, options));
	}

	assert.deepEqual(taken, [false, true, false, true, false, true, false, true]);
});

test('a lease is renewed, in place, as long as it is held', async () => {
	await using folder = await temporaryFolder();
	const lease = await takeLease(folder.path, {timing: {beat: 1}});
	const read = async () => JSON.parse(await readFile(folder.join('lease.json'), 'utf8')) as {beat: string};
	const seen = new Set<string>();
	while (seen.size < 4) {
		// eslint-disable-next-line no-await-in-loop -- looks again and again
		const {beat} = await read();
		seen.add(beat);
	}

	await lease?.release();
	assert.deepEqual(await readdir(folder.path), []);
});

async function lossOf(lease: Lease): Promise<{readonly code?: string}> {
	if (!lease.lost.aborted) {
		await once(lease.lost, 'abort', {signal: AbortSignal.timeout(20_000)});
	}

	return lease.lost.reason as {readonly code?: string};
}

test('an owner whose lease is taken is told, and leaves what it finds alone', async () => {
	await using folder = await temporaryFolder();
	const lease = await takeLease(folder.path, {timing: {beat: 1}});
	assert.ok(lease);
	await writeLease(folder, {host: 'elsewhere'}, {token: 'theirs'});
	const text = await readFile(folder.join('lease.json'), 'utf8');
	const {code} = await lossOf(lease);
	assert.equal(code, 'lease_lost');
	await lease.release();
	assert.equal(await readFile(folder.join('lease.json'), 'utf8'), text);
});

test('a lease that somebody deletes is put back, for nobody else has it', async () => {
	await using folder = await temporaryFolder();
	const lease = await takeLease(folder.path, {timing: {beat: 1}});
	await rename(folder.join('lease.json'), folder.join('deleted'));
	for (let names = await readdir(folder.path); !names.includes('lease.json');) {
		// eslint-disable-next-line no-await-in-loop -- looks again and again
		names = await readdir(folder.path);
	}

	assert.equal(lease?.lost.aborted, false);
	assert.equal(await isLeased(folder.path), true);
	await lease?.release();
	assert.equal(await isLeased(folder.path), false);
});

test('an owner that cannot renew its lease counts itself out before others do', async () => {
	await using folder = await temporaryFolder();
	let clock = 0;
	const lease = await takeLease(folder.join('gone'), {timing: {beat: 1}, now: () => clock});
	assert.ok(lease);
	await rename(folder.join('gone'), folder.join('elsewhere'));
	clock += 44_000;
	assert.equal(lease.lost.aborted, false);
	clock += 2000;
	const {code} = await lossOf(lease);
	assert.equal(code, 'lease_lost');
});
