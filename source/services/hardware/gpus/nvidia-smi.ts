import path from 'node:path';
import {type Environment} from '../../network/environment.js';
import {askFirst} from './ask-first.js';
import {
	known,
	pciAddress,
	toCount,
	toLine,
	type FoundGpu,
} from './found-gpu.js';

const mebibyte = 1024 ** 2;
const plainFields = ['name', 'memory.total', 'memory.free', 'driver_version'];
const allFields = [...plainFields, 'compute_cap', 'utilization.gpu', 'temperature.gpu', 'pci.bus_id', 'mig.mode.current'];

/**
Asks nvidia-smi; undefined where there is none.
*/
type Ask = (options: readonly string[]) => Promise<string | undefined>;

/**
The NVIDIA GPUs of this machine; undefined where there is no nvidia-smi. Rejects when it fails or takes longer than 2 s.
*/
export async function queryNvidiaSmi(environment: Environment, systemRoot: string): Promise<readonly FoundGpu[] | undefined> {
	const ask: Ask = async options => askFirst(placesOf(systemRoot), options, environment);
	const gpus = await askForGpus(ask);
	return gpus?.some(({isDivided}) => isDivided) === true
		? divide(gpus, await ask(['-L']) ?? '')
		: gpus?.map(({isDivided: _, ...gpu}) => gpu);
}

async function askForGpus(ask: Ask): Promise<readonly DividedGpu[] | undefined> {
	try {
		const output = await ask(queryOf(allFields));
		return output === undefined ? undefined : parseNvidiaSmi(output);
	} catch (error) {
		const reason = error instanceof Error ? error.message : '';
		if (/no devices were found/iv.test(reason)) {
			return [];
		}

		// Drivers from before 2021 know neither the compute capability nor the mode.
		if (/not a valid field/iv.test(reason)) {
			return parseNvidiaSmi(await ask(queryOf(plainFields)) ?? '');
		}

		throw error;
	}
}

// On WSL it lies beside the libraries of the driver of Windows, which not every shell has in its PATH.
function placesOf(systemRoot: string): readonly string[] {
	return ['nvidia-smi', path.join(systemRoot, 'usr/lib/wsl/lib/nvidia-smi')];
}

function queryOf(fields: readonly string[]): readonly string[] {
	return [`--query-gpu=${fields.join(',')}`, '--format=csv,noheader,nounits'];
}

type DividedGpu = FoundGpu & {
	/**
	Into GPU instances (MIG); a program can use one of those, and not the whole.
	*/
	readonly isDivided?: boolean;
};

/**
Reads the answer to the query, one GPU a line, memory in MiB. A machine whose GPU shares the CPU's memory answers `[N/A]` for that; what may not be known, `[Insufficient Permissions]`.
*/
export function parseNvidiaSmi(output: string): readonly DividedGpu[] {
	return output
		.split('\n')
		.map(line => line.split(',').map(field => field.trim()))
		.filter(fields => fields.length >= plainFields.length && fields[0] !== '')
		.map(([name, total = '', free, driver, capability, load, temperature, address, mode]) => ({
			vendor: 'NVIDIA',
			...known({
				name: toLine(name),
				vramTotalBytes: toBytes(total),
				vramFreeBytes: toBytes(free),
				driver: numbersOf(driver),
				computeCapability: numbersOf(capability),
				utilizationPercent: toCount(load),
				temperatureCelsius: toCount(temperature),
				address: pciAddress(address),
			}),
			unifiedMemory: /^\[?(?:n\/a|not supported)\]?$/iv.test(total),
			...(mode === 'Enabled' && {isDivided: true}),
		}));
}

/**
Puts the instances that `nvidia-smi -L` lists in place of the GPUs that are divided into them. A profile such as `1g.5gb` has a little more than its 5 × 10⁹ bytes.
*/
export function divide(gpus: readonly DividedGpu[], list: string): readonly FoundGpu[] {
	const instances = instancesOf(list);
	return gpus.flatMap(({isDivided, vramFreeBytes, vramTotalBytes, ...gpu}, index): readonly FoundGpu[] => {
		const own = instances[index] ?? [];
		return isDivided === true && own.length > 0
			? own.map(profile => ({...gpu, name: `${gpu.name ?? 'NVIDIA GPU'} MIG ${profile}`, vramTotalBytes: Number(/\.(?<gigabytes>\d+)gb/v.exec(profile)?.groups!.gigabytes) * 1e9}))
			: [{...gpu, ...known({vramTotalBytes, vramFreeBytes})}];
	});
}

function instancesOf(list: string): ReadonlyArray<readonly string[]> {
	const parts = list.split(/^GPU \d+:/mv).slice(1);
	return parts.map(part => part.split('\n').map(line => /^ {2}MIG (?<profile>\d+g\.\d+gb\S*)/v.exec(line)?.groups!.profile).filter(profile => profile !== undefined));
}

function toBytes(mebibytes: string | undefined): number | undefined {
	const count = toCount(mebibytes);
	return count === undefined ? undefined : count * mebibyte;
}

function numbersOf(text: string | undefined): string | undefined {
	return /^\d+(?:\.\d+)*$/v.test(text ?? '') ? toLine(text) : undefined;
}
