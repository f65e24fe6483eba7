import assert from 'node:assert/strict';
import {test} from 'node:test';
import {waitOf} from '../../../../source/services/downloads/schedule/wait-of.js';

const at = (text: string) => new Date(text).getTime();
const noon = at('2026-05-05T12:00');
const quietHours = {from: '23:00', to: '07:00'};

test('without hours and a start, the time has always come', () => {
	assert.equal(waitOf({}, {quietHours: undefined, now: noon}), undefined);
});

test('a start is told by its time, and by its day where that is another', () => {
	assert.deepEqual(waitOf({startAt: new Date('2026-05-05T14:05').toISOString()}, {quietHours: undefined, now: noon}), {reason: 'starts at 14:05', until: at('2026-05-05T14:05')});
	assert.deepEqual(waitOf({startAt: new Date('2026-05-06T02:00').toISOString()}, {quietHours: undefined, now: noon}), {reason: 'starts at 2026-05-06 02:00', until: at('2026-05-06T02:00')});
});

test('a start that is over, or is no date, keeps nobody', () => {
	assert.equal(waitOf({startAt: new Date(noon).toISOString()}, {quietHours: undefined, now: noon}), undefined);
	assert.equal(waitOf({startAt: 'soon'}, {quietHours: undefined, now: noon}), undefined);
});

test('quiet hours keep those that have no hours of their own', () => {
	assert.deepEqual(waitOf({}, {quietHours, now: noon}), {reason: 'waits for 23:00 (quiet hours)', until: at('2026-05-05T23:00')});
	assert.equal(waitOf({hours: {from: '11:00', to: '13:00'}}, {quietHours, now: noon}), undefined);
	assert.deepEqual(waitOf({hours: {from: '13:00', to: '14:00'}}, {quietHours: undefined, now: noon}), {reason: 'waits for 13:00 (its hours)', until: at('2026-05-05T13:00')});
});

test('after its start a download still keeps to the hours', () => {
	const startAt = new Date('2026-05-05T11:00').toISOString();
	assert.equal(waitOf({startAt}, {quietHours, now: noon})?.reason, 'waits for 23:00 (quiet hours)');
	assert.equal(waitOf({startAt}, {quietHours, now: at('2026-05-05T10:59')})?.reason, 'starts at 11:00');
});

test('a clock that jumps is believed, in both directions', () => {
	const startAt = new Date('2026-05-05T14:00').toISOString();
	const settings = {startAt};
	assert.notEqual(waitOf(settings, {quietHours: undefined, now: noon}), undefined);
	assert.equal(waitOf(settings, {quietHours: undefined, now: at('2027-01-01T00:00')}), undefined);
	assert.equal(waitOf(settings, {quietHours: undefined, now: at('2020-01-01T00:00')})?.reason, 'starts at 2026-05-05 14:00');
});
