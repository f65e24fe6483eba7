import assert from 'node:assert/strict';
import {test} from 'node:test';
import {licenseTermsOf} from '../../../source/services/safety/license-terms.js';

const repository = 'owner/model-GGUF';
const page = `https://huggingface.co/${repository}`;

const free = 'apache-2.0 Apache-2.0 mit MIT bsd-3-clause cc0-1.0 cc-by-4.0 cc-by-sa-4.0 isc unlicense artistic-2.0 gpl-3.0 GPL-3.0-or-later agpl-3.0 lgpl-2.1 mpl-2.0 bsl-1.0 cdla-permissive-2.0';
const restricted = 'llama2 llama3.1 gemma cc-by-nc-4.0 cc-by-nc-sa-4.0 cc-by-nd-4.0 openrail creativeml-openrail-m bigscience-bloom-rail-1.0 deepseek qwen-research LicenseRef-LFM-1.0';
const own = [['other', undefined], ['other', 'my-own'], ['my-own', undefined], ['bsl-1.1', undefined], ['other', 'mit-but-not-on-mondays'], [undefined, 'my-own'], ['cc', undefined]] as const;

for (const license of free.split(' ')) {
	test(`${license} needs no consent`, () => {
		assert.deepEqual(licenseTermsOf({license, repository}), {
			kind: 'free', key: license.toLowerCase(), title: license, address: page, repository,
		});
	});
}

for (const license of [undefined, '', 'unknown', 'Unknown']) {
	test(`no licence (${license}) is shown as unknown, and there is nothing to agree to`, () => {
		assert.partialDeepStrictEqual(licenseTermsOf({license, repository}), {kind: 'unknown', title: 'unknown', address: page});
	});
}

for (const license of restricted.split(' ')) {
	test(`${license} needs consent, once for all repositories`, () => {
		const one = licenseTermsOf({license, repository: 'one/a'});
		const two = licenseTermsOf({license, repository: 'two/b'});
		assert.equal(one.kind, 'restricted');
		assert.equal(one.key, two.key);
		assert.match(one.address, /^https:/v);
	});
}

for (const [license, licenseName] of own) {
	test(`${license}, named ${licenseName}, needs consent for each repository`, () => {
		const one = licenseTermsOf({license, licenseName, repository: 'one/a'});
		const two = licenseTermsOf({license, licenseName, repository: 'two/b'});
		assert.equal(one.kind, 'restricted');
		assert.notEqual(one.key, two.key);
	});
}

test('the hub and the registry mean the same licence by two names', () => {
	const [hub, registry] = ['llama3.2', 'LicenseRef-Llama-3.2'].map(license => licenseTermsOf({license, repository}));
	assert.deepEqual(hub, registry);
	assert.equal(hub?.title, 'Llama 3.2 Community License');
});

test('a repository that changes its own licence is asked for again', () => {
	const before = licenseTermsOf({license: 'other', licenseName: 'first', repository});
	const after = licenseTermsOf({license: 'other', licenseName: 'second', repository});
	assert.notEqual(before.key, after.key);
});

test('the name and the address of a licence are the repository\'s, but not of a licence that is known', () => {
	const licenseLink = 'https://example.com/LICENSE';
	assert.partialDeepStrictEqual(licenseTermsOf({
		license: 'other', licenseName: 'Our Terms', licenseLink, repository,
	}), {title: 'Our Terms', address: licenseLink});
	assert.partialDeepStrictEqual(licenseTermsOf({license: 'other', repository}), {title: `the licence of ${repository}`, address: page});
	assert.partialDeepStrictEqual(licenseTermsOf({license: 'gemma', licenseLink, repository}), {address: 'https://ai.google.dev/gemma/terms'});
});
