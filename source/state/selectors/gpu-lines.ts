import {formatBytes, formatRate} from '../../format/bytes.js';
import {type GpuReport} from '../../types/hardware.js';
import {
	factRows,
	heading,
	textRows,
	type LiveSpace,
} from './machine-rows.js';
import {type StyledLine} from './styled-lines.js';

/**
GPUs that are shown where room is dear.
*/
const briefGpus = 2;

/**
Every GPU with its memory, how busy it is, and what else is known of it.
*/
export function gpuLines(gpus: readonly GpuReport[], space: LiveSpace): readonly StyledLine[] {
	if (gpus.length === 0) {
		return [[heading('GPU'), {text: `none${space.isLive ? ' found' : ''}: models run on the CPU`, color: 'muted'}]];
	}

	const shown = space.isBrief ? gpus.slice(0, briefGpus) : gpus;
	const more = gpus.length - shown.length;
	return [
		...shown.flatMap(gpu => factRows('GPU', {...gpuFacts(gpu, space), space})),
		...(more === 0 ? [] : textRows('', `and ${more} more: i shows them`, {width: space.width, color: 'muted'})),
	];
}

function gpuFacts(gpu: GpuReport, {isBrief, isLive}: LiveSpace): {readonly share?: number; readonly facts: ReadonlyArray<string | undefined>} {
	const {
		name, vramTotalBytes, vramFreeBytes = vramTotalBytes, unifiedMemory, sharedMemoryBytes, utilizationPercent, temperatureCelsius, bandwidthBytesPerSecond, driver, computeCapability, cores,
	} = gpu;
	const shared = sharedMemoryBytes === undefined ? 'shares the main memory' : `may use ${formatBytes(sharedMemoryBytes)} of the main memory`;
	const isKnown = vramTotalBytes !== undefined && vramFreeBytes !== undefined && vramTotalBytes > 0;
	return {
		...(isKnown && {share: 1 - (vramFreeBytes / vramTotalBytes)}),
		facts: [
			isKnown ? (isLive ? `${formatBytes(vramFreeBytes)} free of ${formatBytes(vramTotalBytes)}` : formatBytes(vramTotalBytes)) : undefined,
			name,
			unifiedMemory ? shared : (isKnown ? undefined : 'video memory unknown'),
			utilizationPercent === undefined || !isLive ? undefined : `${Math.round(utilizationPercent)} % busy`,
			temperatureCelsius === undefined || !isLive ? undefined : `${Math.round(temperatureCelsius)} °C`,
			bandwidthBytesPerSecond === undefined ? undefined : formatRate(bandwidthBytesPerSecond),
			...(isBrief
				? []
				: [
					driver === undefined ? undefined : `driver ${driver}`,
					computeCapability === undefined ? undefined : `compute ${computeCapability}`,
					cores === undefined ? undefined : `${cores} cores`,
				]),
		],
	};
}
