import {type SpeedAttention} from '../../../types/speed-subject.js';
import {type CpuSpecification} from './cpu-specifications.js';

// Nanoseconds of one thread for one number of a query and one earlier token: measured with Remuda's engine on an AMD EPYC with AVX-512, at depths from 8 to 1800 (docs/speed-estimate.md).
const nanoseconds = {
	generation: {vector: 0.34, single: 5.5, quantized: 1.2},
	prompt: {vector: 0.12, single: 0.28, quantized: 0.75},
} as const;

/**
Milliseconds in which one CPU thread multiplies the queries of one token with the keys and values of `tokens` earlier ones. It grows with the heads of queries, however few of keys there are. What of a head fills no vector of the processor is done number by number.
*/
export function attentionTime({queryLength, headLength, quantizedCache}: SpeedAttention, tokens: number, {vectorLength}: Pick<CpuSpecification, 'vectorLength'>, phase: keyof typeof nanoseconds): number {
	const {vector, single, quantized} = nanoseconds[phase];
	const singleShare = (headLength % vectorLength) / headLength;
	const each = quantizedCache ? quantized : (vector * (1 - singleShare)) + (single * singleShare);
	return queryLength * tokens * each / 1e6;
}
