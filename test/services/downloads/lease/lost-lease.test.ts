import assert from 'node:assert/strict';
import {readFile, stat, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {test} from 'node:test';
import {formatLease} from '../../../../source/services/downloads/lease/lease-file.js';
import {ownIdentity} from '../../../../source/services/downloads/lease/lease-owner.js';
import {normalizeRanges, totalBytes} from '../../../../source/services/downloads/partial/byte-ranges.js';
import {readJournal} from '../../../../source/services/downloads/partial/journal.js';
import {partialPaths} from '../../../../source/services/downloads/partial/partial-paths.js';
import {readWrittenLog} from '../../../../source/services/downloads/partial/written-log.js';
import {oneModel, startWorld, until} from '../world.js';

test('a download whose folder another machine has taken over stops at once and leaves the files to it', async () => {
	const {files, request} = await oneModel(2_000_000);
	await using world = await startWorld(files);
	world.hub.fault({kind: 'slow', at: 300_000, bytesPerSecond: 10});
	// So long that nothing but the end would replace the journal.
	await using session = await world.open({timing: {flush: 0, journal: 3_600_000, stall: 3_600_000}});
	await session.downloads.start();
	const {id} = await session.downloads.add(request);
	const folder = path.join(world.partials, id);
	const lease = path.join(folder, 'lease.json');
	// Usually before the first beat, which comes soon.
	await until(session, ([first]) => first?.status === 'downloading' && first.receivedBytes > 0);
	const {journal, log, partial} = partialPaths(folder, 0);
	const theirs = formatLease({owner: {...await ownIdentity(), host: 'elsewhere'}, token: 'theirs'}, 7);
	await writeFile(lease, theirs);
	await until(session, ([first]) => first?.activity === 'another Remuda is working on it');
	const [held] = session.downloads.list();
	assert.equal(held?.status, 'pending');
	assert.equal(held.connections, 0);
	assert.equal(await readFile(lease, 'utf8'), theirs);
	// As a killed process leaves them: the others go on with that, and may have replaced it by now.
	const {written} = (await readJournal(journal))!;
	assert.deepEqual(written, []);
	const logged = normalizeRanges(await readWrittenLog(log));
	assert.ok(totalBytes(logged) > 0);
	const {size} = await stat(partial);
	assert.equal(size, logged.at(-1)?.end);
	await assert.rejects(session.downloads.cancel(id), {code: 'download_elsewhere'});
});
