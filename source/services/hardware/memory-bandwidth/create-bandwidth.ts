import os from 'node:os';
import * as z from 'zod/mini';
import {type Abortable} from '../../../types/abortable.js';
import {type MemoryBandwidth} from '../../../types/hardware.js';
import {type Storage} from '../../storage/storage.js';

const bandwidthSchema = z.object({
	bytesPerSecond: z.number().check(z.positive(), z.maximum(1e14)),
	threads: z.int().check(z.positive(), z.maximum(4096)),
	measuredAt: z.iso.datetime(),
	whileBusy: z.optional(z.boolean()),
});

// Of the cores, on the average of the last minute; Windows does not tell it.
const busyShare = 0.5;

/**
What the memory of a machine was measured to deliver.
*/
export type Bandwidth = {
	/**
	What was measured before, if it was.
	*/
	readonly recorded: (machine: Machine) => Promise<MemoryBandwidth | undefined>;
	/**
	Measures, and keeps the result; the faster one, where the machine was busy both now and before.
	*/
	readonly measure: (machine: Machine, options: Abortable) => Promise<MemoryBandwidth>;
};

type Machine = {
	readonly cpuModel: string;
	readonly usableCores: number;
	readonly memoryBytes: number;
};

/**
One record for each processor, number of usable cores and amount of memory, because a home may be shared by machines, and a virtual machine may be moved to another.
*/
export function createBandwidth({storage, clock = () => new Date()}: {
	readonly storage: Pick<Storage, 'records'>;
	readonly clock?: () => Date;
}): Bandwidth {
	const records = storage.records<MemoryBandwidth>('memory-bandwidth', bandwidthSchema);
	return {
		recorded: async machine => records.get(keyOf(machine)),
		async measure(machine, {signal}) {
			// Loaded here, because it is rare.
			const {measureBandwidth} = await import('./measure-bandwidth.js');
			const [load = 0] = os.loadavg();
			const measured: MemoryBandwidth = {
				...await measureBandwidth({usableCores: machine.usableCores, signal}), measuredAt: clock().toISOString(), ...(load > machine.usableCores * busyShare && {whileBusy: true}),
			};
			const kept = await records.update(keyOf(machine), current => (measured.whileBusy === true && current?.whileBusy === true && current.bytesPerSecond > measured.bytesPerSecond ? current : measured));
			return kept ?? measured;
		},
	};
}

// Rounded, because the kernel keeps a little more or less for itself from start to start.
function keyOf({cpuModel, usableCores, memoryBytes}: Machine): string {
	return `${cpuModel.slice(0, 200)}, ${usableCores} cores, ${Math.round(memoryBytes / 1e9)} GB`;
}
