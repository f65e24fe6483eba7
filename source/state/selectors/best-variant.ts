import {type FitLevel} from '../../types/fit.js';
import {type Variant} from '../../types/search.js';

const ranks: Readonly<Record<FitLevel, number>> = {
	gpu: 0, split: 1, memory: 2, tight: 3, 'less-context': 4, none: 5,
};
const unknownRank = ranks.none;

/**
The largest variant of those that run best here; where none fits, the smallest. Full-precision weights are passed over for Q8_0, which is half the size and no worse to read.
*/
export function bestVariant<V extends Variant>(variants: readonly V[], levelOf: (variant: V) => FitLevel | undefined): V | undefined {
	const rankOf = (variant: V) => {
		const level = levelOf(variant);
		return level === undefined ? unknownRank : ranks[level];
	};

	const best = Math.min(...variants.map(variant => rankOf(variant)));
	const candidates = variants.filter(variant => rankOf(variant) === best).toSorted((one, other) => one.sizeBytes - other.sizeBytes);
	return best === unknownRank ? candidates[0] : candidates.findLast(({quantization}) => !isFullPrecision(quantization)) ?? candidates.at(-1);
}

function isFullPrecision(quantization: string): boolean {
	return /^(?:bf16|f16|f32)$/iv.test(quantization);
}
