import {type GpuReport, type HardwareReport, type MemoryBandwidth} from '../../../types/hardware.js';
import {engineGpus} from '../engine-gpus.js';
import {type SpeedCpu, type SpeedGpu, type SpeedMachine} from './speed-types.js';

// What benchmarks such as STREAM reach of the peak on paper, of most desktops and servers. The estimator reckons from the peak, and what the engine reaches of that is in its constants (`cpuEfficiency`).
const sustainedShare = 0.85;

/**
What decides the speed of a machine, for `estimateSpeed`. A measured bandwidth of the main memory wins over what the tables say of the processor. Of the GPUs those count that the engine uses.
*/
export function toSpeedMachine({cpu, gpus, memory, memoryBandwidth}: Pick<HardwareReport, 'cpu' | 'gpus' | 'memory' | 'memoryBandwidth'>, bandwidth: Pick<MemoryBandwidth, 'bytesPerSecond' | 'whileBusy'> | undefined = memoryBandwidth): SpeedMachine {
	return {
		gpus: engineGpus(gpus).map(gpu => toSpeedGpu(gpu)),
		cpu: {
			name: cpu.model,
			physicalCores: Math.min(cpu.physicalCores, cpu.usableCores ?? cpu.physicalCores),
			wideVectors: cpu.instructionSets.includes('avx512'),
			...(bandwidth === undefined ? memoryOf(memory) : {memoryBandwidthGBs: bandwidth.bytesPerSecond / sustainedShare / 1e9, measuredWhileBusy: bandwidth.whileBusy === true}),
		},
	};
}

// With an unknown number of channels the table knows better what a processor usually has.
function memoryOf({kind, channels}: HardwareReport['memory']): Pick<SpeedCpu, 'memory' | 'memoryChannels'> {
	return kind === undefined || channels === undefined ? {} : {memory: kind, memoryChannels: channels};
}

function toSpeedGpu({name, cores, vramTotalBytes, unifiedMemory, bandwidthBytesPerSecond}: GpuReport): SpeedGpu {
	return {
		name: cores === undefined ? name.replace(/ MIG \S+$/v, '') : `${name} (${cores}-core GPU)`,
		unifiedMemory,
		...(vramTotalBytes !== undefined && !unifiedMemory && {memoryBytes: vramTotalBytes}),
		...(bandwidthBytesPerSecond !== undefined && {bandwidthGBs: bandwidthBytesPerSecond / 1e9}),
	};
}
