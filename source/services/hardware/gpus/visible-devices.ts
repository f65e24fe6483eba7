import {type Environment} from '../../network/environment.js';
import {type FoundGpu} from './found-gpu.js';

/**
The GPUs of NVIDIA in the order of nvidia-smi, those marked that `CUDA_VISIBLE_DEVICES` keeps from CUDA: the numbers up to the first that is none. CUDA counts from the fastest on unless `CUDA_DEVICE_ORDER` is `PCI_BUS_ID`, so numbers tell nothing of unlike GPUs; neither do names such as `GPU-…`. Then a sentence says so, and none is marked.
*/
export function markHidden(gpus: readonly FoundGpu[], environment: Environment): {readonly gpus: readonly FoundGpu[]; readonly warning?: string} {
	const value = environment.CUDA_VISIBLE_DEVICES?.trim();
	if (value === undefined || gpus.length === 0) {
		return {gpus};
	}

	const entries = value.split(',').map(entry => entry.trim());
	const isOrdered = environment.CUDA_DEVICE_ORDER === 'PCI_BUS_ID' || new Set(gpus.map(({name}) => name)).size === 1;
	const areNumbers = entries.every(entry => /^-?\d{0,3}$/v.test(entry));
	const end = entries.findIndex(entry => entry === '' || Number(entry) < 0 || Number(entry) >= gpus.length);
	const visible = new Set((end === -1 ? entries : entries.slice(0, end)).map(Number));
	return areNumbers && (isOrdered || visible.size === 0 || visible.size === gpus.length)
		? {gpus: gpus.map((gpu, index) => visible.has(index) ? gpu : {...gpu, isHidden: true})}
		: {gpus, warning: 'CUDA_VISIBLE_DEVICES is set, and which GPUs it means cannot be told: all are reckoned with.'};
}
