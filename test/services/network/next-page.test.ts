import assert from 'node:assert/strict';
import {test} from 'node:test';
import {nextPage} from '../../../source/services/network/next-page.js';

const url = new URL('https://hub.example/api/models?limit=2');

const cases: ReadonlyArray<readonly [link: string, next: string | undefined]> = [
	['<https://hub.example/api/models?limit=2&cursor=a,b%3E>; rel="next"', 'https://hub.example/api/models?limit=2&cursor=a,b%3E'],
	['</api/models?cursor=c>; rel=next', 'https://hub.example/api/models?cursor=c'],
	['<https://hub.example/1>; rel="prev", <https://hub.example/2>; rel="next"', 'https://hub.example/2'],
	['<https://huggingface.co/api/models?cursor=c>; rel="next"', 'https://hub.example/api/models?cursor=c'],
	['<https://hub.example/1>; rel="prev"', undefined],
	['<https://elsewhere.example/2>; rel="next"', undefined],
	['<https://hub.example/2>; rel="next"'.replace('https', 'http'), undefined],
	['<https://hub.example/2; rel="next"', undefined],
	['', undefined],
];

for (const [link, next] of cases) {
	test(`the page after ${link === '' ? 'no link' : link}`, () => {
		assert.deepEqual(nextPage({url, headers: {link}}), next === undefined ? {} : {next});
	});
}
