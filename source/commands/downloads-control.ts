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
	readonly apply: (downloads: Downloads, id: string) => Promise<void>;
};

const controls = {
	pause: {all: ['pending', 'downloading', 'verifying'], apply: async (downloads, id) => downloads.pause(id)},
	resume: {all: ['paused'], apply: async (downloads, id) => downloads.resume(id)},
	retry: {all: ['failed'], apply: async (downloads, id) => downloads.resume(id)},
	cancel: {all: ['pending', 'downloading', 'verifying', 'paused'], apply: async (downloads, id) => downloads.cancel(id)},
	forget: {all: ['completed', 'failed', 'cancelled'], apply: async (downloads, id) => downloads.forget(id)},
} as const satisfies Readonly<Record<string, Control>>;

/**
`downloads pause` and its like: on those that are named, or on all that it can be done to.
*/
export function controlAction(name: keyof typeof controls): (context: CommandContext) => Promise<void> {
	const {all, apply}: Control = controls[name];
	return async context => {
		const named = takeNames(context);
		const {downloads, queue} = await loadQueue(context);
		const names = named ?? queue.filter(({status}) => all.includes(status)).map(({id}) => id);
		if (name === 'cancel' && names.length > 0) {
			await confirmCancel(context, queue, names);
		}

		await changeEach(context, names, {
			apply: async ({id}) => apply(downloads, id),
			say: download => download?.status ?? 'forgotten',
		});
		if (names.length === 0) {
			context.output.notice(`There is nothing to ${name}.`);
		}
	};
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

async function confirmCancel(context: CommandContext, queue: readonly Download[], names: readonly string[]): Promise<void> {
	// What is not there is told when it is its turn.
	const found = new Set(names.map(name => tryFind(queue, name)).filter(download => download !== undefined)).values().toArray();
	if (found.length > 0) {
		await confirm(context, `Cancel ${found.map(({request, receivedBytes}) => `${request.modelId} (${formatBytes(receivedBytes)} received)`).join(', ')} and delete what was received?`);
	}
}

function tryFind(queue: readonly Download[], name: string): Download | undefined {
	try {
		return findDownload(queue, name);
	} catch {
		return undefined;
	}
}
