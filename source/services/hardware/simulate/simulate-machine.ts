import {formatBytes} from '../../../format/bytes.js';
import {sanitizeLine} from '../../../format/sanitize.js';
import {type HardwareReport, type MemoryBandwidth} from '../../../types/hardware.js';
import {describeCpu} from '../speed/cpu-specifications.js';
import {findHardware} from './find-hardware.js';
import {parseMachine, unknownHardware, type MachineParts} from './machine-parts.js';
import {simulateCpu, type SimulatedCpu} from './simulate-cpu.js';
import {simulateGpus} from './simulate-gpus.js';
import {simulateMemory} from './simulate-memory.js';
import {type Found, type Simulated} from './simulated.js';

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
	const bandwidth = simulateBandwidth(parts, processor, base);
	const isApple = chip?.gpu?.vendor === 'apple';
	return {
		cpu: processor.value,
		memory: memory.value,
		...(bandwidth.value !== undefined && {memoryBandwidth: bandwidth.value}),
		gpus: graphics.value,
		disks: processor.isOfBase ? base?.disks ?? [] : [],
		operatingSystem: {
			...(isApple ? {platform: 'darwin', name: 'macOS'} : {platform: 'linux', name: 'Linux'}), release: '', architecture: processor.isArm ? 'arm64' : 'x64', hostname: 'simulated',
		},
		warnings: [],
		simulated: {description: sanitizeLine(description), assumptions: [...graphics.assumptions, ...processor.assumptions, ...memory.assumptions, ...bandwidth.assumptions]},
	};
}

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

/**
What is said, else what was measured here where the processor and its memory are this machine's. What was measured here says nothing of others, and the tables tell their peak.
*/
function simulateBandwidth({bandwidthBytesPerSecond, memoryKind, channels}: MachineParts, {value: cpu, isOfBase}: SimulatedCpu, base: HardwareReport | undefined): Simulated<MemoryBandwidth | undefined> {
	if (bandwidthBytesPerSecond !== undefined) {
		return {value: {bytesPerSecond: bandwidthBytesPerSecond, threads: cpu.logicalCores}, assumptions: []};
	}

	const measured = isOfBase && memoryKind === undefined && channels === undefined ? base?.memoryBandwidth : undefined;
	if (measured !== undefined) {
		return {value: measured, assumptions: [`Main memory delivers ${formatBytes(measured.bytesPerSecond)}/s, as was measured on this machine.`]};
	}

	const {bandwidthGBs} = describeCpu({name: cpu.model, ...(memoryKind !== undefined && {memory: memoryKind, memoryChannels: channels ?? 2})});
	return {value: undefined, assumptions: [`Main memory is taken to deliver ${formatBytes(bandwidthGBs * 1e9)}/s at its peak${memoryKind === undefined ? ', as is usual for the processor' : ''}.`]};
}
