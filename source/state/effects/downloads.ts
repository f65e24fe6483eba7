import {once} from 'node:events';
import {isDeepStrictEqual} from 'node:util';
import {formatBytes} from '../../format/bytes.js';
import {type Download, type QueueMove} from '../../types/download.js';
import {type Config} from '../../types/config.js';
import {type ErrorReport} from '../../types/error-report.js';
import {type DownloadLimits} from '../reducers/downloads.js';
import {nameOf} from '../selectors/downloads.js';
import {askForRoom, type Stuck} from './ask-what-is-missing.js';
import {describeResults, forEachDownload, type CommandResult} from './download-commands.js';
import {type EffectContext, type Effects} from './effect.js';
import {errorNotice, infoNotice} from './notices.js';
import {queueDownloads} from './queue-downloads.js';
import {createTelling} from './tell-downloads.js';

export const downloadsEffects: Effects = {
	'downloads/watch-requested': {
		key: () => 'downloads/watch',
		async run(_action, {services, dispatch, signal}) {
			let known: readonly Download[] = [];
			let limits: DownloadLimits | undefined;
			const tellLimits = () => {
				const current = limitsOf(services.config.current());
				if (isDeepStrictEqual(current, limits)) {
					return;
				}

				limits = current;
				dispatch({type: 'downloads/limits-known', limits});
			};

			const tell = (downloads: readonly Download[]) => {
				const finished = justCompleted(known, downloads);
				known = downloads;
				dispatch({type: 'downloads/changed', downloads, at: Date.now()});
				if (finished.length === 0) {
					return;
				}

				dispatch({type: 'library/refresh-requested'});
				dispatch(infoNotice(`${finished.map(download => nameOf(download)).join(', ')}: here and verified. 3 shows what is installed.`));
			};

			tellLimits();
			const telling = createTelling(tell);
			const unsubscribe = services.downloads.subscribe(downloads => {
				// They may also have been changed elsewhere.
				tellLimits();
				telling.take(downloads);
			});
			try {
				await services.downloads.start();
				telling.take(services.downloads.list());
				dispatch({type: 'downloads/preload-requested'});
				if (!signal.aborted) {
					await once(signal, 'abort');
				}
			} finally {
				unsubscribe();
				telling.stop();
			}

			return undefined;
		},
		failed: error => ({type: 'downloads/watch-failed', error}),
	},
	'downloads/limits-refresh-requested': {
		key: () => 'downloads/limits-refresh',
		async run(_action, {services}) {
			await services.config.reload();
			return {type: 'downloads/limits-known', limits: limitsOf(services.config.current())};
		},
		failed: errorNotice,
	},
	'downloads/preload-requested': {
		key: () => 'downloads/preload',
		async run(_action, {services, signal}) {
			try {
				const added = await services.preload({signal});
				return added && infoNotice(`${nameOf(added)} is recommended for this machine and comes in the quiet hours (downloads.preload_recommended).`);
			} catch {
				// Nobody asked for it just now; the next start tries again.
				return undefined;
			}
		},
		failed: errorNotice,
	},
	'downloads/command-requested': {
		key: ({command, ids}) => `downloads/${command}:${ids.join(' ')}`,
		async run({command, ids}, context) {
			const results = await forEachDownload(ids, context.services.downloads[command]);
			context.dispatch({type: 'downloads/work-ended', work: command, ids});
			const dialog = await askForRoom(stuckAmong(results, context), context);
			if (!dialog) {
				return describeResults(command, results, context);
			}

			context.dispatch({type: 'screen/dialog-opened', dialog});
			return describeResults(command, results.filter(({error}) => !isWithoutRoom(error)), context);
		},
		failed: errorNotice,
	},
	'downloads/configure-requested': {
		key: ({ids}) => `downloads/configure:${ids.join(' ')}`,
		async run({ids, change}, context) {
			const results = await forEachDownload(ids, async id => context.services.downloads.configure(id, change));
			context.dispatch({type: 'downloads/work-ended', work: 'configure', ids});
			return describeResults('configure', results, context);
		},
		failed: errorNotice,
	},
	'downloads/move-requested': {
		key: ({to, ids}) => `downloads/move-${to}:${ids.join(' ')}`,
		async run({to, ids}, context) {
			const results = await forEachDownload(inMovingOrder(ids, to), async id => context.services.downloads.move(id, to));
			return describeResults('move', results, context);
		},
		failed: errorNotice,
	},
	'downloads/limits-requested': {
		key: () => 'downloads/limits',
		run: async ({changes}, context) => changeLimits(changes, context),
		failed: errorNotice,
	},
	'downloads/quit-requested': {
		key: () => 'downloads/quit',
		async run({command, ids}, context) {
			context.dispatch(infoNotice(`${command === 'pause' ? 'Pausing' : 'Cancelling'} ${ids.length === 1 ? 'the download' : `${ids.length} downloads`}, then Remuda ends …`));
			const results = await forEachDownload(ids, context.services.downloads[command]);
			context.dispatch({type: 'downloads/work-ended', work: command, ids});
			// Whoever wanted them stopped shall know that one is not.
			return results.some(({error}) => error !== undefined) ? describeResults(command, results, context) : {type: 'app/quit'};
		},
		failed: errorNotice,
	},
	'downloads/licenses-accepted': {
		key: ({targets}) => `downloads/accepted:${targets.map(({ref}) => ref).join(' ')}`,
		async run({terms, targets}, context) {
			await Promise.all(terms.map(async accepted => context.services.consents.record(accepted)));
			return queueDownloads(targets, context);
		},
		failed: errorNotice,
	},
	'downloads/room-requested': {
		key: ({targets, ids}) => `downloads/room:${[...targets.map(({ref}) => ref), ...ids].join(' ')}`,
		async run({modelIds, targets, ids}, context) {
			await makeRoom(modelIds, context);
			if (ids.length > 0) {
				context.dispatch({type: 'downloads/command-requested', command: 'resume', ids});
			}

			return queueDownloads(targets, context);
		},
		failed: errorNotice,
	},
};

/**
Those that were still to come when last looked at. What was there already at the start is no news.
*/
function justCompleted(before: readonly Download[], now: readonly Download[]): readonly Download[] {
	const statuses = new Map(before.map(({id, status}) => [id, status]));
	return now.filter(({id, status}) => status === 'completed' && statuses.has(id) && statuses.get(id) !== 'completed');
}

/**
Those that could not be let go on because the disk has no room for what they have still to fetch.
*/
function stuckAmong(results: readonly CommandResult[], {services}: EffectContext): readonly Stuck[] {
	return services.downloads.list().flatMap(download => {
		const error = results.find(({id}) => id === download.id)?.error;
		return isWithoutRoom(error) ? [{download, missingBytes: error.missingBytes}] : [];
	});
}

function isWithoutRoom(error: ErrorReport | undefined): error is ErrorReport & {readonly missingBytes: number} {
	return error?.code === 'disk_full' && error.missingBytes !== undefined;
}

/**
Several keep their order among each other: the one that is ahead goes first, or last where they go the other way.
*/
function inMovingOrder(ids: readonly string[], to: QueueMove): readonly string[] {
	return to === 'up' || to === 'last' ? ids : ids.toReversed();
}

function limitsOf({maxConcurrentDownloads, downloads}: Config): DownloadLimits {
	const {connectionsPerFile, rateLimitBytes, quietHours} = downloads;
	return {
		maxConcurrentDownloads, connectionsPerFile, rateLimitBytes, quietHours,
	};
}

const settingPaths: Readonly<Record<keyof DownloadLimits, string>> = {
	maxConcurrentDownloads: 'max_concurrent_downloads',
	connectionsPerFile: 'downloads.connections_per_file',
	rateLimitBytes: 'downloads.rate_limit_bytes',
	quietHours: 'downloads.quiet_hours',
};

/**
Keeps them in the config, where all that download look them up.
*/
async function changeLimits(changes: Partial<DownloadLimits>, {services, dispatch}: EffectContext) {
	try {
		for (const [limit, value] of Object.entries(changes)) {
			// The config is one file.
			// eslint-disable-next-line no-await-in-loop
			await services.config.set(settingPaths[limit as keyof DownloadLimits], value);
		}
	} finally {
		dispatch({type: 'downloads/limits-known', limits: limitsOf(services.config.current())});
	}

	return undefined;
}

/**
Whatever came of it, the list is read anew: part of it may have happened.
*/
async function makeRoom(modelIds: readonly string[], {services, dispatch}: EffectContext): Promise<void> {
	let freedBytes = 0;
	try {
		for (const id of modelIds) {
			// In order, so that what was said to be removed is, up to a failure.
			// eslint-disable-next-line no-await-in-loop
			freedBytes += await services.inventory.remove(id);
		}
	} finally {
		dispatch({type: 'library/refresh-requested'});
	}

	dispatch(infoNotice(`Removed ${modelIds.length === 1 ? 'one model' : `${modelIds.length} models`}: ${formatBytes(freedBytes)} are free again.`));
}
