import {UsageError} from '../errors/usage-error.js';
import {formatBytes} from '../format/bytes.js';
import {type Downloads} from '../services/downloads/downloads.js';
import {type Download, type DownloadStatus} from '../types/download.js';
import {ArgumentError} from './argument-error.js';
import {takeArguments} from './arguments.js';
import {confirm} from './ask.js';
import {type CommandContext} from './command.js';
import {changeEach, loadQueue} from './downloads-each.js';
import {findDownload} from './find-download.js';

type Control = {
	/**
	Those that `--all` means.
	*/
	readonly all: readonly DownloadStatus[];
	/**
	Others that may be named: what is asked for is the case already, or is worth a name.
	*/
	readonly named: readonly DownloadStatus[];
	readonly apply: (downloads: Downloads, id: string) => Promise<void>;
};

const running = ['pending', 'downloading', 'verifying'] as const satisfies readonly DownloadStatus[];

const controls = {
	pause: {all: running, named: ['paused'], apply: async (downloads, id) => downloads.pause(id)},
	resume: {all: ['paused'], named: running, apply: async (downloads, id) => downloads.resume(id)},
	retry: {all: ['failed'], named: ['cancelled', ...running], apply: async (downloads, id) => downloads.resume(id)},
	// A failed one still has what it received.
	cancel: {all: [...running, 'paused'], named: ['failed', 'cancelled'], apply: async (downloads, id) => downloads.cancel(id)},
	forget: {all: ['completed', 'cancelled'], named: ['failed'], apply: async (downloads, id) => downloads.forget(id)},
} as const satisfies Readonly<Record<string, Control>>;

type ControlName = keyof typeof controls;

/**
`downloads pause` and its like: on those that are named, or on all that it can be done to.
*/
export function controlAction(name: ControlName): (context: CommandContext) => Promise<void> {
	const {all, named, apply}: Control = controls[name];
	const isMeant = ({status}: Download) => all.includes(status) || named.includes(status);
	return async context => {
		const typed = takeNames(context);
		const {downloads, queue} = await loadQueue(context);
		const names = typed ?? queue.filter(({status, retryAt}) => all.includes(status) || (name === 'retry' && retryAt !== undefined)).map(({id}) => id);
		await confirmLoss(context, name, findAll(queue, names).filter(download => isMeant(download)));
		await changeEach(context, names, {
			async apply(download) {
				if (!isMeant(download)) {
					throw notMeant(download, name);
				}

				await apply(downloads, download.id);
			},
			say: download => download?.status ?? 'forgotten',
		});
		if (names.length === 0) {
			context.output.notice(`There is nothing to ${name}.`);
		}
	};
}

const resumable = 'To go on with it: remuda downloads resume';
const retryable = 'To try it again: remuda downloads retry';
const cancellable = 'To stop it and delete what was received: remuda downloads cancel';

const whatElse: Readonly<Record<DownloadStatus, string>> = {
	pending: cancellable,
	downloading: cancellable,
	verifying: cancellable,
	paused: resumable,
	failed: retryable,
	cancelled: retryable,
	completed: 'It is over. To take it off the list: remuda downloads forget',
};

function notMeant({request, status}: Download, name: ControlName): UsageError {
	return new UsageError(`There is nothing to ${name}: ${request.modelId} is ${status}.`, {
		code: name === 'forget' ? 'download_active' : 'wrong_status',
		hint: `${whatElse[status]} ${request.modelId}`,
	});
}

/**
What the action is about; undefined with `--all`.
@throws ArgumentError `conflicting_flags`, `missing_argument`.
*/
function takeNames(context: CommandContext): readonly string[] | undefined {
	if (context.flags.all !== true) {
		return takeArguments(context, {name: 'the id of a download, or --all', minimum: 1});
	}

	if (context.input.length > 0) {
		throw new ArgumentError('Name downloads, or give --all; not both.', {code: 'conflicting_flags'});
	}

	return undefined;
}

/**
Has a person confirm what would be deleted.
*/
async function confirmLoss(context: CommandContext, name: ControlName, downloads: readonly Download[]): Promise<void> {
	if (name === 'cancel' && downloads.length > 0) {
		await confirm(context, `Cancel ${describe(downloads)} and delete what was received?`);
	}

	const losing = downloads.filter(({status, receivedBytes}) => status === 'failed' && receivedBytes > 0);
	if (name === 'forget' && losing.length > 0) {
		await confirm(context, `Take ${describe(losing)} off the list and delete what was received?`);
	}
}

function describe(downloads: readonly Download[]): string {
	return downloads.map(({request, receivedBytes}) => `${request.modelId} (${formatBytes(receivedBytes)} received)`).join(', ');
}

/**
Those of the names that are there: what is not is told when it is its turn.
*/
function findAll(queue: readonly Download[], names: readonly string[]): readonly Download[] {
	return new Set(names.map(name => tryFind(queue, name)).filter(download => download !== undefined)).values().toArray();
}

function tryFind(queue: readonly Download[], name: string): Download | undefined {
	try {
		return findDownload(queue, name);
	} catch {
		return undefined;
	}
}
