import {formatBytesOf, formatRate} from '../../../format/bytes.js';
import {formatShortDuration} from '../../../format/duration.js';
import {nameWithoutQuantization} from '../../../format/model-name.js';
import {progressBar} from '../../../format/progress-bar.js';
import {selectDownloadRows} from '../../../state/selectors/download-rows.js';
import {shortActivity, statusTone, statusWord} from '../../../state/selectors/download-words.js';
import {nameOf} from '../../../state/selectors/downloads.js';
import {type AppState} from '../../../state/state.js';
import {type Download} from '../../../types/download.js';
import {Table, type Column} from '../../components/table.js';
import {type ScreenProps} from '../screen-props.js';

type DownloadColumn = Column<Download>;

/**
One row per download: what is still to come in queue order, then what failed, then the history.
*/
export function DownloadList({state, width, height}: ScreenProps) {
	const {items, list, marked, isDetailsOpen} = state.downloads;
	return (
		<Table
			columns={columnsFor(state, width)}
			rows={selectDownloadRows(items)}
			rowKey={({id}) => id}
			list={list}
			width={width}
			height={height}
			isFocused={!isDetailsOpen}
			isMarked={({id}) => marked.has(id)}
		/>
	);
}

/**
What matters most where there is little room, all of it where there is much.
*/
function columnsFor(state: AppState, width: number): readonly DownloadColumn[] {
	const status: DownloadColumn = {
		title: 'status', width: 11, value: download => statusWord(download, state), color: statusTone,
	};
	if (width < 110) {
		const model: DownloadColumn = {title: 'model', width: 'flex', value: download => priorityMark(download) + nameOf(download)};
		return width < 76 ? [model, status, ...figures.filter(({title}) => title !== 'time')] : [model, status, bar(8), ...figures];
	}

	const isRoomy = width >= 170;
	return [
		{title: 'model', width: 'flex', value: download => priorityMark(download) + nameWithoutQuantization(download.request.name, download.request.quantization)},
		{title: 'variant', width: 8, value: ({request}) => request.quantization},
		status,
		bar(isRoomy ? 20 : 10),
		...figures,
		{
			title: 'conn', width: 4, align: 'right', value: ({connections}) => (connections > 0 ? String(connections) : ''),
		},
		{title: 'from', width: isRoomy ? 24 : 16, value: ({hosts}) => `${hosts[0] ?? ''}${hosts.length > 1 ? ` +${hosts.length - 1}` : ''}`},
		...(isRoomy ? [{title: 'now', width: 'flex', value: (download: Download) => shortActivity(download, state.screen.now)} as const] : []),
	];
}

/**
As the keys that change it.
*/
function priorityMark({priority}: Download): string {
	return {high: '+ ', normal: '', low: '- '}[priority];
}

function shareOf({receivedBytes, totalBytes}: Download): number {
	return totalBytes === 0 ? 0 : receivedBytes / totalBytes;
}

function bar(width: number): DownloadColumn {
	return {
		title: '', width, value: download => progressBar(shareOf(download), width), color: statusTone,
	};
}

const figures: readonly DownloadColumn[] = [
	{
		title: '%', width: 4, align: 'right', value: download => `${Math.floor(shareOf(download) * 100)}%`,
	},
	{
		title: 'received', width: 14, align: 'right', value: ({receivedBytes, totalBytes}) => formatBytesOf(receivedBytes, totalBytes),
	},
	{
		title: 'rate', width: 9, align: 'right', value: download => inMotion(download, running => running.bytesPerSecond, finished => finished.averageBytesPerSecond, formatRate),
	},
	{
		title: 'time', width: 6, align: 'right', value: download => inMotion(download, running => running.etaSeconds, finished => finished.activeSeconds, formatShortDuration),
	},
];

/**
What is told of one that runs, and of a finished one: what it came to. There is no rate to speak of where nothing comes in.
*/
function inMotion(download: Download, running: Figure, finished: Figure, format: (figure: number | undefined) => string): string {
	if (download.status === 'downloading' || download.status === 'verifying') {
		return format(running(download));
	}

	return download.status === 'completed' && download.activeSeconds > 0 ? format(finished(download)) : '';
}

type Figure = (download: Download) => number | undefined;
