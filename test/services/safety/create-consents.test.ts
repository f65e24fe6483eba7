import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createConsents} from '../../../source/services/safety/create-consents.js';
import {licenseTermsOf} from '../../../source/services/safety/license-terms.js';
import {openStorage} from '../../../source/services/storage/open-storage.js';
import {temporaryFolder} from '../../helpers/temporary-folder.js';

const gemma = licenseTermsOf({license: 'gemma', repository: 'google/gemma'});
const llama = licenseTermsOf({license: 'llama3.1', repository: 'meta/llama'});

test('a consent is kept over a restart, once, with its first time', async () => {
	await using folder = await temporaryFolder();
	const path = folder.join('remuda.sqlite');
	const times = ['2026-01-01T00:00:00.000Z', '2026-01-02T00:00:00.000Z', '2026-01-03T00:00:00.000Z'];
	const open = () => {
		const storage = openStorage({path});
		return {storage, consents: createConsents({storage, clock: () => new Date(times.shift()!)})};
	};

	const first = open();
	assert.equal(await first.consents.has(gemma), false);
	await first.consents.record(gemma);
	await first.consents.record({...gemma, repository: 'another/one'});
	await first.consents.record(llama);
	await first.storage.close();

	const second = open();
	assert.equal(await second.consents.has(gemma), true);
	const {kind: _, ...kept} = gemma;
	assert.deepEqual(await second.consents.list(), [
		{
			key: 'llama3.1', title: 'Llama 3.1 Community License', address: 'https://www.llama.com/llama3_1/license/', repository: 'meta/llama', acceptedAt: '2026-01-03T00:00:00.000Z',
		},
		{...kept, acceptedAt: '2026-01-01T00:00:00.000Z'},
	]);
	await second.storage.close();
});

test('what needs no consent has it, without anything being kept', async () => {
	await using folder = await temporaryFolder();
	const storage = openStorage({path: folder.join('remuda.sqlite')});
	const consents = createConsents({storage});
	assert.equal(await consents.has(licenseTermsOf({license: 'mit', repository: 'o/r'})), true);
	assert.equal(await consents.has(licenseTermsOf({repository: 'o/r'})), true);
	assert.deepEqual(await consents.list(), []);
	await storage.close();
});
