import {formatBytes, formatBytesOf, formatRate} from '../format/bytes.js';
import {isOpen} from '../format/download-status.js';
import {formatAge, formatDuration, formatShortDuration} from '../format/duration.js';
import {type Config} from '../types/config.js';
import {type Download} from '../types/download.js';
import {takeArguments} from './arguments.js';
import {type CommandContext} from './command.js';
import {drawBar, formatPercent} from './download-bar.js';
import {loadQueue} from './downloads-each.js';
import {queuedRecord} from './records.js';
import {formatTable, type Column} from './table.js';

/**
`downloads list`: what waits, runs or is paused, in its order, and what has ended.
*/
export async function listDownloads(context: CommandContext): Promise<void> {
	takeArguments(context, {name: 'list', maximum: 0});
	const {queue} = await loadQueue(context);
	const {config} = await context.services();
	const {downloads: settings} = config.current();
	const {output} = context;
	if (queue.length === 0) {
		output.notice('No downloads.');
	}

	if (queue.length > 0 || output.json) {
		output.result(() => ({
			downloads: queue.map(download => queuedRecord(download)),
			...totalsOf(queue),
			rateLimit: settings.rateLimitBytes === 0 ? undefined : settings.rateLimitBytes,
			quietHours: settings.quietHours === '' ? undefined : settings.quietHours,
		}), () => format(queue, settings, output.width));
	}
}

function totalsOf(queue: readonly Download[]) {
	const open = queue.filter(({status}) => isOpen(status));
	return {
		receivedBytes: sumOf(open, ({receivedBytes}) => receivedBytes),
		totalBytes: sumOf(open, ({totalBytes}) => totalBytes),
		bytesPerSecond: sumOf(open, ({bytesPerSecond = 0}) => bytesPerSecond),
		connections: sumOf(open, ({connections}) => connections),
	};
}

function sumOf(queue: readonly Download[], valueOf: (download: Download) => number): number {
	return queue.reduce((sum, download) => sum + valueOf(download), 0);
}

function format(queue: readonly Download[], settings: Config['downloads'], width: number | undefined): string {
	const open = queue.filter(({status}) => isOpen(status));
	const ended = queue.filter(({status}) => !isOpen(status));
	return [
		...(open.length > 0 ? [`${formatTotals(open, settings)}\n${formatOpen(open, width)}`] : []),
		...(ended.length > 0 ? [formatEnded(ended, width)] : []),
	].join('\n\n');
}

function formatTotals(open: readonly Download[], {rateLimitBytes, quietHours}: Config['downloads']): string {
	const {receivedBytes, totalBytes, bytesPerSecond} = totalsOf(open);
	return [
		`${open.length} ${open.length === 1 ? 'download' : 'downloads'}`,
		`${formatBytes(receivedBytes)} of ${formatBytes(totalBytes)}`,
		...(bytesPerSecond > 0 ? [formatRate(bytesPerSecond)] : []),
		...(rateLimitBytes > 0 ? [`at most ${formatRate(rateLimitBytes)}`] : []),
		...(quietHours === '' ? [] : [`only ${quietHours}`]),
	].join(' · ');
}

type Cell = Column & {readonly of: (download: Download, index: number) => string};

// As the formats write what is not known.
const unknown = '–';
const wide = 100;
const widest = 120;

/**
On a narrow terminal one column tells the status or, where there is more to say, what is being done.
*/
function formatOpen(open: readonly Download[], width: number | undefined): string {
	const isNarrow = width !== undefined && width < wide;
	const hasBars = width !== undefined && width >= widest;
	const all: readonly Cell[] = [
		{title: '#', align: 'right', of: (_, index) => String(index + 1)},
		{title: 'ID', minimumWidth: 10, of: ({request}) => request.modelId},
		...(isNarrow ? [] : [{title: 'STATUS', of: ({status}: Download) => status}]),
		...(hasBars ? [{title: 'PROGRESS', of: ({receivedBytes, totalBytes}: Download) => drawBar(receivedBytes, totalBytes, 10)}] : []),
		{title: 'DONE', align: 'right', of: ({receivedBytes, totalBytes}) => formatPercent(receivedBytes, totalBytes)},
		{title: 'RECEIVED', align: 'right', of: ({receivedBytes, totalBytes}) => formatBytesOf(receivedBytes, totalBytes)},
		{title: 'RATE', align: 'right', of: ({bytesPerSecond}) => formatRate(bytesPerSecond)},
		{title: 'LEFT', align: 'right', of: ({etaSeconds}) => formatShortDuration(etaSeconds)},
		{title: 'CONN', align: 'right', of: ({connections}) => connections === 0 ? unknown : String(connections)},
		{title: isNarrow ? 'STATUS' : 'DOING', minimumWidth: 11, of: ({status, activity, hosts}) => activity ?? (isNarrow ? status : hosts.join(', '))},
	];
	const rows = open.map((download, index) => all.map(({of}) => of(download, index)));
	// Where there is little room, a column with nothing in it has none.
	const shown = all.map((_, index) => !isNarrow || rows.some(row => row[index] !== unknown));
	return formatTable(all.filter((_, index) => shown[index]), rows.map(row => row.filter((_, index) => shown[index])), width);
}

function formatEnded(ended: readonly Download[], width: number | undefined): string {
	const now = Date.now();
	return formatTable(
		[
			{title: 'ENDED', minimumWidth: 12},
			{title: 'STATUS'},
			{title: 'SIZE', align: 'right'},
			{title: 'TIME', align: 'right'},
			{title: 'AVERAGE', align: 'right'},
			{title: 'WHEN'},
			{title: 'WHY', minimumWidth: 8},
		],
		ended.map(({request, status, totalBytes, activeSeconds, averageBytesPerSecond, finishedAt, error}) => [
			request.modelId,
			status,
			formatBytes(totalBytes),
			activeSeconds === 0 ? '–' : formatDuration(activeSeconds),
			formatRate(averageBytesPerSecond),
			formatAge(finishedAt, now),
			error?.message ?? '',
		]),
		width,
	);
}
