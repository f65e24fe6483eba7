import {UsageError} from '../errors/usage-error.js';
import {formatDownloadTimes} from '../format/download-times.js';
import {createTurns} from '../services/flow/turns.js';
import {type Download, type DownloadRequest, type DownloadSettings} from '../types/download.js';
import {type InstalledModel} from '../types/installed-model.js';
import {type CommandContext} from './command.js';
import {type FollowedDownloads} from './download-progress.js';
import {findInstalled} from './find-installed.js';
import {createConsentDesk} from './license-consent.js';
import {createLimit} from './limit.js';
import {type TypedReference} from './reference-list.js';

export type Added = {readonly installed: InstalledModel} | {readonly download: Download};

export type Adder = {
	/**
	Looks a reference up and puts it in the queue, unless it is installed already. The queue has them in the order of asking.
	@throws AccessError `license_not_accepted`, and what `Sources.resolve` and `Downloads.add` throw.
	*/
	readonly add: (reference: TypedReference) => Promise<Added>;
	/**
	Ids of the downloads that were put in the queue.
	*/
	readonly added: () => readonly string[];
};

// Enough to hide the way to the hub and back, and no burden to it.
const lookUpsAtOnce = 4;

/**
Adds to the queue one after another, while those behind are looked up already.
*/
export function createAdder(context: CommandContext, {followed, settings}: {
	readonly followed: FollowedDownloads;
	readonly settings: Partial<DownloadSettings>;
}): Adder {
	const {signal, output, flags} = context;
	const ids = new Set<string>();
	const limited = createLimit(lookUpsAtOnce);
	const turns = createTurns();
	const requireConsent = createConsentDesk(context, followed.undisturbed);

	async function addRequest(request: DownloadRequest): Promise<Download> {
		const {downloads} = await context.services();
		const {kind} = await requireConsent(request);
		signal.throwIfAborted();
		if (kind === 'unknown' && flags.quiet !== true) {
			output.notice(`${request.modelId}: its licence is unknown.`);
		}

		const isBackground = flags.background === true;
		if (!isBackground) {
			followed.add(request.modelId, downloads.list().find(({request: {modelId}}) => modelId === request.modelId));
		}

		// Who waits for it is told at once that it failed.
		const download = await downloads.add(request, {...settings, keepTrying: isBackground});
		ids.add(download.id);
		if (download.status === 'paused') {
			await downloads.resume(download.id);
			if (!isBackground) {
				await downloads.configure(download.id, {keepTrying: false});
			}
		}

		tellTimes(context, download);
		return download;
	}

	/**
	Whoever works the queue may have finished it since it was looked up.
	*/
	async function addUnlessInstalled(request: DownloadRequest): Promise<Added> {
		try {
			return {download: await addRequest(request)};
		} catch (error) {
			const {inventory} = await context.services();
			const installed = error instanceof UsageError && error.code === 'already_installed' ? await findInstalled(inventory, request.modelId) : undefined;
			if (installed === undefined) {
				throw error;
			}

			return {installed};
		}
	}

	return {
		async add(reference) {
			const finding = limited(async () => find(context, reference));
			// It fails in its turn.
			finding.catch(() => undefined);
			return turns.inTurn(async () => {
				const found = await finding;
				return 'installed' in found ? found : addUnlessInstalled(found.request);
			}, {signal});
		},
		added: () => [...ids],
	};
}

/**
A person who waits is told for what.
*/
function tellTimes({output, flags}: CommandContext, {request, startAt, hours}: Download): void {
	const times = formatDownloadTimes({...(startAt !== undefined && {startAt}), ...(hours !== undefined && {hours})}, Date.now());
	if (times !== '' && flags.quiet !== true) {
		output.notice(`${request.modelId} is to run at ${times}, while this machine stays up; after a reboot, remuda downloads watch lets it go on.`);
	}
}

async function find(context: CommandContext, {text, reference}: TypedReference): Promise<{readonly installed: InstalledModel} | {readonly request: DownloadRequest}> {
	const {signal} = context;
	signal.throwIfAborted();
	const {sources, inventory} = await context.services();
	const known = reference.kind === 'file' ? undefined : await findInstalled(inventory, text);
	if (known !== undefined) {
		return {installed: known};
	}

	const request = await sources.resolve(reference, {signal});
	const installed = await findInstalled(inventory, request.modelId);
	return installed === undefined ? {request} : {installed};
}
