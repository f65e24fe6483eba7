import {formatBytes} from '../../format/bytes.js';
import {formatInteger} from '../../format/number.js';
import {type LoadPlan} from '../../types/load-plan.js';

/**
Why main memory cannot hold what a plan needs of it with so many layers on the GPU, without a full stop; undefined where it can. Linux promises memory that it does not have, and ends the process that then uses it: llama.cpp would not notice.
*/
export function memoryShortage(gpuLayers: number, {contextSize, memoryMap}: Pick<LoadPlan, 'contextSize' | 'memoryMap'>, {heldBytes, availableBytes}: {
	/**
	With so many layers on the GPU, from none to all.
	*/
	readonly heldBytes: readonly number[];
	readonly availableBytes: number;
}): string | undefined {
	const bytes = heldBytes[Math.min(gpuLayers, heldBytes.length - 1)] ?? 0;
	return bytes <= availableBytes
		? undefined
		: `${memoryMap ? 'A' : 'The model with a'} context of ${formatInteger(contextSize)} tokens takes ${formatBytes(bytes)} of main memory, and ${formatBytes(availableBytes)} are available`;
}
