import {UsageError} from '../../errors/usage-error.js';
import {type ModelReference} from '../../types/model-reference.js';

type Elsewhere = Exclude<ModelReference, {readonly kind: 'id' | 'hugging-face'}>;

/**
Why a reference names nothing that can be fetched, and what to use instead.
*/
export function notDownloadable(reference: Elsewhere): UsageError {
	const [message, hint] = reason(reference);
	return new UsageError(message, {code: 'not_downloadable', hint});
}

function reason(reference: Elsewhere): readonly [message: string, hint: string] {
	switch (reference.kind) {
		case 'starter': {
			return ['The starter model ships with Remuda: there is nothing to download.', 'Talk to it: remuda run starter "What is the capital of France?"'];
		}

		case 'file': {
			return [`${reference.path} is a file on this machine already.`, `Use it where it is: remuda run ${reference.path} "Hello"`];
		}

		case 'ollama': {
			return [`This version does not download from the Ollama registry (${reference.name}).`, `Look for the same model on Hugging Face: remuda search ${reference.name}`];
		}

		case 'modelscope': {
			return [
				`This version does not download from ModelScope (${reference.repository}).`,
				`Look for the same model on Hugging Face: remuda search ${reference.repository.slice(reference.repository.indexOf('/') + 1)}`,
			];
		}

		case 'provider': {
			return [`${reference.model} runs at ${reference.provider}: there is nothing to download.`, 'Models to download are on Hugging Face: remuda search NAME'];
		}
	}
}
