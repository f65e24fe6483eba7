import {formatBytes} from '../../../format/bytes.js';
import {type HardwareReport, type MemoryReport} from '../../../types/hardware.js';
import {type MachineParts} from './machine-parts.js';
import {gigabytesSold, type Found, type Simulated} from './simulated.js';

const gibibyte = 2 ** 30;
// What a desktop and its programs take for themselves.
const usedMemoryBytes = 4 * gibibyte;
const usualMemoryBytes = 16 * gibibyte;

/**
The main memory that is said, else that of the chip or of this machine.
*/
export function simulateMemory(parts: MachineParts, chip: Found | undefined, base: HardwareReport | undefined): Simulated<MemoryReport> {
	// Of a chip that is both, a size behind the name is the memory that both share.
	const said = parts.memoryBytes ?? chip?.sizeBytes;
	const listed = chip?.gpu?.memoryGiB === undefined ? undefined : chip.gpu.memoryGiB * gibibyte;
	const totalBytes = said ?? listed ?? base?.memory.totalBytes ?? usualMemoryBytes;
	const source = listed === undefined ? (base === undefined ? 'a usual amount' : 'as this machine has') : 'as the table has it';
	const availableBytes = totalBytes - Math.min(usedMemoryBytes, totalBytes / 8);
	const channels = parts.channels ?? (parts.memoryKind === undefined ? undefined : 2);
	return {
		value: {
			totalBytes,
			availableBytes,
			swapTotalBytes: 0,
			swapFreeBytes: 0,
			...(parts.memoryKind !== undefined && {kind: parts.memoryKind}),
			...(channels !== undefined && {channels}),
		},
		assumptions: [
			`${said === undefined ? `Main memory is not said: ${formatBytes(totalBytes)}, ${source}` : `Memory sold as ${gigabytesSold(totalBytes)} is ${formatBytes(totalBytes)}`}, of which ${formatBytes(availableBytes)} are taken to be free.`,
			...(parts.memoryKind !== undefined && parts.channels === undefined ? ['Two memory channels are assumed.'] : []),
		],
	};
}
