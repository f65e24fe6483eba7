import {type GpuReport} from '../../../types/hardware.js';
import {findGpu, type GpuSpecification} from '../speed/gpu-specifications.js';
import {type DrmCard} from './drm-cards.js';
import {known, type FoundGpu} from './found-gpu.js';

const gibibyte = 2 ** 30;
const largestCarveOut = 2 * gibibyte;

// Of processors with graphics: how AMD sells them (`Radeon 780M Graphics`), and the chips' names in lists of PCI devices.
const integratedAmd = /radeon(?:\(tm\)|™)? (?:graphics|vega \d+|r[2-7]\b|\d{3,4}[ms]\b)|raven|picasso|renoir|lucienne|cezanne|barcelo|rembrandt|raphael|phoenix|hawkpoint|strix|krackan|mendocino|van ?gogh|granite ridge|dragon range|ryzen|mi300a/iv;
const integratedNvidia = /\b(?:gb10|orin|thor|xavier|tegra|nvgpu|jetson)\b/iv;

/**
What is known of a GPU, with its usual name and the peak bandwidth of its memory. That comes from the table of GPUs, and only where the name is in there, so that a laptop's card never gets the figures of the desktop's.
*/
export function identifyGpu({address: _address, kernelDriver: _kernelDriver, deviceId, revision: _revision, ...found}: DrmCard): GpuReport {
	const calls = marketNames(found.name ?? `${found.vendor} GPU${deviceId === undefined ? '' : ` ${deviceId}`}`);
	const memoryGiB = found.vramTotalBytes === undefined ? undefined : found.vramTotalBytes / gibibyte;
	const {name, specification} = nearestInMemory(calls, memoryGiB, found.cores);
	const isUnified = doesShareMemory({...found, name}, specification);
	const bandwidth = specification && bandwidthOf(found.name ?? '', specification);
	const {vramTotalBytes = isUnified || specification?.memoryGiB === undefined ? undefined : specification.memoryGiB * gibibyte, sharedMemoryBytes, sharedMemoryFreeBytes, ...facts} = found;
	return {
		...facts,
		...known({
			name,
			vramTotalBytes,
			// A card with memory of its own is not used beyond that.
			sharedMemoryBytes: isUnified ? sharedMemoryBytes : undefined,
			sharedMemoryFreeBytes: isUnified ? sharedMemoryFreeBytes : undefined,
			bandwidthBytesPerSecond: bandwidth,
		}),
		name,
		unifiedMemory: isUnified,
	};
}

function doesShareMemory(found: FoundGpu & {readonly name: string}, specification: GpuSpecification | undefined): boolean {
	const {vendor, name, vramTotalBytes = 0, sharedMemoryBytes = 0, unifiedMemory} = found;
	const isSmallPart = vramTotalBytes > 0 && vramTotalBytes <= largestCarveOut && sharedMemoryBytes > vramTotalBytes;
	return vendor === 'AMD'
		? integratedAmd.test(name) || (specification?.unifiedMemory ?? isSmallPart)
		: unifiedMemory === true || (vendor === 'NVIDIA' && integratedNvidia.test(name)) || (vendor === 'Intel' && specification?.unifiedMemory === true);
}

/**
The names that a list of PCI devices may mean: of `Navi 31 [Radeon RX 7900 XT/7900 XTX]` both cards, of any other name that name.
*/
export function marketNames(name: string): readonly string[] {
	const sold = /\[(?<sold>[^\[\]]+)\]$/v.exec(name)?.groups!.sold;
	if (sold === undefined) {
		return [name];
	}

	const [first = '', ...others] = sold.split('/').map(part => part.trim());
	const series = /^(?<series>(?:[a-z]+ )*)\S*\d/iv.exec(first)?.groups!.series ?? '';
	return [first, ...others.map(other => (/^\d/v.test(other) ? `${series}${other}` : other))];
}

/**
Of several cards with one chip the one with this much memory. Where more than one has that, the name stays that of all.
*/
function nearestInMemory(calls: readonly string[], memoryGiB?: number, cores?: number): {readonly name: string; readonly specification?: GpuSpecification} {
	const found = calls.flatMap(name => {
		// Apple's chips of one name differ in bandwidth by the cores of their GPU.
		const specification = exactly(cores === undefined ? name : `${name} (${cores}-core GPU)`, memoryGiB);
		return specification === undefined ? [] : [{name, specification, distance: memoryGiB === undefined ? 0 : Math.abs((specification.memoryGiB ?? memoryGiB) - memoryGiB)}];
	});
	const shortest = Math.min(...found.map(({distance}) => distance));
	const [nearest, ...others] = found.filter(({distance}) => distance === shortest);
	if (nearest === undefined || others.length === 0) {
		return nearest ?? {name: calls.join(' / ')};
	}

	const isOfOneSpeed = others.every(({specification}) => specification.bandwidthGBs === nearest.specification.bandwidthGBs);
	return {name: [nearest, ...others].map(({name}) => name).join(' / '), ...(isOfOneSpeed && {specification: nearest.specification})};
}

function exactly(name: string, memoryGiB: number | undefined): GpuSpecification | undefined {
	const found = findGpu(name.replace(/ MIG \S+$/v, ''), instance.test(name) ? undefined : memoryGiB);
	return found?.assumed === false ? found : undefined;
}

const instance = / MIG \d+g\.(?<gigabytes>\d+)gb/v;

// An instance has the share of the bandwidth that it has of the memory.
function bandwidthOf(name: string, {bandwidthGBs, memoryGiB}: GpuSpecification): number {
	const part = Number(instance.exec(name)?.groups!.gigabytes);
	return bandwidthGBs * 1e9 * (part > 0 && memoryGiB !== undefined ? Math.min(1, part / memoryGiB) : 1);
}
