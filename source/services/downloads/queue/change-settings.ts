import {UsageError} from '../../../errors/usage-error.js';
import {formatRate} from '../../../format/bytes.js';
import {formatHours} from '../../../format/hours.js';
import {type DownloadSettings, type DownloadSettingsChange} from '../../../types/download.js';
import {describeMoment} from '../schedule/describe-moment.js';
import {downloadSettingsSchema} from './download-record.js';

/**
The settings after a change; null takes one away.
@throws UsageError `invalid_download_settings`.
*/
export function changeSettings({priority, rateLimit, startAt, hours, keepTrying}: DownloadSettings, change: DownloadSettingsChange): DownloadSettings {
	const given = Object.entries(change).filter(([, value]) => value !== undefined);
	const changed = Object.entries({
		priority, rateLimit, startAt, hours, keepTrying, ...Object.fromEntries(given),
	}).filter(([, value]) => value !== undefined && value !== null);
	const result = downloadSettingsSchema.safeParse(Object.fromEntries(changed));
	if (!result.success) {
		throw new UsageError(`A download cannot have this ${String(result.error.issues[0]!.path[0] ?? 'setting')}.`, {
			code: 'invalid_download_settings',
			hint: 'A priority is high, normal or low; a rate is in whole bytes per second; a start is a date; hours are like 23:00-07:00.',
		});
	}

	return result.data;
}

/**
What a change says, in words for the log; one line each.
*/
export function describeChange(change: DownloadSettingsChange): readonly string[] {
	const {priority, rateLimit, startAt, hours, keepTrying} = change;
	return [
		...(priority === undefined ? [] : [`priority ${priority}`]),
		...(rateLimit === undefined ? [] : [rateLimit === null ? 'no cap of its own any more' : `capped at ${formatRate(rateLimit)}`]),
		...(startAt === undefined ? [] : [startAt === null ? 'no start of its own any more' : `not before ${describeMoment(Date.parse(startAt))}`]),
		...(hours === undefined ? [] : [hours === null ? 'no hours of its own any more' : `only within ${formatHours(hours)}`]),
		...(keepTrying === undefined ? [] : [keepTrying ? 'is tried again where the network fails it' : 'fails where the network fails it']),
	];
}
