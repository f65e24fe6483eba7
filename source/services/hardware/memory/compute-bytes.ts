import {type FitPlan} from '../../../types/fit.js';
import {type ModelArchitecture} from '../../../types/model-architecture.js';
import {hasFlashAttention} from './attention.js';
import {cellsOf, microBatchOf} from './context-cells.js';

const f16Bytes = 2;
const f32Bytes = 4;

// Where the header does not say: the vocabulary of the Qwen family, larger than most.
const usualVocabulary = 151_936;

/**
What llama.cpp reserves on a device to compute one micro-batch: the larger of the logits of all its tokens and of one layer's activations. Measured with llama.cpp, to the MiB, for dense models.
*/
export function reservedComputeBytes(architecture: ModelArchitecture, contextLength: number, plan: FitPlan): number {
	const {embeddingLength, vocabularySize = usualVocabulary} = architecture;
	const logits = vocabularySize + (2 * embeddingLength);
	return Math.max(microBatchOf(contextLength, plan) * logits * f32Bytes, touchedComputeBytes(architecture, contextLength, plan));
}

/**
What of that is ever touched, and so takes up main memory: Remuda asks for the logits of one token of a batch, so that most of the room for logits stays empty pages. Measured on the CPU as the growth of the process by a prompt.
*/
export function touchedComputeBytes(architecture: ModelArchitecture, contextLength: number, plan: FitPlan): number {
	const {embeddingLength, feedForwardLength = 4 * embeddingLength, expertUsedCount = 0, expertFeedForwardLength, recurrent} = architecture;
	const residual = 4 * embeddingLength;
	const activations = Math.max(
		residual + (3 * feedForwardLength),
		expertFeedForwardLength === undefined ? (3 * feedForwardLength) + ((1 + expertUsedCount) * residual) : residual + (3 * expertUsedCount * expertFeedForwardLength),
		recurrent === undefined ? 0 : residual + (recurrentTemporaries * recurrent.innerLength),
	);
	return microBatchOf(contextLength, plan) * ((activations * f32Bytes) + attentionBytes(architecture, contextLength, plan));
}

/**
What stays in main memory where a GPU computes: the embeddings and the mask of a micro-batch.
*/
export function hostComputeBytes({embeddingLength}: ModelArchitecture, contextLength: number, plan: FitPlan): number {
	return microBatchOf(contextLength, plan) * ((embeddingLength * f32Bytes) + (cellsOf(contextLength) * f16Bytes));
}

// Of a recurrent layer; measured with Mamba and gated delta nets.
const recurrentTemporaries = 12;

// Of scores in 32 bits: a copy in 16 bits is multiplied with the values, and smaller ones from when the context held less stay in the heap.
const bytesPerScore = f32Bytes * 1.75;

/**
For each token of the micro-batch: a mask over the context; and without flash attention a score for each head and cell.
*/
function attentionBytes(architecture: ModelArchitecture, contextLength: number, plan: FitPlan): number {
	const {headCount} = architecture;
	const cells = headCount === 0 ? 0 : cellsOf(contextLength);
	return cells * (hasFlashAttention(architecture, plan) ? f16Bytes : f32Bytes + (headCount * bytesPerScore));
}
