import {formatRate} from '../format/bytes.js';
import {formatHours} from '../format/hours.js';
import {formatDownloadTimes} from '../format/download-times.js';
import {type Download, type DownloadSettingsChange} from '../types/download.js';
import {takeArguments} from './arguments.js';
import {type CommandContext} from './command.js';
import {moveKind, orNone, rateKind} from './download-values.js';
import {changeEach} from './downloads-each.js';
import {readValue, type ValueKind} from './flags.js';

/**
`downloads NAME ID... VALUE`: changes a setting of downloads, also while they run.
*/
export function changeAction<Value>(name: string, kind: ValueKind<Value>, toChange: (value: Value) => DownloadSettingsChange): (context: CommandContext) => Promise<void> {
	return async context => {
		const {ids, value} = readIdsAndValue(context, name, kind);
		const {downloads} = await context.services();
		const change = toChange(value);
		await changeEach(context, ids, {
			apply: async ({id}) => downloads.configure(id, change),
			say: download => download === undefined ? 'gone' : describeSettings(download),
		});
	};
}

const limitKind = orNone(rateKind);
const limitDownloads = changeAction('limit', limitKind, rate => ({rateLimit: rate === 'none' ? null : rate}));

/**
`downloads limit`: of single downloads, or with `all` of all together, which is a setting.
*/
export async function limitAction(context: CommandContext): Promise<void> {
	if (context.input[0] !== 'all') {
		await limitDownloads(context);
		return;
	}

	takeArguments(context, {name: 'a rate', minimum: 2, maximum: 2});
	const {value} = readIdsAndValue(context, 'limit', limitKind);
	const {config} = await context.services();
	await config.set('downloads.rate_limit_bytes', value === 'none' ? 0 : value);
	const rateLimit = value === 'none' ? undefined : value;
	context.output.result(() => ({rateLimit}), () => rateLimit === undefined ? 'All downloads together: no limit.' : `All downloads together: at most ${formatRate(rateLimit)}.`);
}

/**
`downloads move ID first|up|down|last`.
*/
export async function moveAction(context: CommandContext): Promise<void> {
	takeArguments(context, {name: 'the id of a download and where to move it', minimum: 2, maximum: 2});
	const {ids, value} = readIdsAndValue(context, 'move', moveKind);
	const {downloads} = await context.services();
	await changeEach(context, ids, {
		apply: async ({id}) => downloads.move(id, value),
		say(download) {
			const waiting = downloads.list().filter(({finishedAt}) => finishedAt === undefined);
			const place = waiting.findIndex(({id}) => id === download?.id);
			return place === -1 ? (download?.status ?? 'gone') : `now ${place + 1} of ${waiting.length}`;
		},
	});
}

function readIdsAndValue<Value>(context: CommandContext, name: string, kind: ValueKind<Value>): {readonly ids: readonly string[]; readonly value: Value} {
	const typed = takeArguments(context, {name: `the id of a download, and ${kind.wanted}`, minimum: 2});
	return {ids: typed.slice(0, -1), value: readValue(typed.at(-1)!, {name: `downloads ${name}`, code: 'invalid_value'}, kind)};
}

/**
What was set, in words; what was not is not said.
*/
export function describeSettings({priority, rateLimit, startAt, hours}: Download): string {
	const start = startAt === undefined ? '' : formatDownloadTimes({startAt}, Date.now());
	return [
		`${priority} priority`,
		rateLimit === undefined ? 'no limit of its own' : `at most ${formatRate(rateLimit)}`,
		start === '' ? 'at once' : `from ${start}`,
		hours === undefined ? 'at any hour' : `only ${formatHours(hours)}`,
	].join(', ');
}
