import process from 'node:process';
import {runProgram} from '../hardware/run-program.js';

const mebibyte = 1024 ** 2;

/**
What a process has of the memory of NVIDIA's GPUs; undefined where nvidia-smi is missing, or does not tell of this process.
*/
export async function readVramUse(processId: number): Promise<number | undefined> {
	try {
		return parseComputeApps(await runProgram('nvidia-smi', ['--query-compute-apps=pid,used_memory', '--format=csv,noheader,nounits'], process.env), processId);
	} catch {
		return undefined;
	}
}

/**
The same of the output: a line `pid, MiB` for each process on each GPU. In some containers and on Windows the number is `[N/A]`.
*/
export function parseComputeApps(output: string, processId: number): number | undefined {
	const mebibytes = output.split('\n')
		.map(line => /^\s*(?<id>\d{1,10}),\s*(?<used>\d{1,9})\s*(?:MiB\s*)?$/v.exec(line)?.groups)
		.filter(groups => groups !== undefined && Number(groups.id) === processId)
		.map(groups => Number(groups!.used));
	return mebibytes.length === 0 ? undefined : mebibytes.reduce((sum, used) => sum + used, 0) * mebibyte;
}
