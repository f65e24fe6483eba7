import assert from 'node:assert/strict';
import {writeFile} from 'node:fs/promises';
import {test} from 'node:test';
import {readLockLimit} from '../../../source/services/load-plans/lock-limit.js';
import {temporaryFolder} from '../../helpers/temporary-folder.js';

test('reads how much a process may lock', async () => {
	await using folder = await temporaryFolder();
	const limits = async (line: string) => {
		await writeFile(folder.join('limits'), `Limit                     Soft Limit           Hard Limit           Units     \nMax processes             127235               127235               processes \n${line}\n`);
		return readLockLimit(folder.join('limits'));
	};

	assert.equal(await limits('Max locked memory         8388608              8388608              bytes     '), 8_388_608);
	assert.equal(await limits('Max locked memory         unlimited            unlimited            bytes     '), undefined);
	assert.equal(await readLockLimit(folder.join('missing')), undefined);
});
