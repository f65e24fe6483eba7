import {type FitSubject} from '../../../types/fit.js';
import {type ModelWeights} from '../../../types/model-weights.js';

// Where not even that is known; today's models have 16 to 80.
const usualBlockCount = 32;

/**
Stands in for the tensor table: the weights spread evenly over the layers and the output, with no more said of them.
*/
export function evenWeights({weightBytes, architecture}: FitSubject): ModelWeights {
	const blockCount = architecture?.blockCount ?? usualBlockCount;
	const layerBytes = Math.floor(weightBytes / (blockCount + 1));
	return {
		tokenEmbeddingBytes: 0,
		layers: Array.from({length: blockCount}, () => ({bytes: layerBytes, expertBytes: 0})),
		outputBytes: weightBytes - (layerBytes * blockCount),
		tiedOutput: false,
		matrixBytes: {},
	};
}
