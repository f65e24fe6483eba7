import {type Abortable} from '../../types/abortable.js';
import {type HardwareMeters, type HardwareReport, type MemoryBandwidth} from '../../types/hardware.js';

/**
What this machine is and how busy it is. Missing tools and odd outputs become warnings, never errors.
*/
export type Hardware = {
	/**
	Everything; cached after the first call but for memory, VRAM, disks and heat. No probe takes above 2 s. The bandwidth of the memory is in it once that was measured.
	*/
	readonly probe: (options: Abortable) => Promise<HardwareReport>;
	/**
	What the memory delivers: as it was measured before on this machine while that was idle, else, or when asked to be `fresh`, measured now, which takes half a second of all cores and is kept.
	@throws RemudaError `bandwidth_failed`.
	*/
	readonly bandwidth: (options: Abortable & {readonly fresh?: boolean}) => Promise<MemoryBandwidth>;
	/**
	One sample of the live meters.
	*/
	readonly meters: (options: Abortable) => Promise<HardwareMeters>;
};
