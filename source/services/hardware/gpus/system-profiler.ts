import * as z from 'zod/mini';
import {parseBytes} from '../../../format/bytes.js';
import {type Environment} from '../../network/environment.js';
import {runProgram} from '../run-program.js';
import {
	known,
	toCount,
	toLine,
	vendorOf,
	type FoundGpu,
} from './found-gpu.js';

/**
The GPUs of a Mac.
*/
export async function querySystemProfiler(environment: Environment): Promise<readonly FoundGpu[]> {
	const limits = runProgram('sysctl', ['hw.memsize', 'iogpu.wired_limit_mb'], environment).catch(() => '');
	return parseSystemProfiler(await runProgram('system_profiler', ['SPDisplaysDataType', '-json'], environment), await limits);
}

const gpuSchema = z.record(z.string(), z.unknown());
const displaysSchema = z.object({SPDisplaysDataType: z.array(gpuSchema)});

/**
Reads the JSON of `system_profiler SPDisplaysDataType` and the lines of sysctl with the memory and the limit of the GPU.
*/
export function parseSystemProfiler(json: string, limits: string): readonly FoundGpu[] {
	const {data, success} = displaysSchema.safeParse(JSON.parse(json));
	if (!success) {
		throw new Error('The answer is no list of displays.');
	}

	return data.SPDisplaysDataType.map(gpu => {
		const name = toLine(gpu.sppci_model) ?? toLine(gpu._name);
		const vendor = vendorOf(`${toLine(gpu.spdisplays_vendor) ?? ''} ${name}`) ?? 'unknown vendor';
		const isUnifiedMemory = vendor === 'Apple' || toLine(gpu.spdisplays_vram_shared) !== undefined;
		return {
			vendor,
			...known({
				name,
				cores: toCount(gpu.sppci_cores),
				vramTotalBytes: isUnifiedMemory ? undefined : parseSize(gpu.spdisplays_vram),
				sharedMemoryBytes: vendor === 'Apple' ? workingSetBytes(limits) : undefined,
			}),
			unifiedMemory: isUnifiedMemory,
		};
	});
}

/**
What Metal recommends as the most that a GPU of Apple uses: what `iogpu.wired_limit_mb` says where somebody set that, else two thirds of the memory, of more than 36 GiB three quarters. That is what `recommendedMaxWorkingSetSize` was in logs of llama.cpp (10.9 GB of 16 GiB, 48 GiB of 64 GiB); newer versions of macOS give a little more (107.5 GiB of 128 GiB).
*/
export function appleWorkingSetBytes(memoryBytes: number): number {
	return Math.floor(memoryBytes * (memoryBytes <= 36 * (2 ** 30) ? 2 / 3 : 3 / 4));
}

function workingSetBytes(limits: string): number | undefined {
	const limit = toCount(/^iogpu\.wired_limit_mb: (?<megabytes>\d{1,9})$/mv.exec(limits)?.groups!.megabytes);
	if (limit !== undefined && limit > 0) {
		return limit * (1024 ** 2);
	}

	const memory = toCount(/^hw\.memsize: (?<bytes>\d{1,15})$/mv.exec(limits)?.groups!.bytes);
	return memory === undefined ? undefined : appleWorkingSetBytes(memory);
}

// `8 GB`, `1536 MB`, in powers of 1,024.
function parseSize(value: unknown): number | undefined {
	const {number, unit} = /^(?<number>\d{1,6}) (?<unit>[GM])B$/v.exec(toLine(value) ?? '')?.groups ?? {};
	return number === undefined ? undefined : parseBytes(`${number}${unit}iB`);
}
