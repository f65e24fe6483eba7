import {formatBytes} from '../../../format/bytes.js';
import {sanitizeLine} from '../../../format/sanitize.js';
import {
	type CpuReport,
	type GpuReport,
	type HardwareReport,
	type MemoryReport,
} from '../../../types/hardware.js';
import {appleWorkingSetBytes} from '../gpus/system-profiler.js';
import {describeCpu, type CpuInstructions} from '../speed/cpu-specifications.js';
import {findHardware, hasMobileSibling, type FoundHardware} from './find-hardware.js';
import {parseMachine, unknownHardware, type MachineParts} from './machine-parts.js';

const gibibyte = 2 ** 30;
// What a desktop and its programs, and the driver of a card, take for themselves.
const usedMemoryBytes = 4 * gibibyte;
const usedVramBytes = 512 * (2 ** 20);
const usualMemoryBytes = 16 * gibibyte;
const mostCores = 4096;

const instructionSets: Readonly<Record<CpuInstructions, readonly string[]>> = {
	avx2: ['sse4.2', 'avx', 'f16c', 'fma', 'bmi2', 'avx2'], avx: ['sse4.2', 'avx'], sse: [], i8mm: ['neon', 'dotprod', 'i8mm'], dotprod: ['neon', 'dotprod'], neon: ['neon'], riscv: [],
};

const makerNames: Readonly<Record<string, string>> = {
	nvidia: 'NVIDIA', amd: 'AMD', intel: 'Intel', apple: 'Apple', qualcomm: 'Qualcomm', broadcom: 'Broadcom',
};

type NamedGpu = Found & {readonly gpu: NonNullable<FoundHardware['gpu']>; readonly vramBytes: number | undefined};

type Found = FoundHardware & {readonly count: number; readonly sizeBytes?: number; readonly typed: string};

/**
The machine that a description names, for questions of the kind “what if”. Commas divide its parts, which come in any order:

- GPUs by name, with a number (`2x RTX 3090`) and a size (`RTX 3060 8 GB`, or `24 GB VRAM` for all); `no GPU`
- processors by name (`Ryzen 9 7950X`), `8 cores`, `16 threads`; chips that are both (`M3 Max`)
- main memory (`64 GB`), its kind (`DDR5-5600`, `4 channels`) or the bandwidth that it delivers (`80 GB/s`)

What is not said comes from the tables or from `base`, and `simulated.assumptions` says so.
@throws UsageError `unknown_hardware`, which lists the nearest names.
*/
export function simulateMachine(description: string, base?: HardwareReport): HardwareReport {
	const parts = parseMachine(description);
	const found = parts.names.map((part): Found => ({
		...findHardware(part), count: part.count, typed: part.name, ...(part.sizeBytes !== undefined && {sizeBytes: part.sizeBytes}),
	}));
	const chip = found.find(({gpu, cpu}) => gpu !== undefined && cpu !== undefined);
	checkOnce(parts, found);
	const processor = simulateCpu(parts, found, base);
	const memory = simulateMemory(parts, chip, base);
	const graphics = simulateGpus(parts, found, memory.value.totalBytes, base);
	const isApple = chip?.gpu?.vendor === 'apple';
	return {
		cpu: processor.value,
		memory: memory.value,
		...simulateBandwidth(parts, found, processor.value, base),
		gpus: graphics.value,
		disks: base?.disks ?? [],
		operatingSystem: isApple && base?.operatingSystem.platform !== 'darwin'
			? {
				platform: 'darwin', name: 'macOS', release: '', architecture: 'arm64', hostname: 'simulated',
			}
			: base?.operatingSystem ?? {
				platform: 'linux', name: 'Linux', release: '', architecture: 'x64', hostname: 'simulated',
			},
		warnings: [],
		simulated: {description: sanitizeLine(description), assumptions: [...graphics.assumptions, ...processor.assumptions, ...memory.assumptions]},
	};
}

type Simulated<Value> = {readonly value: Value; readonly assumptions: readonly string[]};

function checkOnce({noGpu, vramBytes}: MachineParts, found: readonly Found[]): void {
	const gpu = found.find(part => part.gpu !== undefined);
	if (noGpu && gpu !== undefined && gpu.cpu === undefined) {
		throw unknownHardware(`“${gpu.typed}” is a GPU, and the machine is to have none.`);
	}

	if (vramBytes !== undefined && found.every(part => part.gpu?.unifiedMemory !== false)) {
		throw unknownHardware('VRAM needs a GPU to be in.', 'Write for example: RTX 4090 24 GB');
	}

	const cpus = found.filter(part => part.cpu !== undefined);
	if (cpus.length > 1 || cpus.some(({count}) => count > 1)) {
		throw unknownHardware('Remuda reckons with one processor.', 'Of a machine with several name one, and say the cores and the bandwidth of all.');
	}
}

function simulateCpu(parts: MachineParts, found: readonly Found[], base: HardwareReport | undefined): Simulated<CpuReport> {
	const named = found.find(({cpu}) => cpu !== undefined);
	return named === undefined && base !== undefined ? keepCpu(parts, base.cpu) : nameCpu(parts, named);
}

function keepCpu({cores, threads}: MachineParts, cpu: CpuReport): Simulated<CpuReport> {
	const isAsHere = cores === undefined && threads === undefined;
	const physicalCores = Math.min(mostCores, cores ?? cpu.physicalCores);
	const logicalCores = Math.min(mostCores, threads ?? Math.round(physicalCores * cpu.logicalCores / cpu.physicalCores));
	return {
		value: {
			...cpu, physicalCores, logicalCores, usableCores: isAsHere ? cpu.usableCores ?? logicalCores : logicalCores,
		},
		assumptions: [`The processor is this machine’s: ${cpu.model}.`],
	};
}

function nameCpu({cores, threads}: MachineParts, named: Found | undefined): Simulated<CpuReport> {
	const specification = named?.cpu ?? describeCpu(undefined);
	const physicalCores = Math.min(mostCores, cores ?? specification.cores);
	const logicalCores = Math.max(physicalCores, Math.min(mostCores, threads ?? physicalCores));
	const model = named?.gpu?.name ?? named?.typed ?? 'unknown CPU';
	return {
		value: {
			model, physicalCores, logicalCores, usableCores: logicalCores, instructionSets: instructionSets[specification.instructions],
		},
		assumptions: [
			...(named === undefined ? ['No processor is named: a desktop’s of the last years with eight cores is assumed.'] : []),
			...(cores === undefined && named !== undefined ? [`${model} is taken to have ${physicalCores} cores.`] : []),
		],
	};
}

function simulateMemory(parts: MachineParts, chip: Found | undefined, base: HardwareReport | undefined): Simulated<MemoryReport> {
	// Of a chip that is both, a size behind the name is the memory that both share.
	const said = parts.memoryBytes ?? chip?.sizeBytes;
	const listed = chip?.gpu?.memoryGiB === undefined ? undefined : chip.gpu.memoryGiB * gibibyte;
	const totalBytes = said ?? listed ?? base?.memory.totalBytes ?? usualMemoryBytes;
	const source = listed === undefined ? (base === undefined ? 'a usual amount' : 'as this machine has') : 'as the table has it';
	const availableBytes = totalBytes - Math.min(usedMemoryBytes, totalBytes / 8);
	const channels = parts.channels ?? (parts.memoryKind === undefined ? undefined : 2);
	return {
		value: {
			totalBytes,
			availableBytes,
			swapTotalBytes: 0,
			swapFreeBytes: 0,
			...(parts.memoryKind !== undefined && {kind: parts.memoryKind}),
			...(channels !== undefined && {channels}),
		},
		assumptions: [
			...(said === undefined ? [`Main memory is not said: ${gigabytes(totalBytes)}, ${source}.`] : []),
			`Memory sold as ${gigabytes(totalBytes)} is ${formatBytes(totalBytes)}, of which ${formatBytes(availableBytes)} are taken to be free.`,
			...(parts.memoryKind !== undefined && parts.channels === undefined ? ['Two memory channels are assumed.'] : []),
		],
	};
}

function simulateGpus({noGpu, vramBytes, names}: MachineParts, found: readonly Found[], memoryBytes: number, base: HardwareReport | undefined): Simulated<readonly GpuReport[]> {
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
			...(sizeBytes === undefined && vramBytes === undefined ? [`${gpu.name} has ${gigabytes(total)} of its own.`] : []),
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

// What was measured here says nothing of another processor or other memory.
function simulateBandwidth(parts: MachineParts, found: readonly Found[], cpu: CpuReport, base: HardwareReport | undefined): Pick<HardwareReport, 'memoryBandwidth'> {
	const {bandwidthBytesPerSecond, memoryKind, cores, threads} = parts;
	if (bandwidthBytesPerSecond !== undefined) {
		return {memoryBandwidth: {bytesPerSecond: bandwidthBytesPerSecond, threads: cpu.logicalCores}};
	}

	const isHere = memoryKind === undefined && cores === undefined && threads === undefined && found.every(part => part.cpu === undefined);
	return isHere && base?.memoryBandwidth !== undefined ? {memoryBandwidth: base.memoryBandwidth} : {};
}

function gigabytes(bytes: number): string {
	return `${Math.round(bytes / gibibyte * 10) / 10} GB`;
}
