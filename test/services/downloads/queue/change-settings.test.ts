import assert from 'node:assert/strict';
import {test} from 'node:test';
import {changeSettings, describeChange} from '../../../../source/services/downloads/queue/change-settings.js';
import {type DownloadSettingsChange} from '../../../../source/types/download.js';

const hours = {from: '23:00', to: '07:00'};

test('what is named changes, null takes away, the rest stays', () => {
	const before = {
		priority: 'high', rateLimit: 1000, hours, keepTrying: true,
	} as const;
	assert.deepEqual(changeSettings(before, {rateLimit: 5}), {...before, rateLimit: 5});
	assert.deepEqual(changeSettings(before, {rateLimit: null, hours: null, startAt: '2026-05-05T12:00:00Z'}), {priority: 'high', startAt: '2026-05-05T12:00:00Z', keepTrying: true});
	assert.deepEqual(changeSettings(before, {}), before);
});

test('what cannot be is refused, and says what can', () => {
	const wrong = [
		{priority: 'urgent'}, {rateLimit: 0}, {rateLimit: -1}, {rateLimit: NaN}, {rateLimit: Infinity}, {startAt: 'soon'}, {hours: {from: '7:00', to: '8:00'}}, {hours: {from: '07:00', to: '07:00'}},
	] as readonly DownloadSettingsChange[];
	const refused = wrong.filter(change => {
		try {
			changeSettings({priority: 'normal', keepTrying: true}, change);
			return false;
		} catch (error) {
			return error instanceof Error && 'code' in error && error.code === 'invalid_download_settings';
		}
	});
	assert.deepEqual(refused, wrong);
});

test('a change is told in words', () => {
	assert.deepEqual(describeChange({priority: 'low', rateLimit: 5_000_000, hours}), ['priority low', 'capped at 5.00 MB/s', 'only within 23:00-07:00']);
	assert.deepEqual(describeChange({rateLimit: null, startAt: null, hours: null}), ['no cap of its own any more', 'no start of its own any more', 'no hours of its own any more']);
	assert.deepEqual(describeChange({startAt: new Date('2026-05-06T02:00').toISOString()}), ['not before 2026-05-06 02:00']);
	assert.deepEqual(describeChange({keepTrying: false}), ['fails where the network fails it']);
	assert.deepEqual(describeChange({}), []);
});
