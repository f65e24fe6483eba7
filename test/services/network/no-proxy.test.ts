import assert from 'node:assert/strict';
import {test} from 'node:test';
import {isExempt} from '../../../source/services/network/no-proxy.js';

const cases: ReadonlyArray<readonly [noProxy: string, url: string, expected: boolean]> = [
	['', 'https://huggingface.co', false],
	['*', 'https://huggingface.co', true],
	['example.com, *', 'https://huggingface.co', true],
	['*:8443', 'https://huggingface.co', false],
	['*:8443', 'https://huggingface.co:8443', true],
	['huggingface.co', 'https://huggingface.co', true],
	['HuggingFace.CO', 'https://huggingface.co', true],
	['huggingface.co', 'https://cdn.huggingface.co', true],
	['huggingface.co', 'https://nothuggingface.co', false],
	['huggingface.co', 'https://huggingface.co.evil.example', false],
	['.huggingface.co', 'https://cdn.huggingface.co', true],
	['.huggingface.co', 'https://huggingface.co', true],
	['*.huggingface.co', 'https://cdn.huggingface.co', true],
	['*.huggingface.co', 'https://huggingface.co', false],
	['huggingface.co.', 'https://huggingface.co', true],
	['huggingface.co', 'https://huggingface.co.', true],
	['huggingface.co:443', 'https://huggingface.co', true],
	['huggingface.co:8443', 'https://huggingface.co', false],
	['a.example b.example\tc.example', 'https://b.example', true],
	['10.1.2.3', 'https://10.1.2.3', true],
	['10.0.0.0/8', 'https://10.1.2.3', true],
	['10.0.0.0/8', 'https://11.1.2.3', false],
	['10.0.0.0/8', 'https://huggingface.co', false],
	['10.0.0.0/99', 'https://10.1.2.3', false],
	['nonsense/8', 'https://10.1.2.3', false],
	['fd00::/8', 'https://[fd12::1]', true],
	['fd00::/8', 'https://10.1.2.3', false],
	['fd12::1', 'https://[fd12::1]', true],
	['[fd12::1]', 'https://[fd12::1]', true],
	['[fd12::1]:443', 'https://[fd12::1]', true],
	['[fd12::1]:8443', 'https://[fd12::1]', false],
];

for (const [noProxy, url, expected] of cases) {
	test(`NO_PROXY=${noProxy} ${expected ? 'exempts' : 'does not exempt'} ${url}`, () => {
		assert.equal(isExempt(new URL(url), noProxy), expected);
	});
}
