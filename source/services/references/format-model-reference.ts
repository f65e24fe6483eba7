import {type ModelReference} from '../../types/model-reference.js';
import {parseModelReference} from './parse-model-reference.js';

/**
Writes a reference so that `parseModelReference` reads the same one.
*/
export function formatModelReference(reference: ModelReference): string {
	switch (reference.kind) {
		case 'id': {
			return reference.id;
		}

		case 'starter': {
			return 'starter';
		}

		case 'file': {
			return formatPath(reference.path);
		}

		case 'hugging-face': {
			const {repository, revision, quantization, filePath} = reference;
			const pinned = revision === undefined ? '' : `@${encodeURIComponent(revision)}`;
			return `hf:${repository}${pinned}${filePath === undefined ? prefixed(':', quantization) : `/${filePath}`}`;
		}

		case 'ollama': {
			return `ollama:${reference.name}${prefixed(':', reference.tag)}`;
		}

		case 'modelscope': {
			return `ms:${reference.repository}${prefixed(':', reference.quantization)}`;
		}

		case 'provider': {
			return `${reference.provider}:${reference.model}`;
		}
	}
}

function prefixed(prefix: string, text: string | undefined): string {
	return text === undefined ? '' : prefix + text;
}

// A relative path such as `starter` or `hf:a.gguf` would be read as something else.
function formatPath(path: string): string {
	return isReadAsFile(path) ? path : `./${path}`;
}

function isReadAsFile(path: string): boolean {
	try {
		return parseModelReference(path).kind === 'file';
	} catch {
		return false;
	}
}
