import {type ModelArchitecture} from '../../../types/model-architecture.js';

// Node.js with node-llama-cpp and its libraries; measured, see bench/fit.
const hostBytes = 105_000_000;
// Llama.cpp keeps every token of the vocabulary as text, in several tables.
const bytesPerToken = 660;
const usualVocabulary = 151_936;

/**
What the engine host takes besides what it loads: itself, and its tables of the model's vocabulary.
*/
export function engineBytes(architecture: ModelArchitecture | undefined): number {
	return hostBytes + ((architecture?.vocabularySize ?? usualVocabulary) * bytesPerToken);
}
