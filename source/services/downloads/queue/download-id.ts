import {createHash} from 'node:crypto';

/**
The id of the download of a model: the model's own where that can name a folder, else made from it. The same model always has the same.
*/
export function downloadIdOf(modelId: string): string {
	if (/^[\da-z](?:[\d\-._a-z]{0,98}[\da-z])?$/v.test(modelId) && !modelId.includes('..')) {
		return modelId;
	}

	const readable = modelId.toLowerCase().replaceAll(/[^\da-z]+/gv, '-').slice(0, 80).replaceAll(/^-|-$/gv, '');
	return `${readable === '' ? 'model' : readable}-${createHash('sha256').update(modelId.toWellFormed()).digest('hex').slice(0, 8)}`;
}
