import {type Download} from '../../../types/download.js';
import {type DownloadRecord} from './download-record.js';
import {sum, type FileProgress} from './file-progress.js';
import {keepSame} from './keep-same.js';
import {type LiveRun} from './live-run.js';
import {timeLeft} from './rate-meter.js';

const nothing: readonly never[] = [];

/**
A download as others see it. Arrays that say the same as `before` are those of before.
*/
export function drawDownload(record: DownloadRecord, progress: FileProgress, {run, activity, before}: {
	/**
	Undefined while it does not run.
	*/
	readonly run: LiveRun | undefined;
	readonly activity: string | undefined;
	readonly before: Download | undefined;
}): Download {
	const {request, status, sizes, activeSeconds, fetchedBytes} = record;
	// Whoever reads the record later knows nothing of the run but this.
	const counts = record.lastRun ?? progress;
	const rate = status === 'downloading' ? run?.rate : undefined;
	const etaSeconds = run?.isFlowing === true ? timeLeft(progress.remaining(sizes), rate) : undefined;
	const segments = run?.segments ?? nothing;
	const hosts = segments.map(({host}) => host).filter(host => host !== undefined);
	return dropUndefined({
		id: record.id,
		request,
		status,
		priority: record.priority,
		rateLimit: record.rateLimit,
		startAt: record.startAt,
		hours: record.hours,
		keepTrying: record.keepTrying,
		receivedBytes: progress.receivedBytes,
		totalBytes: sum(sizes),
		fetchedBytes: counts.fetchedBytes,
		resumedBytes: counts.resumedBytes,
		bytesPerSecond: rate,
		etaSeconds,
		hosts: keepSame(before?.hosts ?? nothing, [...new Set(hosts)]),
		connections: hosts.length,
		activity,
		retryAt: record.status === 'pending' ? record.again?.at : undefined,
		retries: run?.retries ?? 0,
		files: progress.files(request.files, sizes),
		segments,
		currentFile: run?.currentFile,
		events: record.events,
		// More digits would only say that time passes.
		activeSeconds: Math.round(activeSeconds * 10) / 10,
		averageBytesPerSecond: fetchedBytes > 0 && activeSeconds > 0 ? fetchedBytes / activeSeconds : undefined,
		error: record.error,
		createdAt: record.createdAt,
		finishedAt: record.finishedAt,
	});
}

type Loose<Fields> = {readonly [Key in keyof Fields]: Fields[Key] | undefined};

function dropUndefined(fields: Loose<Required<Download>>): Download {
	return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as unknown as Download;
}
