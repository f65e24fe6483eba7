import {formatBytes, formatBytesOf, formatRate} from '../../format/bytes.js';
import {isFinished} from '../../format/download-status.js';
import {formatTimeOfDay} from '../../format/download-times.js';
import {formatMoment} from '../../format/duration.js';
import {formatHours} from '../../format/hours.js';
import {progressBar} from '../../format/progress-bar.js';
import {
	type Download,
	type DownloadEvent,
	type DownloadFile,
	type DownloadSegment,
} from '../../types/download.js';
import {type AppState} from '../state.js';
import {stripLegend, stripLine} from './download-strip.js';
import {activityOf, statusTone, statusWord} from './download-words.js';
import {downloadDetailColumns} from './downloads-layout.js';
import {nameOf, selectDownload} from './downloads.js';
import {bodyRows} from './layout.js';
import {memoize} from './memoize.js';
import {wrapped, wrappedFacts, type StyledLine} from './styled-lines.js';

/**
Everything about the selected download on one page, from what it does now to what happened to it first.
*/
export function selectDetailLines(state: AppState, width: number): readonly StyledLine[] {
	const events = selectEventLines(state, width);
	return [...selectFactLines(state, width), ...(events.length > 0 ? [heading('what happened')] : []), ...events];
}

/**
How far the details can be scrolled where they take the whole body.
*/
export function selectLastDetailTop(state: AppState): number {
	return Math.max(0, selectDetailLines(state, downloadDetailColumns(state.screen)).length - bodyRows(state.screen));
}

/**
What it is, what it does now, and how much of it is here.
*/
export function selectFactLines(state: AppState, width: number): readonly StyledLine[] {
	const download = selectDownload(state);
	if (!download) {
		return [];
	}

	return [
		[{text: nameOf(download), isBold: true}, {text: `  ${statusWord(download, state)}`, color: statusTone(download)}],
		...wrapped(activityOf(download), width, {limit: 2}),
		...errorLines(download, width),
		...stripLines(download, width),
		...wrappedFacts(figuresOf(download), width, {limit: 3}),
		...wrappedFacts(settingsOf(download, state.screen.now), width, {color: 'warning', limit: 2}),
		...wrappedFacts(originOf(download), width, {color: 'muted', limit: 3}),
		...connectionLines(download, width),
		...fileLines(download),
	];
}

/**
What happened to the selected download, newest first, so that what just happened is on the screen.
*/
export function selectEventLines(state: AppState, width: number): readonly StyledLine[] {
	return eventLines(selectDownload(state)?.events ?? noEvents, width, state.screen.now);
}

const noEvents: readonly DownloadEvent[] = [];

/**
Events are few and change seldom, while what stands around them changes ten times a second.
*/
const eventLines = memoize((events: readonly DownloadEvent[], width: number, now: number): readonly StyledLine[] => events.toReversed().flatMap(({at, text}): readonly StyledLine[] => {
	const moment = `  ${formatMoment(Date.parse(at), now)}  `;
	return wrapped(text, Math.max(20, width - moment.length), {limit: 3})
		.map((line, index) => [{text: index === 0 ? moment : ' '.repeat(moment.length), color: 'muted'}, ...line]);
}));

function heading(text: string): StyledLine {
	return [{text, color: 'muted'}];
}

function errorLines({status, error}: Download, width: number): readonly StyledLine[] {
	return status === 'failed' && error ? wrapped(`! ${error.message} ${error.hint ?? ''}`, width, {color: 'bad', limit: 6}) : [];
}

function stripLines({currentFile, files, segments}: Download, width: number): readonly StyledLine[] {
	const file = currentFile === undefined ? undefined : files[currentFile];
	if (!file || currentFile === undefined || segments.length === 0) {
		return [];
	}

	const name: StyledLine = [{text: `file ${currentFile + 1} of ${files.length}: `, color: 'muted'}, file.path];
	return [...(files.length > 1 ? [name] : []), stripLine(segments, file.sizeBytes, width), stripLegend];
}

function figuresOf({status, receivedBytes, totalBytes, fetchedBytes, resumedBytes, retries}: Download): readonly string[] {
	return [
		`${formatBytesOf(receivedBytes, totalBytes)}, ${percentOf(receivedBytes, totalBytes)}`,
		...(fetchedBytes > 0 ? [`${formatBytes(fetchedBytes)} fetched in ${isFinished(status) ? 'the last' : 'this'} run`] : []),
		...(resumedBytes > 0 ? [`${formatBytes(resumedBytes)} were here already`] : []),
		...(retries > 0 ? [`${retries} ${retries === 1 ? 'failure' : 'failures'} since the last progress`] : []),
	];
}

/**
What was said about this one; nothing where it is as all others are.
*/
function settingsOf({priority, rateLimit, startAt, hours, keepTrying}: Download, now: number): readonly string[] {
	const isLater = startAt !== undefined && Date.parse(startAt) > now;
	return [
		...(priority === 'normal' ? [] : [`${priority} priority`]),
		...(rateLimit === undefined ? [] : [`at most ${formatRate(rateLimit)}`]),
		...(isLater ? [`not before ${formatTimeOfDay(startAt)}`] : []),
		...(hours === undefined ? [] : [`only ${formatHours(hours)}`]),
		...(keepTrying ? [] : ['not tried again by itself']),
	];
}

function originOf({request, hosts}: Download): readonly string[] {
	return [
		request.repository,
		`revision ${request.revision.slice(0, 12)}`,
		...(hosts.length === 0 ? [] : [`from ${hosts.join(', ')}`]),
		...(request.license === undefined ? [] : [`licence ${request.license}`]),
	];
}

/**
One line for each connection: who brings which part, and how much of it is here.
*/
function connectionLines({segments, connections}: Download, width: number): readonly StyledLine[] {
	const busy = segments.filter(({host, received, end}) => host !== undefined && received < end);
	if (busy.length === 0) {
		return [];
	}

	return [
		heading(connections === 1 ? 'one connection' : `${connections} connections`),
		...busy.map((segment): StyledLine => [
			'  ',
			{text: progressBar(shareOf(segment), width < 100 ? 8 : 16), color: 'accent'},
			` at ${formatBytes(segment.received)}, to ${formatBytes(segment.end)}`.padEnd(26),
			{text: `  ${segment.host ?? ''}`, color: 'muted'},
		]),
	];
}

function shareOf({start, received, end}: DownloadSegment): number {
	return end > start ? (received - start) / (end - start) : 0;
}

function fileLines({files}: Download): readonly StyledLine[] {
	return [
		heading(files.length === 1 ? 'one file' : `${files.length} files`),
		...files.map((file): StyledLine => [
			'  ',
			{text: progressBar(file.receivedBytes / file.sizeBytes, 8), color: file.receivedBytes >= file.sizeBytes ? 'good' : 'accent'},
			` ${percentOf(file.receivedBytes, file.sizeBytes).padStart(5)} ${sizeOf(file)}  `,
			file.path,
		]),
	];
}

function sizeOf({receivedBytes, sizeBytes}: DownloadFile): string {
	return (receivedBytes >= sizeBytes ? formatBytes(sizeBytes) : formatBytesOf(receivedBytes, sizeBytes)).padStart(16);
}

/**
Rounded down: 100 % is said of nothing that is not whole.
*/
function percentOf(doneBytes: number, totalBytes: number): string {
	return `${totalBytes === 0 ? 0 : Math.floor(doneBytes / totalBytes * 100)} %`;
}
