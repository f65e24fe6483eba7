import {type DownloadSettingsChange} from '../../../types/download.js';
import {changeSettings, describeChange} from './change-settings.js';
import {type QueueEntry} from './queue-entry.js';

/**
Gives an entry other settings and logs what changed, in the words that are returned.
@throws UsageError `invalid_download_settings`.
*/
export function applyChange(entry: QueueEntry, change: DownloadSettingsChange): readonly string[] {
	const {priority, rateLimit, startAt, hours, keepTrying} = entry.record;
	const lines = describeChange(change);
	entry.update({
		// What is taken away has no value in the settings that are left.
		rateLimit: undefined,
		startAt: undefined,
		hours: undefined,
		...changeSettings({
			priority, keepTrying, ...(rateLimit !== undefined && {rateLimit}), ...(startAt !== undefined && {startAt}), ...(hours !== undefined && {hours}),
		}, change),
	});
	for (const line of lines) {
		entry.log(line);
	}

	return lines;
}
