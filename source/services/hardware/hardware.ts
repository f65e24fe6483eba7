import {type Abortable} from '../../types/abortable.js';
import {type HardwareMeters, type HardwareReport} from '../../types/hardware.js';

/**
What this machine is and how busy it is. Missing tools and odd outputs become warnings, never errors.
*/
export type Hardware = {
	/**
	Everything; cached after the first call but for memory, VRAM and disks. No probe takes above 2 s.
	*/
	readonly probe: (options: Abortable) => Promise<HardwareReport>;
	/**
	One sample of the live meters.
	*/
	readonly meters: (options: Abortable) => Promise<HardwareMeters>;
};
