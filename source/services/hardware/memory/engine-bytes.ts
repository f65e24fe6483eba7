import {type ModelArchitecture} from '../../../types/model-architecture.js';

// Node.js with node-llama-cpp and its libraries; measured, see bench/fit. It varies by ±20 MB with when JavaScript collects its garbage: this is rather more than less.
const hostBytes = 133_000_000;
// The vocabulary is kept as text, in several tables, and read once more by the binding.
const bytesPerToken = 800;
const usualVocabulary = 151_936;

/**
What the engine host takes besides what it loads: itself, and its tables of the model's vocabulary.
*/
export function engineBytes(architecture: ModelArchitecture | undefined): number {
	return hostBytes + ((architecture?.vocabularySize ?? usualVocabulary) * bytesPerToken);
}
