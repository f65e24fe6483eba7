import process from 'node:process';
import {type GpuReport, type HardwareReport} from '../../types/hardware.js';
import {type Paths} from '../config/paths.js';
import {type Environment} from '../network/environment.js';
import {createCpuMeter} from './cpu-meter.js';
import {createGpuMeter} from './gpu-meter.js';
import {mergeGpus, queryGraphicsControllers} from './graphics-controllers.js';
import {type Hardware} from './hardware.js';
import {readBasicCpu, readCpu} from './read-cpu.js';
import {readDisks} from './read-disks.js';
import {readMemory} from './read-memory.js';
import {readOperatingSystem} from './read-operating-system.js';
import {untilAborted, withLimit} from './with-limit.js';

type Options = {
	readonly paths: Pick<Paths, 'models'>;
	readonly environment?: Environment;
	/**
	Where `proc`, `sys` and `etc` are.
	*/
	readonly systemRoot?: string;
};

type Fixed = Pick<HardwareReport, 'cpu' | 'operatingSystem' | 'warnings'> & {readonly controllers: readonly GpuReport[]};

/**
Looks at this machine by systeminformation, nvidia-smi and the files of the kernel. Nothing happens before the first call.
*/
export function createHardware({paths, environment = process.env, systemRoot = '/'}: Options): Hardware {
	let fixed: Promise<Fixed> | undefined;
	const gpuMeter = createGpuMeter(environment);
	const cpuMeter = createCpuMeter();
	const findDisks = async () => readDisks({modelsDirectory: paths.models, systemRoot});
	const findFixed = async () => {
		fixed ??= probeFixed(environment, systemRoot);
		return fixed;
	};

	return {
		async probe({signal}) {
			signal.throwIfAborted();
			const [{controllers, ...machine}, {memory, ...memoryNotes}, gpus, {disks, ...diskNotes}] = await untilAborted(
				Promise.all([findFixed(), readMemory(systemRoot), gpuMeter.read(), findDisks()]),
				{signal},
			);
			return {
				...machine,
				memory,
				gpus: mergeGpus(gpus.value, controllers),
				disks,
				warnings: [...machine.warnings, ...memoryNotes.warnings, ...(gpus.warning === undefined ? [] : [gpus.warning]), ...diskNotes.warnings],
			};
		},
		async meters({signal}) {
			signal.throwIfAborted();
			const [{controllers}, load, {memory}, {disks}] = await untilAborted(
				Promise.all([findFixed(), cpuMeter({signal}), readMemory(systemRoot), findDisks()]),
				{signal},
			);
			return {
				...load, memory, gpus: mergeGpus(gpuMeter.latest(), controllers), disks,
			};
		},
	};
}

async function probeFixed(environment: Environment, systemRoot: string): Promise<Fixed> {
	const [cpu, controllers, operatingSystem] = await Promise.all([
		withLimit('CPU', readCpu),
		withLimit('GPUs', async () => queryGraphicsControllers(environment)),
		readOperatingSystem(systemRoot),
	]);
	return {
		cpu: cpu.value ?? readBasicCpu(),
		controllers: controllers.value ?? [],
		operatingSystem,
		warnings: [cpu.warning, controllers.warning].filter(warning => warning !== undefined),
	};
}
