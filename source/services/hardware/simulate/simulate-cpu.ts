import {type CpuReport, type HardwareReport} from '../../../types/hardware.js';
import {describeCpu, type CpuInstructions, type CpuSpecification} from '../speed/cpu-specifications.js';
import {coresOfName, isArm} from './core-counts.js';
import {unknownHardware, type MachineParts} from './machine-parts.js';
import {type Found, type Simulated} from './simulated.js';

const mostCores = 4096;
const mostThreadsPerCore = 8;

const instructionSets: Readonly<Record<CpuInstructions, readonly string[]>> = {
	avx2: ['sse4.2', 'avx', 'f16c', 'fma', 'bmi2', 'avx2'], avx: ['sse4.2', 'avx'], sse: [], i8mm: ['neon', 'dotprod', 'i8mm'], dotprod: ['neon', 'dotprod'], neon: ['neon'], riscv: [],
};

export type SimulatedCpu = Simulated<CpuReport> & {
	/**
	It is the one of this machine, so that what was measured here holds for it.
	*/
	readonly isOfBase: boolean;
	readonly isArm: boolean;
};

/**
The processor that is named; that of this machine where it is the one named, or where nothing but memory is described; that of the chip a GPU is in; else a desktop's.
@throws UsageError `unknown_hardware` for threads that do not go with the cores.
*/
export function simulateCpu(parts: MachineParts, found: readonly Found[], base: HardwareReport | undefined): SimulatedCpu {
	const named = found.find(({cpu}) => cpu !== undefined);
	if (base !== undefined && parts.cores === undefined && parts.threads === undefined && isOf(base.cpu, named, found)) {
		return {
			value: {...base.cpu, usableCores: base.cpu.usableCores ?? base.cpu.logicalCores},
			assumptions: [`The processor is this machine’s: ${base.cpu.model}.`],
			isOfBase: true,
			isArm: base.operatingSystem.architecture.startsWith('arm'),
		};
	}

	const chip = found.map(({gpu}) => (gpu?.unifiedMemory === true ? gpu.name : undefined)).find(name => name !== undefined && !describeCpu({name}).assumed);
	const model = named?.gpu?.name ?? named?.typed ?? chip;
	return nameCpu(parts, model, named?.cpu ?? describeCpu(model === undefined ? undefined : {name: model}));
}

function isOf(cpu: CpuReport, named: Found | undefined, found: readonly Found[]): boolean {
	return named === undefined ? found.length === 0 : bareName(cpu.model) === bareName(named.typed);
}

// `AMD Ryzen 9 7950X 16-Core Processor` is what one calls a Ryzen 9 7950X.
function bareName(name: string): string {
	return name.toLowerCase().split('@', 1)[0]!.replaceAll(/\((?:r|tm)\)|\b(?:amd|apple|intel|cpu|processor|\d{1,3}-core)\b/gv, ' ').replaceAll(/\s+/gv, ' ').trim();
}

function nameCpu({cores, threads}: MachineParts, model: string | undefined, specification: CpuSpecification): SimulatedCpu {
	const listed = model === undefined ? undefined : coresOfName(model);
	const usual = listed?.physicalCores ?? specification.cores;
	const physicalCores = Math.min(mostCores, cores ?? Math.min(usual, threads ?? Infinity));
	const logicalCores = Math.min(mostCores * mostThreadsPerCore, threads ?? Math.round(physicalCores * (listed === undefined ? 1 : listed.logicalCores / listed.physicalCores)));
	if (logicalCores < physicalCores || logicalCores > physicalCores * mostThreadsPerCore) {
		throw unknownHardware(`No processor has ${logicalCores} threads on ${physicalCores} cores.`);
	}

	return {
		value: {
			model: model ?? 'unknown CPU',
			physicalCores,
			logicalCores,
			usableCores: logicalCores,
			instructionSets: [...new Set([...instructionSets[specification.instructions], ...listed?.furtherInstructionSets ?? []])],
		},
		assumptions: [
			...(model === undefined ? [`No processor is named: a desktop’s of the last years is assumed${cores === undefined ? `, with ${physicalCores} cores` : ''}.`] : []),
			...(model === undefined || cores !== undefined ? [] : [coresInWords(model, physicalCores, logicalCores, listed !== undefined)]),
		],
		isOfBase: false,
		isArm: isArm(specification),
	};
}

function coresInWords(model: string, physicalCores: number, logicalCores: number, isListed: boolean): string {
	return isListed ? `${model} has ${physicalCores} cores (${logicalCores} threads).` : `How many cores ${model} has is not known: ${physicalCores} are reckoned with.`;
}
