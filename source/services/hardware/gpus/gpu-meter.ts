import {type Environment} from '../../network/environment.js';
import {type Finding, withLimit} from '../with-limit.js';
import {type FoundGpu} from './found-gpu.js';
import {queryNvidiaSmi} from './nvidia-smi.js';

const shortestIntervalMs = 2000;

export type GpuMeter = {
	/**
	Asks now; undefined where there is no nvidia-smi.
	*/
	readonly read: () => Promise<Finding<readonly FoundGpu[] | undefined>>;
	/**
	What was last heard, at once; asks again in the background when that is older than 2 s.
	*/
	readonly latest: () => readonly FoundGpu[] | undefined;
};

/**
Follows the memory of NVIDIA GPUs, with one question at a time, and none more once there turns out to be no nvidia-smi.
*/
export function createGpuMeter(environment: Environment, systemRoot: string): GpuMeter {
	let isAbsent = false;
	let running: Promise<Finding<readonly FoundGpu[] | undefined>> | undefined;
	let heard: readonly FoundGpu[] | undefined;
	let heardAt = -Infinity;

	const ask = async (): Promise<Finding<readonly FoundGpu[] | undefined>> => {
		const finding = await withLimit('nvidia-smi', async () => queryNvidiaSmi(environment, systemRoot));
		running = undefined;
		heardAt = performance.now();
		heard = finding.value ?? heard;
		isAbsent = finding.warning === undefined && finding.value === undefined;
		return finding;
	};

	const read = async (): Promise<Finding<readonly FoundGpu[] | undefined>> => {
		if (isAbsent) {
			return {};
		}

		running ??= ask();
		return running;
	};

	return {
		read,
		latest() {
			if (!isAbsent && performance.now() - heardAt >= shortestIntervalMs) {
				void read();
			}

			return heard;
		},
	};
}
