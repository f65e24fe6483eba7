import {formatBytes} from '../../../format/bytes.js';
import {type GpuReport, type HardwareReport} from '../../../types/hardware.js';
import {appleWorkingSetBytes} from '../gpus/system-profiler.js';
import {hasMobileSibling} from './find-hardware.js';
import {unknownHardware, type MachineParts} from './machine-parts.js';
import {gigabytesSold, type Found, type Simulated} from './simulated.js';

const gibibyte = 2 ** 30;
// What a desktop and the driver of a card take for themselves.
const usedVramBytes = 512 * (2 ** 20);

const makerNames: Readonly<Record<string, string>> = {
	nvidia: 'NVIDIA', amd: 'AMD', intel: 'Intel', apple: 'Apple', qualcomm: 'Qualcomm', broadcom: 'Broadcom',
};

type NamedGpu = Found & {readonly gpu: NonNullable<Found['gpu']>; readonly vramBytes: number | undefined};

/**
The GPUs that are named; those of this machine where nothing is named.
@throws UsageError `unknown_hardware` for a card whose memory is not known.
*/
export function simulateGpus({noGpu, vramBytes, names}: MachineParts, found: readonly Found[], memoryBytes: number, base: HardwareReport | undefined): Simulated<readonly GpuReport[]> {
	const gpus = noGpu
		? []
		: found.flatMap(part => {
			const {gpu} = part;
			return gpu === undefined ? [] : [simulateGpu({...part, gpu, vramBytes}, memoryBytes)];
		});
	if (gpus.length === 0 && !noGpu && names.length === 0 && base !== undefined) {
		return {value: base.gpus, assumptions: [base.gpus.length === 0 ? 'There is no GPU, as on this machine.' : 'The GPUs are this machine’s.']};
	}

	return {
		value: gpus.flatMap(({value}) => value),
		assumptions: [...(gpus.length === 0 && !noGpu ? ['No GPU is named, so there is none.'] : []), ...gpus.flatMap(({assumptions}) => assumptions)],
	};
}

function simulateGpu({gpu, count, sizeBytes, vramBytes, typed}: NamedGpu, memoryBytes: number): Simulated<readonly GpuReport[]> {
	const vendor = makerNames[gpu.vendor] ?? gpu.vendor;
	const common = {
		name: gpu.name, vendor, bandwidthBytesPerSecond: gpu.bandwidthGBs * 1e9, ...(gpu.cores !== undefined && {cores: gpu.cores}),
	};
	if (gpu.unifiedMemory) {
		const sharedMemoryBytes = sharedBytes(vendor, memoryBytes);
		return {
			value: [{...common, unifiedMemory: true, ...(sharedMemoryBytes !== undefined && {sharedMemoryBytes})}],
			assumptions: sharedMemoryBytes === undefined ? [] : [`${gpu.name} may use ${formatBytes(sharedMemoryBytes)} of the memory, as its driver is usually set.`],
		};
	}

	const total = sizeBytes ?? vramBytes ?? (gpu.memoryGiB === undefined ? undefined : gpu.memoryGiB * gibibyte);
	if (total === undefined) {
		throw unknownHardware(`The table does not know how much memory ${gpu.name} has.`, `Write it behind the name: ${typed} 8 GB`);
	}

	const report = {
		...common, vramTotalBytes: total, vramFreeBytes: total - Math.min(usedVramBytes, total / 8), unifiedMemory: false,
	};
	return {
		value: Array.from({length: count}, () => report),
		assumptions: [
			...(sizeBytes === undefined && vramBytes === undefined ? [`${gpu.name} has ${gigabytesSold(total)} of its own.`] : []),
			...(gpu.memoryGiB !== undefined && Math.abs((gpu.memoryGiB * gibibyte) - total) > total / 10 ? [`The table knows ${gpu.name} with ${gpu.memoryGiB} GB, and its bandwidth with that.`] : []),
			...(hasMobileSibling(gpu) ? [`${typed} is taken for a desktop’s card; a laptop’s is “${typed} Laptop GPU”.`] : []),
		],
	};
}

// Half of the memory is what AMD's driver lets its GPU map, and about what Intel's does.
function sharedBytes(vendor: string, memoryBytes: number): number | undefined {
	if (vendor === 'Apple') {
		return appleWorkingSetBytes(memoryBytes);
	}

	return vendor === 'AMD' || vendor === 'Intel' ? memoryBytes / 2 : undefined;
}
