import {formatBytes} from '../format/bytes.js';
import {sanitizeLine} from '../format/sanitize.js';
import {ArgumentError} from './argument-error.js';
import {takeArguments} from './arguments.js';
import {prune} from './cache-prune.js';
import {verify} from './cache-verify.js';
import {type Command, type CommandContext} from './command.js';
import {usageRecord} from './records.js';
import {suggest} from './suggest.js';
import {formatFields} from './table.js';

const actions: Readonly<Record<string, (context: CommandContext) => Promise<void>>> = {
	usage, clean, prune, verify,
};

export const command: Command = {
	usage: ['cache [usage]', 'cache clean', 'cache prune [--limit SIZE] [--dry-run] [--yes]', 'cache verify [REF...]'],
	description: [
		'usage   what models and partial downloads take, and what the disk has left',
		'clean   delete partial files that no download needs any more',
		'prune   remove models, the longest unused first, until SIZE is kept',
		'verify  hash the files of models anew and compare',
	].join('\n'),
	flags: {
		limit: {type: 'string', placeholder: 'SIZE', description: 'What models may take, for example 20GB (default: cache_limit_bytes of the settings)'},
		dryRun: {type: 'boolean', description: 'Only show what would be removed'},
		yes: {type: 'boolean', description: 'Do not ask'},
	},
	examples: ['cache', 'cache prune --limit 20GB --dry-run', 'cache verify qwen2.5-coder-3b-q4'],
	exitCodes: {3: 'no such model is installed', 5: 'verify found a file that is missing or changed'},
	async run(context) {
		const [name = 'usage'] = context.input;
		const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
		if (action === undefined) {
			const closest = suggest(name, Object.keys(actions));
			throw new ArgumentError(`Unknown action: cache ${sanitizeLine(name).slice(0, 80)}`, {
				code: 'unknown_action',
				hint: closest === undefined ? `There are ${Object.keys(actions).join(', ')}.` : `Did you mean cache ${closest}?`,
			});
		}

		rejectForeignFlags(context, name);
		await action({...context, input: context.input.slice(1)});
	},
};

// A flag that does nothing here would make a person believe that it did.
function rejectForeignFlags({flags}: CommandContext, name: string): void {
	if (name !== 'prune' && (flags.limit !== undefined || flags.dryRun !== undefined)) {
		throw new ArgumentError(`--limit and --dry-run belong to cache prune, not to cache ${name}.`, {code: 'unexpected_flag'});
	}
}

async function usage(context: CommandContext): Promise<void> {
	takeArguments(context, {name: 'usage', maximum: 0});
	const {inventory, config} = await context.services();
	const report = await inventory.usage();
	const limit = config.current().cacheLimitBytes;
	context.output.result(() => usageRecord(report, limit), () => formatFields([
		['Models', `${formatBytes(report.modelBytes)} in ${report.modelCount}`],
		['Partial downloads', `${formatBytes(report.partialBytes)} in ${report.partialCount}`],
		['Limit', limit === 0 ? 'none' : formatBytes(limit)],
		['Disk', `${formatBytes(report.diskFreeBytes)} free of ${formatBytes(report.diskTotalBytes)}`],
		['Folder', report.path],
	]));
}

async function clean(context: CommandContext): Promise<void> {
	takeArguments(context, {name: 'clean', maximum: 0});
	const {inventory} = await context.services();
	const freedBytes = await inventory.clean();
	context.output.result(() => ({freedBytes}), () => `Freed ${formatBytes(freedBytes)}.`);
}
