import assert from 'node:assert/strict';
import {test} from 'node:test';
import {
	formatAge,
	formatClock,
	formatDay,
	formatDuration,
	formatMoment,
	formatShortDuration,
} from '../../source/format/duration.js';

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

for (const [seconds, text] of [
	[0.4, '0 s'],
	[59.4, '59 s'],
	[59.7, '1 min'],
	[200, '3 min'],
	[3540, '59 min'],
	[3599, '1 h'],
	[7200, '2 h'],
	[47 * 3600, '47 h'],
	[4 * 86_400, '4 d'],
	[undefined, '–'],
	[Infinity, '–'],
] as const) {
	test(`${seconds} seconds in one unit are “${text}”`, () => {
		assert.equal(formatShortDuration(seconds), text);
	});
}

test('the time of day has two digits for each part', () => {
	assert.equal(formatClock(new Date(2026, 0, 1, 9, 5, 7).getTime()), '09:05:07');
});

test('a moment of today is its time, another one has its date', () => {
	const shortlyAfterMidnight = new Date(2026, 0, 31, 0, 5).getTime();
	assert.equal(formatMoment(new Date(2026, 0, 31, 0, 1, 2).getTime(), shortlyAfterMidnight), '00:01:02');
	assert.equal(formatMoment(new Date(2026, 0, 30, 23, 59, 2).getTime(), shortlyAfterMidnight), '2026-01-30 23:59');
	assert.equal(formatDay(shortlyAfterMidnight), '2026-01-31');
});
