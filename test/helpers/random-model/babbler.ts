import {type RandomModelShape} from './shape.js';
import {writeRandomModel} from './write-random-model.js';

const babbler: RandomModelShape = {
	architecture: 'llama',
	type: 'F16',
	blockCount: 8,
	embeddingLength: 512,
	feedForwardLength: 1408,
	vocabularySize: 32_000,
	contextLength: 4096,
	headCount: 8,
	headCountKv: 8,
	tiedEmbeddings: true,
};

/**
Writes a model that answers with gibberish until it may say no more, and slowly enough (some 200 tokens/s on two cores) to be ended in the middle. 85 MB.
*/
export async function writeBabbler(path: string): Promise<void> {
	await writeRandomModel(path, babbler);
}
