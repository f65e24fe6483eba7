import {judgeFit} from '../../services/hardware/judge-fit.js';
import {usualContextLength} from '../../services/hardware/margins.js';
import {type FitVerdict} from '../../types/fit.js';
import {type HardwareReport} from '../../types/hardware.js';
import {type ModelDetails} from '../../types/search.js';

/**
A verdict for every variant of a repository, by the variant's reference; at 4,096 tokens, or at all it was trained for where that is less.
*/
export function judgeVariants({variants, architecture, contextLength = usualContextLength}: ModelDetails, hardware: HardwareReport): ReadonlyMap<string, FitVerdict> {
	return new Map(variants.map(({ref, sizeBytes}) => [ref, judgeFit({
		weightBytes: sizeBytes,
		...(architecture !== undefined && {architecture}),
		contextLength: Math.min(usualContextLength, contextLength),
	}, hardware)]));
}
