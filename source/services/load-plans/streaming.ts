import {formatBytes} from '../../format/bytes.js';
import {type DiskReport} from '../../types/hardware.js';
import {type LoadPlan} from '../../types/load-plan.js';
import {needOf} from './need-of.js';
import {type PlanMachine} from './plan-machine.js';
import {type PlanModel} from './plan-model.js';

/**
Bytes a second that a disk reads at least, by its kind; what a slow SSD on SATA and a hard disk do.
*/
export const diskBytesPerSecond: Readonly<Record<NonNullable<DiskReport['medium']>, number>> = {
	'solid-state': 500_000_000,
	spinning: 150_000_000,
};

export type Streaming = {
	/**
	Of the weights, read again for every token because memory does not hold them.
	*/
	readonly bytesPerToken: number;
	/**
	That no more tokens a second can be generated than.
	*/
	readonly tokensPerSecond: number;
	readonly diskBytesPerSecond: number;
};

/**
What it costs that mapped weights do not fit beside the context: the system drops what was used longest ago, which in a run through all layers is what is needed next, so nearly all of what one token needs is read again. Undefined where memory holds them, where they are not mapped, or where not even the rest has room.
*/
export function streamingCost(model: PlanModel, plan: LoadPlan, {memory}: Pick<PlanMachine, 'memory'>, medium: DiskReport['medium'] = 'solid-state'): Streaming | undefined {
	if (memory === undefined || !plan.memoryMap) {
		return undefined;
	}

	const {memoryBytes, heldBytes} = needOf(model, plan);
	if (memoryBytes <= memory.availableBytes || heldBytes > memory.availableBytes) {
		return undefined;
	}

	const mappedBytes = memoryBytes - heldBytes;
	const {parameters, activeParameters} = model;
	const activeShare = parameters === undefined || activeParameters === undefined ? 1 : Math.min(1, activeParameters / parameters);
	const bytesPerToken = mappedBytes * activeShare;
	const rate = diskBytesPerSecond[medium];
	return {bytesPerToken, tokensPerSecond: rate / bytesPerToken, diskBytesPerSecond: rate};
}

/**
The cost in one sentence; undefined where there is none.
*/
export function streamingWarning(model: PlanModel, plan: LoadPlan, machine: Pick<PlanMachine, 'memory'>, medium?: DiskReport['medium']): string | undefined {
	const cost = streamingCost(model, plan, machine, medium);
	return cost && `${model.name} is larger than the ${formatBytes(machine.memory!.availableBytes)} of memory that are available, so up to ${formatBytes(cost.bytesPerToken)} are read from the disk for every token: about ${formatRate(cost.tokensPerSecond)} where it reads ${formatBytes(cost.diskBytesPerSecond)} a second.`;
}

function formatRate(tokensPerSecond: number): string {
	return tokensPerSecond >= 1 ? `${tokensPerSecond.toFixed(1)} tokens a second` : `one token in ${Math.ceil(1 / tokensPerSecond)} seconds`;
}
