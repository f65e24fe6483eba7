import {type DownloadSettings} from '../types/download.js';
import {type FlagDefinitions, type Flags} from './command.js';
import {
	hoursKind,
	momentKind,
	priorityKind,
	rateKind,
} from './download-values.js';
import {valueFlag} from './flags.js';

/**
Flags that say how a download is to run.
*/
export const settingFlags: FlagDefinitions = {
	priority: {type: 'string', placeholder: 'WORD', description: 'high, normal or low: those of a higher priority go first'},
	limitRate: {type: 'string', placeholder: 'RATE', description: 'Bytes per second of each, for example 5MB'},
	at: {type: 'string', placeholder: 'TIME', description: 'Not before TIME: 02:00 is the next time it is that late, or 2026-12-31T02:00; nothing starts it after a reboot but you'},
	between: {type: 'string', placeholder: 'HOURS', description: 'Only within these hours of the day, for example 23:00-07:00'},
};

/**
What the flags say, and nothing else.
@throws ArgumentError `invalid_flag`.
*/
export function readSettings(flags: Flags): Partial<DownloadSettings> {
	const priority = valueFlag(flags, 'priority', priorityKind);
	const rateLimit = valueFlag(flags, 'limitRate', rateKind);
	const startAt = valueFlag(flags, 'at', momentKind);
	const hours = valueFlag(flags, 'between', hoursKind);
	return {
		...(priority !== undefined && {priority}),
		...(rateLimit !== undefined && {rateLimit}),
		...(startAt !== undefined && {startAt}),
		...(hours !== undefined && {hours}),
	};
}
