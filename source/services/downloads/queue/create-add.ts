import {UsageError} from '../../../errors/usage-error.js';
import {isOpen} from '../../../format/download-status.js';
import {type Download, type DownloadRequest, type DownloadSettings} from '../../../types/download.js';
import {type Manifest} from '../../manifest/manifest.js';
import {targetPaths} from '../disk/target-path.js';
import {applyChange} from './apply-change.js';
import {changeSettings} from './change-settings.js';
import {downloadIdOf} from './download-id.js';
import {isInstalled} from './is-installed.js';
import {type QueueEntry} from './queue-entry.js';
import {type Queue} from './queue.js';
import {type Scheduler} from './scheduler.js';

const usual: DownloadSettings = {priority: 'normal', keepTrying: true};

/**
Takes over what is said of a download that is in the queue, and has it not wait to be tried again; whether that changes anything. Whoever added it before may count on that it keeps trying.
*/
function didChange(known: QueueEntry, {keepTrying, ...others}: Partial<DownloadSettings>): boolean {
	const isBegins = keepTrying === true && !known.record.keepTrying;
	const lines = applyChange(known, {...others, ...(isBegins && {keepTrying})});
	const isWaiting = known.view.retryAt !== undefined;
	if (isWaiting) {
		known.update({again: undefined});
		known.log('tried again');
	}

	return lines.length > 0 || isWaiting;
}

/**
Adds to a queue; calls must not overlap.
*/
export function createAdd({queue, scheduler, manifest, models, onChanged}: {
	readonly queue: Queue;
	readonly scheduler: Scheduler;
	readonly manifest: Manifest;
	readonly models: string;
	readonly onChanged: (kind: 'status') => void;
}): (request: DownloadRequest, settings: Partial<DownloadSettings>) => Promise<Download> {
	async function retry(entry: QueueEntry, request: DownloadRequest, settings: DownloadSettings): Promise<void> {
		await scheduler.idle(entry);
		const received = await queue.receivedOf(request);
		const before = entry.record;
		entry.renew(request, received);
		entry.update({
			rateLimit: undefined, startAt: undefined, hours: undefined, ...settings,
		});
		entry.log('queued again');
		try {
			await queue.put(entry);
		} catch (error) {
			// What could not be kept does not begin either.
			entry.update(before);
			throw error;
		}
	}

	return async (request, given) => {
		targetPaths(models, request);
		const settings = changeSettings(usual, given);
		await queue.load();
		const known = queue.get(downloadIdOf(request.modelId));
		if (known !== undefined && isOpen(known.status)) {
			if (didChange(known, given)) {
				await queue.save(known);
				onChanged('status');
			}

			// Only now it may be one of those that are worked on.
			scheduler.wake();
			return known.view;
		}

		if (await isInstalled(manifest, request)) {
			throw new UsageError(`${request.name} is installed already.`, {
				code: 'already_installed',
				hint: `Remove it first to download it again: remuda remove ${request.modelId}`,
			});
		}

		await queue.requireRoomFor(request);
		await (known === undefined ? queue.append(request, settings) : retry(known, request, settings));
		onChanged('status');
		scheduler.wake();
		return queue.get(downloadIdOf(request.modelId))!.view;
	};
}
