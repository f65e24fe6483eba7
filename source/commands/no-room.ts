import {RemudaError} from '../errors/remuda-error.js';
import {toErrorReport} from '../errors/to-error-report.js';
import {formatBytes} from '../format/bytes.js';
import {formatAge} from '../format/duration.js';
import {type Inventory} from '../services/inventory/inventory.js';
import {type PrunePlan} from '../types/cache.js';
import {type InstalledModel} from '../types/installed-model.js';
import {DetailedError} from './detailed-error.js';
import {formatTable} from './table.js';

// More ids than that are not typed, and not read.
const mostIds = 4;

/**
An error that says that the disk is full, with what could be removed to make room and how; any other error as it is.
*/
export async function adviseRoom(error: unknown, {inventory, remainingBytes = 0}: {
	readonly inventory: Pick<Inventory, 'planRoom' | 'usage'>;
	/**
	What is still to be written, for an error that does not say how much is missing.
	*/
	readonly remainingBytes?: number;
}): Promise<unknown> {
	if (!(error instanceof RemudaError) || error.code !== 'disk_full') {
		return error;
	}

	const report = toErrorReport(error);
	const missingBytes = report.missingBytes ?? await shortage(inventory, remainingBytes);
	if (missingBytes <= 0) {
		return error;
	}

	const plan = await inventory.planRoom(missingBytes);
	const prunable = plan.remove.map(({id, sizeBytes, lastUsed}) => ({id, sizeBytes, lastUsed}));
	return new DetailedError({...report, hint: hintOf(plan, missingBytes)}, {
		fields: {missingBytes, prunable, prunableBytes: plan.freedBytes},
		text: textOf(plan.remove, missingBytes),
	});
}

async function shortage(inventory: Pick<Inventory, 'usage'>, remainingBytes: number): Promise<number> {
	const {diskFreeBytes} = await inventory.usage();
	return remainingBytes - diskFreeBytes;
}

function textOf(models: readonly InstalledModel[], missingBytes: number): string {
	const missing = `${formatBytes(missingBytes)} are missing.`;
	if (models.length === 0) {
		return `${missing} No installed model could be removed.`;
	}

	const now = Date.now();
	const table = formatTable(
		[{title: 'COULD BE REMOVED'}, {title: 'SIZE', align: 'right'}, {title: 'LAST USED'}],
		models.map(({id, sizeBytes, lastUsed}) => [id, formatBytes(sizeBytes), formatAge(lastUsed, now)]),
	);
	return `${missing}\n${table}`;
}

function hintOf({remove, freedBytes, keptBytes}: PrunePlan, missingBytes: number): string {
	const elsewhere = 'Set models_directory to a folder on a larger volume, or cancel another download: remuda downloads';
	if (remove.length === 0) {
		return elsewhere;
	}

	const command = remove.length <= mostIds ? `remuda remove ${remove.map(({id}) => id).join(' ')}` : `remuda cache prune --limit ${keptBytes}`;
	return freedBytes < missingBytes
		? `Even without them it would not fit: all of them take ${formatBytes(freedBytes)}. ${elsewhere}`
		: `Free ${formatBytes(freedBytes)}, then try again: ${command}`;
}
