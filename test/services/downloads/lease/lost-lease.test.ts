import assert from 'node:assert/strict';
import {readFile, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {test} from 'node:test';
import {formatLease} from '../../../../source/services/downloads/lease/lease-file.js';
import {ownIdentity} from '../../../../source/services/downloads/lease/lease-owner.js';
import {oneModel, startWorld, until} from '../world.js';

test('a download whose folder another machine has taken over stops at once and leaves the files to it', async () => {
	const {files, request} = await oneModel(20_000_000);
	await using world = await startWorld(files, {bytesPerSecond: 2_000_000});
	await using session = await world.open();
	await session.downloads.start();
	const {id} = await session.downloads.add(request);
	// Before the first beat, which comes soon.
	const lease = path.join(world.partials, id, 'lease.json');
	await until(session, ([first]) => first?.status === 'downloading');
	const theirs = formatLease({owner: {...await ownIdentity(), host: 'elsewhere'}, token: 'theirs'}, 7);
	await writeFile(lease, theirs);
	await until(session, ([first]) => first?.activity === 'another Remuda is working on it');
	const [held] = session.downloads.list();
	assert.equal(held?.status, 'pending');
	assert.equal(held.connections, 0);
	assert.equal(await readFile(lease, 'utf8'), theirs);
	await assert.rejects(session.downloads.cancel(id), {code: 'download_elsewhere'});
});
