import {type ModelArchitecture} from '../../../types/model-architecture.js';

const f32Bytes = 4;

/**
The state that each layer keeps, in order of the layers; of one length however long the context is (llama.cpp's `src/llama-memory-recurrent.cpp`, always in 32 bits).
*/
export function recurrentStateBytes({blockCount, recurrent, headCountKv, attentionInterval}: ModelArchitecture): readonly number[] {
	return Array.from({length: blockCount}, (_, block) => {
		if (recurrent === undefined) {
			return 0;
		}

		const isAttention = attentionInterval === undefined
			? typeof headCountKv !== 'number' && (headCountKv[block] ?? 0) > 0
			: (block + 1) % attentionInterval === 0;
		return isAttention && !recurrent.inEveryLayer ? 0 : recurrent.stateLength * f32Bytes;
	});
}
