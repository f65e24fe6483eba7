import {type ModelArchitecture} from '../../../types/model-architecture.js';
import {type GgufMetadata} from './gguf-header.js';
import {numberAt} from './metadata-values.js';

/**
What the layers that keep a state keep, by llama.cpp's `n_embd_r` and `n_embd_s` (src/llama-hparams.cpp); undefined where no layer does.
*/
export function recurrentLayersOf(metadata: GgufMetadata, name: string, {embeddingLength, headCount}: Pick<ModelArchitecture, 'embeddingLength' | 'headCount'>): ModelArchitecture['recurrent'] {
	const at = (key: string): number | undefined => numberAt(metadata, `${name}.${key}`);
	const headSize = at('wkv.head_size');
	if (headSize !== undefined) {
		const shifts = at('token_shift_count') ?? 2;
		return {stateLength: (shifts + headSize) * embeddingLength, innerLength: embeddingLength, inEveryLayer: true};
	}

	const shortConvolution = at('shortconv.l_cache');
	if (shortConvolution !== undefined) {
		return {stateLength: embeddingLength * (shortConvolution - 1), innerLength: 0, inEveryLayer: false};
	}

	const kernel = at('ssm.conv_kernel');
	const deltaHeadLength = at('kda.head_dim');
	if (deltaHeadLength !== undefined) {
		const innerLength = headCount * deltaHeadLength;
		return {stateLength: innerLength * ((3 * ((kernel ?? 4) - 1)) + deltaHeadLength), innerLength, inEveryLayer: false};
	}

	const innerLength = at('ssm.inner_size');
	const stateSize = at('ssm.state_size');
	if (innerLength === undefined || stateSize === undefined) {
		return undefined;
	}

	const convolution = ((kernel ?? 1) - 1) * (innerLength + (2 * (at('ssm.group_count') ?? 0) * stateSize));
	return {
		stateLength: convolution + (stateSize * innerLength),
		innerLength,
		inEveryLayer: headCount === 0 || name === 'falcon-h1',
	};
}
