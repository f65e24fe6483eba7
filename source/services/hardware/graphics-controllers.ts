import process from 'node:process';
import {fileURLToPath} from 'node:url';
import * as z from 'zod/mini';
import {sanitizeLine} from '../../format/sanitize.js';
import {type GpuReport} from '../../types/hardware.js';
import {type Environment} from '../network/environment.js';
import {runProgram} from './run-program.js';

const mebibyte = 1024 ** 2;
const script = 'require(process.argv[1]).graphics().then(found => process.stdout.write(JSON.stringify(found.controllers)))';

const controllersSchema = z.array(z.record(z.string(), z.unknown()));

/**
The graphics controllers that systeminformation finds.
It waits synchronously for other programs, so it runs in a process of its own that can be killed, and without a display, which it would ask for its monitors.
*/
export async function queryGraphicsControllers(environment: Environment): Promise<readonly GpuReport[]> {
	const library = fileURLToPath(import.meta.resolve('systeminformation'));
	return parseControllers(await runProgram(process.execPath, ['-e', script, library], environment));
}

/**
Reads systeminformation's list of controllers, where memory is in MiB.
*/
export function parseControllers(json: string): readonly GpuReport[] {
	const {data, success} = controllersSchema.safeParse(JSON.parse(json));
	if (!success) {
		throw new Error('The answer is no list of GPUs.');
	}

	return data.map(({vendor, model, vram, driverVersion}) => {
		const vendorName = toLine(vendor) ?? 'unknown vendor';
		const driver = toLine(driverVersion);
		const isUnifiedMemory = /apple/iv.test(vendorName);
		return {
			name: toLine(model) ?? 'unknown GPU',
			vendor: vendorName,
			...(typeof vram === 'number' && vram > 0 && !isUnifiedMemory && {vramTotalBytes: vram * mebibyte}),
			...(driver !== undefined && {driver}),
			unifiedMemory: isUnifiedMemory,
		};
	});
}

function toLine(value: unknown): string | undefined {
	const line = typeof value === 'string' ? sanitizeLine(value) : '';
	return line === '' ? undefined : line;
}

/**
All GPUs, each once: NVIDIA's as nvidia-smi knows them, where it does.
*/
export function mergeGpus(nvidia: readonly GpuReport[] | undefined, controllers: readonly GpuReport[]): readonly GpuReport[] {
	return nvidia === undefined || nvidia.length === 0 ? controllers : [...nvidia, ...controllers.filter(({vendor, name}) => !/nvidia/iv.test(`${vendor} ${name}`))];
}
