import assert from 'node:assert/strict';
import {test} from 'node:test';
import {formatAge, formatDuration} from '../../source/format/duration.js';

for (const [seconds, text] of [
	[0, '0 s'],
	[-3, '0 s'],
	[0.4, '0 s'],
	[8, '8 s'],
	[59.4, '59 s'],
	[59.5, '1 min 00 s'],
	[200, '3 min 20 s'],
	[3599.6, '1 h 00 min'],
	[7500, '2 h 05 min'],
	[172_799, '47 h 59 min'],
	[172_800, '2 d 0 h'],
	[356_400, '4 d 3 h'],
	[undefined, '–'],
	[NaN, '–'],
	[Infinity, '–'],
] as const) {
	test(`${seconds} seconds are ${text}`, () => {
		assert.equal(formatDuration(seconds), text);
	});
}

const now = Date.parse('2026-11-20T12:00:00Z');

for (const [time, text] of [
	['2026-11-20T11:59:30Z', 'just now'],
	['2026-11-20T12:05:00Z', 'just now'],
	['2026-11-20T11:55:00Z', '5 min ago'],
	['2026-11-20T11:00:01Z', '59 min ago'],
	['2026-11-20T11:00:00Z', '1 h ago'],
	['2026-11-18T12:00:01Z', '47 h ago'],
	['2026-11-18T12:00:00Z', '2 d ago'],
	['2025-11-20T12:00:00Z', '365 d ago'],
	[undefined, 'never'],
	['yesterday', 'never'],
	['', 'never'],
] as const) {
	test(`${time} was ${text}`, () => {
		assert.equal(formatAge(time, now), text);
	});
}
