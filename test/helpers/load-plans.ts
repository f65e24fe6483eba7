import {createLoadPlans} from '../../source/services/load-plans/create-load-plans.js';
import {type LoadPlans} from '../../source/services/load-plans/load-plans.js';
import {type Storage} from '../../source/services/storage/storage.js';
import {type Config} from '../../source/types/config.js';
import {type HardwareReport} from '../../source/types/hardware.js';
import {engineSettings} from './starter-model.js';

/**
A machine for plans: 8 cores, 32 GB of which 24 are available, no GPU.
*/
export const planMachine: HardwareReport = {
	cpu: {
		model: 'Example CPU 9000', physicalCores: 8, logicalCores: 16, instructionSets: ['avx2'],
	},
	memory: {
		totalBytes: 32e9, availableBytes: 24e9, swapTotalBytes: 0, swapFreeBytes: 0,
	},
	gpus: [],
	disks: [],
	operatingSystem: {
		platform: 'linux', name: 'Example', release: '1', architecture: 'x64', hostname: 'example',
	},
	warnings: [],
};

/**
Load plans over a storage, with nothing to offer instead and a machine that is made up.
*/
export function loadPlansIn(storage: Pick<Storage, 'records'>, settings: Config['engine'] = engineSettings): LoadPlans {
	return createLoadPlans({
		storage, hardware: {probe: async () => planMachine}, settings: () => settings, offered: async () => [], benchmarks: async () => [],
	});
}
