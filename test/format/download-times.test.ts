import assert from 'node:assert/strict';
import {test} from 'node:test';
import {
	formatDownloadTimes,
	parseDownloadTimes,
	parseStart,
	parseTimeOfDay,
} from '../../source/format/download-times.js';

const now = new Date(2026, 0, 31, 12, 0).getTime();
const local = (...parts: readonly [year: number, month: number, day: number, hour: number, minute: number]) => new Date(...parts).toISOString();

test('a time of day is the next one, today or tomorrow', () => {
	assert.equal(parseTimeOfDay('13:30', now), local(2026, 0, 31, 13, 30));
	assert.equal(parseTimeOfDay(' 2:05 ', now), local(2026, 1, 1, 2, 5));
	assert.equal(parseTimeOfDay('12:00', now), local(2026, 1, 1, 12, 0));
	assert.deepEqual(['24:00', '7', '07:60', '', 'noon', '07:00:00', '-1:00'].filter(text => parseTimeOfDay(text, now) !== undefined), []);
});

test('a start may have its date', () => {
	assert.equal(parseStart('2026-02-03T04:05', now), local(2026, 1, 3, 4, 5));
	assert.equal(parseStart('2026-02-03T04:05:30+02:00', now), '2026-02-03T02:05:30.000Z');
	assert.deepEqual(['2026-13-03T04:05', '2026-02-31T02:00'].filter(text => parseStart(text, now) !== undefined), []);
});

test('a time, hours, both or neither are read in any order', () => {
	const startAt = local(2026, 1, 1, 2, 0);
	const hours = {from: '23:00', to: '07:00'};
	assert.deepEqual(parseDownloadTimes('02:00', now), {value: {startAt}});
	assert.deepEqual(parseDownloadTimes('23:00-07:00', now), {value: {hours}});
	assert.deepEqual(parseDownloadTimes('23:00-07:00,  02:00', now), {value: {startAt, hours}});
	assert.deepEqual(parseDownloadTimes('', now), {value: {}});
	assert.deepEqual(parseDownloadTimes(' now ', now), {value: {}});
	assert.deepEqual(['soon', '02:00 03:00', '01:00-02:00 03:00-04:00', '07:00-07:00'].filter(text => 'value' in parseDownloadTimes(text, now)), []);
});

test('what is written is read back, and a start that is over is none', () => {
	const hours = {from: '23:00', to: '07:00'};
	const times = [{startAt: local(2026, 1, 1, 2, 0)}, {startAt: local(2026, 1, 1, 12, 0), hours}, {startAt: local(2027, 5, 6, 7, 8)}, {hours}, {}];
	assert.deepEqual(times.map(value => parseDownloadTimes(formatDownloadTimes(value, now), now)), times.map(value => ({value})));
	assert.equal(formatDownloadTimes({startAt: local(2026, 0, 30, 2, 0)}, now), '');
	assert.equal(formatDownloadTimes({startAt: 'nonsense'}, now), '');
});
