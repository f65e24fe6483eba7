import {formatBytes, formatRate} from '../../../format/bytes.js';
import {formatClock, formatDuration} from '../../../format/duration.js';
import {nameWithQuantization} from '../../../format/model-name.js';
import {type DownloadEvent} from '../../../state/reducers/downloads.js';
import {type Download} from '../../../types/download.js';
import {type Spans} from '../../components/lines.js';
import {wrapped, wrappedFacts} from '../../components/wrapped.js';

/**
Everything about one download: what it is doing, what went wrong, its files, and what happened so far.
*/
export function downloadLines(download: Download, events: readonly DownloadEvent[], {width, height}: {readonly width: number; readonly height: number}): readonly Spans[] {
	const {request, hosts} = download;
	return [
		[{text: nameWithQuantization(request.name, request.quantization), isBold: true}],
		...wrapped(activityOf(download), width, {limit: 2}),
		// Where there are few rows, name and activity stand above it and nothing below.
		...errorLines(download, width, Math.max(1, height - 2)),
		...wrappedFacts([request.repository, `revision ${request.revision.slice(0, 12)}`, hosts.length === 0 ? undefined : `from ${hosts.join(', ')}`], width, {color: 'muted', limit: 2}),
		...wrappedFacts(figuresOf(download), width, {color: 'muted', limit: 2}),
		...fileLines(download),
		...eventLines(events),
	];
}

/**
One sentence: what it is doing now, or how it ended.
*/
export function activityOf(download: Download): string {
	const {status, activity, etaSeconds, bytesPerSecond} = download;
	switch (status) {
		case 'pending': {
			return activity ?? 'Waits for its turn.';
		}

		case 'downloading': {
			return activity ?? (bytesPerSecond === undefined ? 'Connecting.' : `${formatRate(bytesPerSecond)}, ${formatDuration(etaSeconds)} left.`);
		}

		case 'verifying': {
			return activity ?? 'All bytes are here; their checksum is being compared.';
		}

		case 'paused': {
			return 'Paused: p lets it go on from where it is.';
		}

		case 'completed': {
			return `Completed and verified${tookOf(download)}. 3 shows what is installed.`;
		}

		case 'failed': {
			return download.receivedBytes > 0 ? 'Failed: r tries again from what is here, x deletes that.' : 'Failed: r tries again.';
		}

		case 'cancelled': {
			return 'Cancelled, nothing of it is kept. r starts it again, c takes it off the list.';
		}
	}
}

function tookOf({createdAt, finishedAt}: Download): string {
	const seconds = finishedAt === undefined ? NaN : (Date.parse(finishedAt) - Date.parse(createdAt)) / 1000;
	return Number.isFinite(seconds) ? ` ${formatDuration(seconds)} after it was queued` : '';
}

function errorLines({status, error}: Download, width: number, limit: number): readonly Spans[] {
	return status === 'failed' && error ? wrapped(`! ${error.message} ${error.hint ?? ''}`, width, {color: 'bad', limit}) : [];
}

function figuresOf({fetchedBytes, resumedBytes, totalBytes, retries, request}: Download): readonly string[] {
	return [
		`${formatBytes(totalBytes)} in ${request.files.length === 1 ? 'one file' : `${request.files.length} files`}`,
		`${formatBytes(fetchedBytes)} fetched`,
		...(resumedBytes > 0 ? [`${formatBytes(resumedBytes)} were here already`] : []),
		...(retries > 0 ? [`${retries} ${retries === 1 ? 'setback' : 'setbacks'}`] : []),
		...(request.license === undefined ? [] : [`licence ${request.license}`]),
	];
}

function fileLines({request}: Download): readonly Spans[] {
	return request.files.length === 1
		? [[`  ${request.files[0]?.path ?? ''}`]]
		: request.files.map(({path, sizeBytes}): Spans => [`  ${formatBytes(sizeBytes).padStart(8)}  ${path}`]);
}

/**
Newest first, so that what just happened is on the screen.
*/
function eventLines(events: readonly DownloadEvent[]): readonly Spans[] {
	return events.toReversed().map(({at, text}): Spans => [{text: `  ${formatClock(at)}  `, color: 'muted'}, text]);
}
