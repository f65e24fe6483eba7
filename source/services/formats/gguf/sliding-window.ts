import {type GgufMetadata} from './gguf-header.js';
import {arrayAt, numberAt} from './metadata-values.js';

// Of so many layers one sees the whole context; what no file says, llama.cpp sets by architecture (load_swa_pattern in src/models/*.cpp).
const periods: Readonly<Record<string, number>> = {
	afmoe: 4,
	cohere2: 4,
	exaone4: 4,
	'exaone-moe': 4,
	gemma2: 2,
	gemma3: 6,
	gemma3n: 5,
	'gemma-embedding': 6,
	'gpt-oss': 2,
	mellum: 4,
	olmo2: 4,
	plamo3: 8,
};

/**
How many layers keep only a window of the context; undefined where that is not known, and then none should be counted on.
*/
export function slidingBlockCountOf(metadata: GgufMetadata, name: string, blockCount: number): number | undefined {
	const pattern = `${name}.attention.sliding_window_pattern`;
	const flags = arrayAt(metadata, pattern)?.values;
	if (flags !== undefined) {
		return flags.filter(flag => flag === true || flag === 1).length;
	}

	const period = numberAt(metadata, pattern) ?? (Object.hasOwn(periods, name) ? periods[name] : undefined);
	return period === undefined || period < 1 ? undefined : blockCount - Math.floor(blockCount / period);
}
