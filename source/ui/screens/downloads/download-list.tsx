import {formatBytesOf, formatRate} from '../../../format/bytes.js';
import {formatShortDuration} from '../../../format/duration.js';
import {nameWithoutQuantization, nameWithQuantization} from '../../../format/model-name.js';
import {type Download, type DownloadStatus} from '../../../types/download.js';
import {progressBar} from '../../components/progress-bar.js';
import {Table, type Column} from '../../components/table.js';
import {type ThemeColor} from '../../theme.js';
import {type ScreenProps} from '../screen-props.js';

export const statusColors: Readonly<Record<DownloadStatus, ThemeColor>> = {
	pending: 'muted',
	downloading: 'accent',
	paused: 'warning',
	verifying: 'accent',
	completed: 'good',
	failed: 'bad',
	cancelled: 'muted',
};

/**
One row per download, in queue order.
*/
export function DownloadList({state, width, height}: ScreenProps) {
	const {items, list, marked} = state.downloads;
	return (
		<Table
			columns={width >= 110 ? wide : narrow}
			rows={items}
			rowKey={({id}) => id}
			list={list}
			width={width}
			height={height}
			isMarked={({id}) => marked.has(id)}
		/>
	);
}

export function shareOf({receivedBytes, totalBytes}: Download): number {
	return totalBytes === 0 ? 0 : receivedBytes / totalBytes;
}

/**
Nothing comes in any more, or not now: there is no rate to speak of.
*/
function isMoving({status}: Download): boolean {
	return status === 'downloading' || status === 'verifying';
}

const status: Column<Download> = {
	title: 'status', width: 11, value: download => download.status, color: download => statusColors[download.status],
};
const percent: Column<Download> = {
	title: '%', width: 4, align: 'right', value: download => `${Math.floor(shareOf(download) * 100)}%`,
};
const bytes: Column<Download> = {
	title: 'received', width: 14, align: 'right', value: ({receivedBytes, totalBytes}) => formatBytesOf(receivedBytes, totalBytes),
};
const rate: Column<Download> = {
	title: 'rate', width: 9, align: 'right', value: download => (isMoving(download) ? formatRate(download.bytesPerSecond) : ''),
};
const left: Column<Download> = {
	title: 'left', width: 6, align: 'right', value: download => (isMoving(download) ? formatShortDuration(download.etaSeconds) : ''),
};

function bar(width: number): Column<Download> {
	return {
		title: '', width, value: download => progressBar(shareOf(download), width), color: download => statusColors[download.status],
	};
}

const narrow: ReadonlyArray<Column<Download>> = [
	{title: 'model', width: 'flex', value: ({request}) => nameWithQuantization(request.name, request.quantization)},
	status,
	bar(8),
	percent,
	bytes,
	rate,
	left,
];

const wide: ReadonlyArray<Column<Download>> = [
	{title: 'model', width: 'flex', value: ({request}) => nameWithoutQuantization(request.name, request.quantization)},
	{title: 'quant', width: 8, value: ({request}) => request.quantization},
	status,
	bar(20),
	percent,
	bytes,
	rate,
	left,
];
