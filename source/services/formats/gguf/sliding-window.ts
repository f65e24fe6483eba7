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
Which layers keep only a window of the context; undefined where that is not known.
*/
export function slidingPatternOf(metadata: GgufMetadata, name: string): number | readonly boolean[] | undefined {
	const key = `${name}.attention.sliding_window_pattern`;
	const flags = arrayAt(metadata, key)?.values;
	return flags?.map(flag => flag === true || flag === 1) ?? numberAt(metadata, key) ?? (Object.hasOwn(periods, name) ? periods[name] : undefined);
}
