import process from 'node:process';
import {type HardwareReport, type MemoryReport} from '../../types/hardware.js';
import {type Paths} from '../config/paths.js';
import {type Environment} from '../network/environment.js';
import {type Storage} from '../storage/storage.js';
import {createCpuMeter} from './cpu-meter.js';
import {createGpuFinder} from './gpus/create-gpu-finder.js';
import {type Hardware} from './hardware.js';
import {keepComplete} from './keep-complete.js';
import {createBandwidth} from './memory-bandwidth/create-bandwidth.js';
import {countUsableCores, readBasicCpu, readCpu} from './read-cpu.js';
import {readDisks} from './read-disks.js';
import {readMemory} from './read-memory.js';
import {readMemoryModules} from './read-memory-modules.js';
import {readOperatingSystem} from './read-operating-system.js';
import {readThermal} from './read-thermal.js';
import {readVirtualization} from './read-virtualization.js';
import {untilAborted, withLimit} from './with-limit.js';

type Options = {
	readonly paths: Pick<Paths, 'models'>;
	/**
	Where the bandwidth of the memory is kept.
	*/
	readonly storage: Pick<Storage, 'records'>;
	readonly environment?: Environment;
	/**
	Where `proc`, `sys`, `etc` and `usr` are.
	*/
	readonly systemRoot?: string;
};

type Fixed = Pick<HardwareReport, 'cpu' | 'operatingSystem' | 'virtualization' | 'warnings'> & {readonly modules: Pick<MemoryReport, 'kind' | 'channels'>};

/**
Looks at this machine by systeminformation, the tools of the makers of GPUs and the files of the kernel. Nothing happens before the first call.
*/
export function createHardware({paths, storage, environment = process.env, systemRoot = '/'}: Options): Hardware {
	const gpuFinder = createGpuFinder(environment, systemRoot);
	const cpuMeter = createCpuMeter();
	const bandwidth = createBandwidth({storage});
	const findDisks = async () => readDisks({modelsDirectory: paths.models, systemRoot});
	const findFixed = keepComplete(async () => probeFixed(environment, systemRoot), ({warnings}) => warnings.length === 0);

	const machineOf = ({cpu}: Pick<HardwareReport, 'cpu'>, {totalBytes}: MemoryReport) => ({cpuModel: cpu.model, usableCores: cpu.usableCores ?? cpu.logicalCores, memoryBytes: totalBytes});

	return {
		async probe({signal}) {
			signal.throwIfAborted();
			const [{modules, ...machine}, {memory, ...memoryNotes}, {gpus, ...gpuNotes}, {disks, ...diskNotes}, thermal] = await untilAborted(
				Promise.all([findFixed(), readMemory(systemRoot), gpuFinder.find(), findDisks(), readThermal(systemRoot)]),
				{signal},
			);
			const recorded = await untilAborted(withLimit('Memory bandwidth', async () => bandwidth.recorded(machineOf(machine, memory))), {signal});
			return {
				...machine,
				memory: {...memory, ...modules},
				...(recorded.value !== undefined && {memoryBandwidth: recorded.value}),
				gpus,
				disks,
				...(thermal !== undefined && {thermal}),
				warnings: [
					...machine.warnings, ...memoryNotes.warnings, ...gpuNotes.warnings, ...diskNotes.warnings, ...(recorded.warning === undefined ? [] : [recorded.warning]),
				],
			};
		},
		async bandwidth({signal, fresh = false}) {
			signal.throwIfAborted();
			const [machine, {memory}] = await untilAborted(Promise.all([findFixed(), readMemory(systemRoot)]), {signal});
			const subject = machineOf(machine, memory);
			const recorded = fresh ? undefined : await bandwidth.recorded(subject);
			return recorded === undefined || recorded.whileBusy === true ? bandwidth.measure(subject, {signal}) : recorded;
		},
		async meters({signal}) {
			signal.throwIfAborted();
			const [load, {memory}, gpus, {disks}, thermal] = await untilAborted(
				Promise.all([cpuMeter({signal}), readMemory(systemRoot), gpuFinder.sample(), findDisks(), readThermal(systemRoot)]),
				{signal},
			);
			return {
				...load, memory, gpus, disks, ...(thermal !== undefined && {thermal}),
			};
		},
	};
}

async function probeFixed(environment: Environment, systemRoot: string): Promise<Fixed> {
	const [cpu, usableCores, modules, operatingSystem, virtualization] = await Promise.all([
		withLimit('CPU', readCpu),
		countUsableCores(systemRoot),
		readMemoryModules(environment),
		readOperatingSystem(systemRoot),
		readVirtualization(environment, systemRoot),
	]);
	return {
		cpu: {...cpu.value ?? readBasicCpu(), usableCores},
		modules,
		operatingSystem,
		...(virtualization !== undefined && {virtualization}),
		warnings: cpu.warning === undefined ? [] : [cpu.warning],
	};
}
