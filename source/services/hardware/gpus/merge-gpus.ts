import {type FoundGpu} from './found-gpu.js';

/**
All GPUs, each once. What an earlier source says of a GPU wins; a later one fills in what is missing. NVIDIA's own tool, which comes first, knows which of NVIDIA's may be used: a container sees the others too, and cannot.
*/
export function mergeGpus([nvidia = [], ...sources]: ReadonlyArray<readonly FoundGpu[]>): readonly FoundGpu[] {
	let merged = nvidia;
	for (const source of sources) {
		merged = merge(merged, nvidia.length === 0 ? source : source.filter(({vendor, address}) => vendor !== 'NVIDIA' || nvidia.some(gpu => gpu.address === address)));
	}

	return merged;
}

function merge(merged: readonly FoundGpu[], source: readonly FoundGpu[]): readonly FoundGpu[] {
	return [...merged.map(gpu => ({...source.find(other => isSame(gpu, other)), ...gpu})), ...source.filter(gpu => isNew(gpu, merged))];
}

function isSame(one: FoundGpu, other: FoundGpu): boolean {
	return one.address !== undefined && one.address === other.address;
}

// Without an address it can be told apart by its maker only.
function isNew(gpu: FoundGpu, merged: readonly FoundGpu[]): boolean {
	const alike = merged.filter(({vendor}) => vendor === gpu.vendor);
	return gpu.address === undefined || alike.some(({address}) => address === undefined)
		? alike.length === 0
		: alike.every(other => !isSame(other, gpu));
}
