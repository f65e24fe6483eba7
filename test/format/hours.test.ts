import assert from 'node:assert/strict';
import process from 'node:process';
import {afterEach, test} from 'node:test';
import fc from 'fast-check';
import {type HoursOfDay} from '../../source/types/download.js';
import {haveBegun, isWithinHours, nextWithinHours} from '../../source/format/hours.js';

const zone = process.env.TZ;
const minute = 60_000;

function inZone(name: string): void {
	process.env.TZ = name;
}

afterEach(() => {
	if (zone === undefined) {
		delete process.env.TZ;
	} else {
		process.env.TZ = zone;
	}
});

const at = (text: string) => new Date(text).getTime();

test('the first minute is within, the last one is not; over midnight too', () => {
	const night = {from: '23:00', to: '07:00'};
	const day = {from: '09:00', to: '17:30'};
	const cases = [
		[night, '22:59:59', false],
		[night, '23:00:00', true],
		[night, '23:59:59', true],
		[night, '00:00:00', true],
		[night, '06:59:59', true],
		[night, '07:00:00', false],
		[night, '12:00:00', false],
		[day, '08:59:59', false],
		[day, '09:00:00', true],
		[day, '17:29:59', true],
		[day, '17:30:00', false],
		[day, '00:00:00', false],
	] as const;
	assert.deepEqual(cases.filter(([hours, time, expected]) => isWithinHours(hours, at(`2026-05-05T${time}`)) !== expected), []);
});

test('the next moment within is now, later today, or tomorrow', () => {
	const morning = {from: '02:00', to: '05:00'};
	assert.equal(nextWithinHours(morning, at('2026-05-05T03:12:34')), at('2026-05-05T03:12:34'));
	assert.equal(nextWithinHours(morning, at('2026-05-05T00:12:34')), at('2026-05-05T02:00'));
	assert.equal(nextWithinHours(morning, at('2026-05-05T05:00')), at('2026-05-06T02:00'));
	assert.equal(nextWithinHours(morning, at('2026-12-31T23:00')), at('2027-01-01T02:00'));
});

test('clocks that are put forward: hours that begin in the missing one begin after it', () => {
	inZone('Europe/Berlin');
	// On that day 02:00 is 03:00.
	const before = at('2026-03-29T01:30:00+01:00');
	assert.equal(nextWithinHours({from: '02:30', to: '05:00'}, before), at('2026-03-29T03:00:00+02:00'));
	assert.equal(nextWithinHours({from: '04:00', to: '05:00'}, before), at('2026-03-29T04:00:00+02:00'));
	// Hours that are missing as a whole come the next day.
	assert.equal(nextWithinHours({from: '02:10', to: '02:50'}, before), at('2026-03-30T02:10:00+02:00'));
});

test('clocks that are put back: the hour that comes twice counts twice', () => {
	inZone('Europe/Berlin');
	const hours = {from: '02:10', to: '02:20'};
	assert.equal(isWithinHours(hours, at('2026-10-25T02:15:00+02:00')), true);
	assert.equal(isWithinHours(hours, at('2026-10-25T02:15:00+01:00')), true);
	assert.equal(nextWithinHours(hours, at('2026-10-25T02:20:00+02:00')), at('2026-10-25T02:10:00+01:00'));
	assert.equal(nextWithinHours({from: '05:00', to: '06:00'}, at('2026-10-25T01:00:00+02:00')), at('2026-10-25T05:00:00+01:00'));
});

test('the next moment is the first that lies within, wherever the clocks are changed', () => {
	// By half an hour at Lord Howe, at midnight in Havana, and never in Kolkata.
	const zones = ['Europe/Berlin', 'America/Havana', 'Australia/Lord_Howe', 'Asia/Kolkata'];
	const changes = ['2026-03-08T05:00:00Z', '2026-03-29T01:00:00Z', '2026-04-04T15:00:00Z', '2026-10-03T15:30:00Z', '2026-10-25T01:00:00Z', '2026-11-01T05:00:00Z'].map(text => at(text));
	const moments = fc.tuple(fc.constantFrom(...changes), fc.integer({min: -1500, max: 300})).map(([change, minutes]) => change + (minutes * minute));
	const clocks = fc.integer({min: 0, max: 1439}).map(minutes => [Math.floor(minutes / 60), minutes % 60].map(part => String(part).padStart(2, '0')).join(':'));
	const hours = fc.record({from: clocks, to: clocks}).filter(({from, to}) => from !== to);
	const results = zones.map(zoneName => {
		inZone(zoneName);
		return fc.check(fc.property(moments, hours, (moment, range) => nextWithinHours(range, moment) === firstMinuteWithin(moment, range)), {numRuns: 30});
	});
	assert.deepEqual(results.filter(({failed}) => failed).map(({counterexample}) => counterexample), []);
});

function firstMinuteWithin(moment: number, hours: HoursOfDay): number {
	let current = moment;
	while (!isWithinHours(hours, current)) {
		current += minute;
	}

	return current;
}

test('hours have begun where they were not yet before', () => {
	const hours = {from: '23:00', to: '07:00'};
	const times = ['2026-05-05T22:59', '2026-05-05T23:00', '2026-05-06T02:00', '2026-05-06T07:00'].map(time => at(time));
	assert.deepEqual(times.slice(1).map((now, index) => haveBegun(hours, {before: times[index]!, now})), [true, false, false]);
	assert.equal(haveBegun(hours, {before: times[0]!, now: times[2]!}), true, 'the machine slept meanwhile');
	assert.equal(haveBegun(undefined, {before: times[0]!, now: times[1]!}), false);
});
