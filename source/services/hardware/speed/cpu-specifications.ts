import table from './data/cpus.json' with {type: 'json'};
import {positive} from './positive.js';
import {type SpeedCpu} from './speed-types.js';

/**
Instructions that decide how fast weights are unpacked: x86 by its widest vectors, Arm by its integer dot products.
*/
export type CpuInstructions = 'avx2' | 'avx' | 'sse' | 'i8mm' | 'dotprod' | 'neon' | 'riscv';

export type CpuSpecification = {
	readonly name: string;
	readonly bandwidthGBs: number;
	readonly cores: number;
	readonly instructions: CpuInstructions;
	/**
	16-bit numbers that llama.cpp takes at a time (`GGML_F16_STEP`).
	*/
	readonly vectorLength: number;
	/**
	Of what the name tells; what the maker supports is more than most machines have.
	*/
	readonly bandwidthFromName: boolean;
	readonly measuredWhileBusy: boolean;
	/**
	Neither the name nor a figure told the bandwidth.
	*/
	readonly assumed: boolean;
};

const families = table.cpus.map(entry => {
	const [pattern, bandwidthGBs, cores, instructions] = entry as [string, number, number, CpuInstructions];
	return {
		pattern: new RegExp(pattern, 'v'), bandwidthGBs, cores, instructions,
	};
});

// A desktop of the last years with two channels of DDR5: what most machines that run models are.
const unknownCpu = {bandwidthGBs: 76.8, cores: 8, instructions: 'avx2'} as const;

/**
Bandwidth of the main memory, cores and instructions of a CPU, from figures where there are any, else from its name.
*/
export function describeCpu(cpu: SpeedCpu | undefined): CpuSpecification {
	const name = cpu?.name ?? '';
	const cleaned = name.toLowerCase().replaceAll(/\((?:r|tm|c)\)/gv, '').replace(/\b(?:cpu )?@.*$/v, '').replaceAll(/\bcpu\b/gv, '').replace(/ w\/.*$/v, '').replaceAll(/\s+/gv, ' ').trim();
	const family = cleaned === '' ? undefined : families.find(({pattern}) => pattern.test(cleaned));
	const {bandwidthGBs, cores, instructions} = family ?? unknownCpu;
	const measured = positive(cpu?.memoryBandwidthGBs) ?? memoryBandwidth(cpu?.memory, cpu?.memoryChannels);
	return {
		name: name === '' ? 'an unknown CPU' : name,
		bandwidthGBs: measured ?? bandwidthGBs,
		cores: positive(cpu?.physicalCores) ?? namedCores(name) ?? cores,
		instructions,
		vectorLength: cpu?.wideVectors === true ? 64 : 32,
		bandwidthFromName: measured === undefined && family !== undefined,
		measuredWhileBusy: cpu?.measuredWhileBusy === true,
		assumed: measured === undefined && family === undefined,
	};
}

// "AMD Ryzen 9 5900X 12-Core Processor"
function namedCores(name: string): number | undefined {
	const cores = /\b(?<cores>\d{1,3})-cores?\b/iv.exec(name)?.groups?.cores;
	return cores === undefined ? undefined : Number(cores);
}

/**
Peak in 10⁹ bytes per second: transfers per second × 8 bytes × channels of 64 bits.
*/
export function memoryBandwidth(memory: string | undefined, channels = 2): number | undefined {
	const megatransfers = /ddr\dx?[ \-]?(?<rate>\d{3,5})/iv.exec(memory ?? '')?.groups?.rate;
	return megatransfers === undefined ? undefined : Number(megatransfers) * 8 * channels / 1000;
}
