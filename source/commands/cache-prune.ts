import {formatBytes} from '../format/bytes.js';
import {formatAge} from '../format/duration.js';
import {type PrunePlan} from '../types/cache.js';
import {ArgumentError} from './argument-error.js';
import {confirm} from './ask.js';
import {takeArguments} from './arguments.js';
import {type CommandContext} from './command.js';
import {bytesFlag} from './flags.js';
import {installedRecord} from './records.js';
import {formatTable} from './table.js';

/**
`cache prune`: shows what goes before it goes.
*/
export async function prune(context: CommandContext): Promise<void> {
	takeArguments(context, {name: 'prune', maximum: 0});
	const given = bytesFlag(context.flags, 'limit');
	const {inventory, config} = await context.services();
	const limit = given ?? config.current().cacheLimitBytes;
	if (given === undefined && limit === 0) {
		throw new ArgumentError('There is no limit to prune to.', {
			code: 'missing_limit',
			hint: 'Add --limit 20GB, or set one for good: remuda config set cache_limit_bytes 20GB',
		});
	}

	const plan = await inventory.planPrune(limit);
	const {output, flags} = context;
	const isDryRun = flags.dryRun === true;
	if (!isDryRun && plan.remove.length > 0) {
		output.notice(formatPlan(plan, output.width));
		await confirm(context, `Remove ${plan.remove.length === 1 ? 'this model' : `these ${plan.remove.length} models`} and free ${formatBytes(plan.freedBytes)}?`);
	}

	const freedBytes = isDryRun ? 0 : await inventory.prune(plan);
	output.result(() => ({
		dryRun: isDryRun,
		limitBytes: plan.limitBytes,
		remove: plan.remove.map(model => installedRecord(model)),
		plannedBytes: plan.freedBytes,
		freedBytes,
		keptBytes: plan.keptBytes,
	}), () => {
		if (plan.remove.length === 0) {
			return `Nothing to remove: models take ${formatBytes(plan.keptBytes)}, the limit is ${formatBytes(plan.limitBytes)}.`;
		}

		return isDryRun
			? `${formatPlan(plan, output.width)}\nWould free ${formatBytes(plan.freedBytes)} and keep ${formatBytes(plan.keptBytes)}.`
			: `Freed ${formatBytes(freedBytes)}.`;
	});
}

function formatPlan(plan: PrunePlan, width: number | undefined): string {
	const now = Date.now();
	return formatTable(
		[{title: 'WOULD REMOVE'}, {title: 'QUANT'}, {title: 'SIZE', align: 'right'}, {title: 'LAST USED'}],
		plan.remove.map(model => [model.id, model.quantization, formatBytes(model.sizeBytes), formatAge(model.lastUsed, now)]),
		width,
	);
}
