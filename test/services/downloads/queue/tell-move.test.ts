import assert from 'node:assert/strict';
import {rename} from 'node:fs/promises';
import {test} from 'node:test';
import {downloadRecordSchema} from '../../../../source/services/downloads/queue/download-record.js';
import {QueueEntry} from '../../../../source/services/downloads/queue/queue-entry.js';
import {tellMove} from '../../../../source/services/downloads/queue/tell-move.js';
import {temporaryFolder} from '../../../helpers/temporary-folder.js';
import {recordOf} from './records.js';

test('a download that goes on in another models folder says where its old part is, as long as that is there', async () => {
	await using old = await temporaryFolder();
	await using other = await temporaryFolder();
	const entry = new QueueEntry(recordOf(), [0, 0], Date.now);
	const texts = () => entry.record.events.map(({text}) => text);
	await tellMove(entry, old.path);
	await tellMove(entry, old.path);
	assert.deepEqual(texts(), []);
	assert.equal(downloadRecordSchema.parse(entry.record).folder, old.path);
	await tellMove(entry, other.path);
	assert.deepEqual(texts(), [`the models folder is another one now: what was received before is still in ${old.path}`]);

	await rename(other.path, `${other.path}-moved`);
	await tellMove(entry, `${other.path}-moved`);
	assert.equal(texts().length, 1, 'it went along');
	await rename(`${other.path}-moved`, other.path);
});
