import assert from 'node:assert/strict';
import {test} from 'node:test';
import {
	hoursKind,
	momentKind,
	moveKind,
	orNone,
	priorityKind,
	rateKind,
} from '../../source/commands/download-values.js';

test('values are read as they are typed', () => {
	assert.equal(priorityKind.read('HIGH'), 'high');
	assert.equal(moveKind.read('first'), 'first');
	assert.equal(rateKind.read('5MB'), 5_000_000);
	assert.equal(rateKind.read('500 KB/s'), 500_000);
	assert.deepEqual(hoursKind.read('23:00-07:00'), {from: '23:00', to: '07:00'});
	assert.equal(orNone(rateKind).read('None'), 'none');
	assert.equal(orNone(rateKind).read('1MiB'), 1_048_576);
});

test('a time of day is the next one, in local time', () => {
	const moment = new Date(momentKind.read('02:00') ?? '');
	const distance = moment.getTime() - Date.now();
	assert.deepEqual([moment.getHours(), moment.getMinutes(), moment.getSeconds()], [2, 0, 0]);
	// A day may have 25 hours.
	assert.ok(distance > 0);
	assert.ok(distance <= 25 * 3_600_000);
});

test('a moment in full is local, or of the zone that it names', () => {
	assert.equal(momentKind.read('2099-01-31T02:00Z'), '2099-01-31T02:00:00.000Z');
	assert.equal(momentKind.read('2099-01-31T02:00:30+02:00'), '2099-01-31T00:00:30.000Z');
	assert.equal(momentKind.read('2099-01-31 02:00'), new Date(2099, 0, 31, 2).toISOString());
});

for (const text of ['', 'soon', '24:00', '2:60', '2099-02-31T02:00', '2099-13-01T02:00', '2099-01-01', '2099-01-31T25:00', '99999-01-01T00:00']) {
	test(`“${text}” is no time`, () => {
		assert.equal(momentKind.read(text), undefined);
	});
}

for (const [kind, text] of [[rateKind, '0'], [rateKind, '-5MB'], [rateKind, 'fast'], [hoursKind, '23:00'], [hoursKind, '07:00-07:00'], [priorityKind, 'urgent'], [moveKind, '3']] as const) {
	test(`“${text}” is none of ${kind.wanted}`, () => {
		assert.equal(kind.read(text), undefined);
	});
}
