import {type FitSubject} from '../../../types/fit.js';
import {type ModelArchitecture} from '../../../types/model-architecture.js';
import {type ModelWeights} from '../../../types/model-weights.js';

// Where not even that is known; today's models have 16 to 80.
const usualBlockCount = 32;
// Up, down and gate.
const matricesPerExpert = 3;

/**
Stands in for the tensor table: the weights spread evenly over the layers and the output. Of a mixture of experts the share of the experts follows from the figures of its architecture, as if all weights had the same number of bits.
*/
export function evenWeights({weightBytes, architecture, parameters}: FitSubject): ModelWeights {
	const blockCount = architecture?.blockCount ?? usualBlockCount;
	const expertLayers = blockCount - (architecture?.leadingDenseBlockCount ?? 0);
	const expertBytes = Math.floor(weightBytes * expertShareOf(architecture, parameters) / expertLayers);
	const otherBytes = weightBytes - (expertBytes * expertLayers);
	const layerBytes = Math.floor(otherBytes / (blockCount + 1));
	return {
		tokenEmbeddingBytes: 0,
		layers: Array.from({length: blockCount}, (_, block) => ({bytes: layerBytes, expertBytes: block < blockCount - expertLayers ? 0 : expertBytes})),
		outputBytes: otherBytes - (layerBytes * blockCount),
		tiedOutput: false,
		matrixBytes: {},
	};
}

/**
Of all weights; 0 of a dense model, and where a figure is not known or they contradict each other.
*/
function expertShareOf(architecture: ModelArchitecture | undefined, parameters = 0): number {
	if (architecture === undefined) {
		return 0;
	}

	const {blockCount, embeddingLength, expertCount = 0, expertFeedForwardLength = 0, leadingDenseBlockCount = 0} = architecture;
	const inExperts = expertCount * matricesPerExpert * embeddingLength * expertFeedForwardLength * (blockCount - leadingDenseBlockCount);
	return inExperts > 0 && inExperts < parameters ? inExperts / parameters : 0;
}
