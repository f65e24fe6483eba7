import {sanitizeLine} from '../../format/sanitize.js';
import {type GpuReport} from '../../types/hardware.js';
import {type Environment} from '../network/environment.js';
import {runProgram} from './run-program.js';

const query = ['--query-gpu=name,memory.total,memory.free,driver_version', '--format=csv,noheader,nounits'];
const mebibyte = 1024 ** 2;

/**
The NVIDIA GPUs of this machine; undefined where there is no nvidia-smi. Rejects when it fails or takes longer than 2 s.
*/
export async function queryNvidiaSmi(environment: Environment): Promise<readonly GpuReport[] | undefined> {
	try {
		return parseNvidiaSmi(await runProgram('nvidia-smi', query, {...environment, LC_ALL: 'C'}));
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
			return undefined;
		}

		throw error;
	}
}

/**
Reads the answer to the query, one GPU a line, memory in MiB. A machine whose GPU shares the CPU's memory answers `[N/A]`.
*/
export function parseNvidiaSmi(output: string): readonly GpuReport[] {
	return output
		.split('\n')
		.map(line => line.split(',').map(field => field.trim()))
		.filter(fields => fields.length === 4 && fields[0] !== '')
		.map(([name = '', total = '', free = '', driver = '']) => {
			const totalBytes = toBytes(total);
			const freeBytes = toBytes(free);
			return {
				name: sanitizeLine(name),
				vendor: 'NVIDIA',
				...(totalBytes !== undefined && {vramTotalBytes: totalBytes}),
				...(freeBytes !== undefined && {vramFreeBytes: freeBytes}),
				...(/^\d/v.test(driver) && {driver: sanitizeLine(driver)}),
				unifiedMemory: totalBytes === undefined,
			};
		});
}

function toBytes(mebibytes: string): number | undefined {
	return /^\d+$/v.test(mebibytes) ? Number(mebibytes) * mebibyte : undefined;
}
