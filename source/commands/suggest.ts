import {nearest} from '../format/nearest.js';

/**
The candidate that was meant, if any: the one that begins with what was typed, or the one most like it.
*/
export function suggest(typed: string, candidates: readonly string[]): string | undefined {
	return candidates.find(candidate => typed.length > 1 && candidate.startsWith(typed.toLowerCase())) ?? nearest(typed, candidates);
}
