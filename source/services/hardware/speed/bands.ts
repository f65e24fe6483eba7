import {type SpeedRange} from '../../../types/speed.js';
import {bandHalfWidths, type BandClass} from './calibration.js';
import {type Placement} from './placement.js';
import {type ResolvedMachine} from './resolve-machine.js';

/**
What kind of estimate this is; kinds differ in how far measurements lie from them.
*/
export function bandClassOf(machine: ResolvedMachine, placement: Placement, isMixture: boolean): BandClass {
	const {gpu} = machine;
	if (gpu === undefined || placement.gpuLayerShare === 0) {
		return 'cpu';
	}

	if (placement.gpuShare < 1) {
		return 'split';
	}

	if (gpu.assumed || gpu.smallIntegrated) {
		return 'uncertainGpu';
	}

	return isMixture ? 'gpuExperts' : 'gpuDense';
}

/**
Symmetric in ratio: twice as fast is as likely as half.
*/
export function rangeAround(expected: number, halfWidth: number): SpeedRange {
	return {expected, low: expected * Math.exp(-halfWidth), high: expected * Math.exp(halfWidth)};
}

export function bandHalfWidth(kind: BandClass): number {
	return bandHalfWidths[kind];
}
