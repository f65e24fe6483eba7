import assert from 'node:assert/strict';
import {test} from 'node:test';
import {retryAfterSeconds} from '../../../source/services/network/retry-after.js';

const now = Date.parse('2026-11-20T12:00:00Z');

const cases: ReadonlyArray<readonly [headers: Record<string, string>, seconds: number | undefined]> = [
	[{ratelimit: '"api";r=0;t=55'}, 56],
	[{ratelimit: '"api";r=0;t=55', 'retry-after': '5'}, 56],
	[{'retry-after': '5'}, 5],
	[{'retry-after': 'Fri, 20 Nov 2026 12:00:30 GMT'}, 30],
	[{'retry-after': 'Fri, 20 Nov 2026 11:00:00 GMT'}, 0],
	[{'retry-after': 'Fri, 20 Nov 2026 11:00:30 GMT', date: 'Fri, 20 Nov 2026 11:00:00 GMT'}, 30],
	[{'retry-after': 'Fri, 20 Nov 2026 12:00:30 GMT', date: 'today'}, 30],
	[{'retry-after': '99999999'}, 3600],
	[{'retry-after': 'soon'}, undefined],
	[{'retry-after': ''}, undefined],
	[{}, undefined],
];

for (const [headers, seconds] of cases) {
	test(`${JSON.stringify(headers)} asks to wait ${seconds ?? 'for no known time'}`, () => {
		assert.equal(retryAfterSeconds(headers, now), seconds);
	});
}
