import {formatBytes, formatRate} from '../../format/bytes.js';
import {formatTimeOfDay} from '../../format/download-times.js';
import {formatAge, formatDuration} from '../../format/duration.js';
import {type Download} from '../../types/download.js';
import {type DownloadWork} from '../reducers/download-work.js';
import {type AppState} from '../state.js';
import {isScheduled} from './download-schedule.js';
import {type Tone} from './styled-lines.js';

const workWords: Readonly<Partial<Record<DownloadWork, string>>> = {
	pause: 'pausing',
	resume: 'resuming',
	cancel: 'cancelling',
	forget: 'clearing',
};

/**
Its status in a word or two: what is being done to it goes before what it does.
*/
export function statusWord(download: Download, {downloads: {working, limits}, screen: {now}}: Pick<AppState, 'downloads' | 'screen'>): string {
	const work = workWords[working.get(download.id) ?? 'configure'];
	if (work !== undefined) {
		return work;
	}

	const {status, startAt, retryAt, hours, retries, connections} = download;
	if (status === 'pending' && retryAt !== undefined) {
		return `again ${formatTimeOfDay(retryAt)}`;
	}

	if (status === 'pending' && isScheduled(download, {quietHours: limits?.quietHours ?? '', now})) {
		return startAt !== undefined && Date.parse(startAt) > now ? `at ${formatTimeOfDay(startAt)}` : `from ${hours?.from ?? limits?.quietHours.slice(0, 5) ?? ''}`;
	}

	if (status === 'pending') {
		return 'waiting';
	}

	return status === 'downloading' && retries > 0 && connections === 0 ? 'retrying' : status;
}

const statusTones: Readonly<Record<Download['status'], Tone>> = {
	pending: 'muted',
	downloading: 'accent',
	paused: 'warning',
	verifying: 'accent',
	completed: 'good',
	failed: 'bad',
	cancelled: 'muted',
};

export function statusTone({status, retries, connections, retryAt}: Download): Tone {
	const isInTrouble = retryAt !== undefined || (status === 'downloading' && retries > 0 && connections === 0);
	return isInTrouble ? 'warning' : statusTones[status];
}

/**
What it does now or how it ended, in a line of a table; empty where the other columns say all.
*/
export function shortActivity(download: Download, now: number): string {
	const {status, activity, currentFile, files, error, startAt, finishedAt} = download;
	switch (status) {
		case 'pending': {
			return activity ?? (startAt === undefined ? '' : `not before ${formatTimeOfDay(startAt)}`);
		}

		case 'downloading':
		case 'verifying': {
			return activity ?? (currentFile === undefined || files.length === 1 ? '' : `file ${currentFile + 1} of ${files.length}`);
		}

		case 'failed': {
			return error?.message ?? '';
		}

		case 'completed': {
			return formatAge(finishedAt, now);
		}

		case 'paused':
		case 'cancelled': {
			return '';
		}
	}
}

/**
One sentence: what it is doing now, or how it ended, and what to do about it.
*/
export function activityOf(download: Download): string {
	const {status, activity, etaSeconds, bytesPerSecond, retryAt} = download;
	switch (status) {
		case 'pending': {
			return activity === undefined ? 'Waits for its turn.' : `${sentence(activity)}${retryAt === undefined ? '' : ' r tries at once.'}`;
		}

		case 'downloading': {
			return activity === undefined ? (bytesPerSecond === undefined ? 'Connecting.' : `${formatRate(bytesPerSecond)}, ${formatDuration(etaSeconds)} left.`) : sentence(activity);
		}

		case 'verifying': {
			return activity === undefined ? 'All bytes are here; their checksum is being compared.' : sentence(activity);
		}

		case 'paused': {
			return 'Paused: p lets it go on from where it is.';
		}

		case 'completed': {
			const spent = spentOn(download);
			return `Completed and verified${spent === undefined ? '' : `: ${spent}`}. 3 shows what is installed.`;
		}

		case 'failed': {
			return download.receivedBytes > 0 ? 'Failed: r tries again from what is here, x deletes that.' : 'Failed: r tries again.';
		}

		case 'cancelled': {
			return 'Cancelled, nothing of it is kept. r starts it again, c takes it off the list.';
		}
	}
}

/**
`2.00 GB in 3 min 20 s, 10.0 MB/s on average`; undefined where it took no time, or nobody counted.
*/
export function spentOn({totalBytes, activeSeconds, averageBytesPerSecond}: Download): string | undefined {
	if (activeSeconds <= 0) {
		return undefined;
	}

	const average = averageBytesPerSecond === undefined ? '' : `, ${formatRate(averageBytesPerSecond)} on average`;
	return `${formatBytes(totalBytes)} in ${formatDuration(activeSeconds)}${average}`;
}

function sentence(activity: string): string {
	return `${activity.charAt(0).toUpperCase()}${activity.slice(1)}.`;
}
