import {type FoundHardware} from './find-hardware.js';

/**
A part of a described machine, and what the description left open of it.
*/
export type Simulated<Value> = {readonly value: Value; readonly assumptions: readonly string[]};

/**
A name of a description with what the tables know of it.
*/
export type Found = FoundHardware & {readonly count: number; readonly sizeBytes?: number; readonly typed: string};

const gibibyte = 2 ** 30;

/**
As memory is sold: in powers of two.
*/
export function gigabytesSold(bytes: number): string {
	return `${Math.round(bytes / gibibyte * 10) / 10} GB`;
}
