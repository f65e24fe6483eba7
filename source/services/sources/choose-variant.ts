import {NotFoundError} from '../../errors/not-found-error.js';
import {UsageError} from '../../errors/usage-error.js';
import {type HuggingFaceReference} from '../../types/model-reference.js';
import {type Variant} from '../../types/search.js';
import {formatBytes} from '../../format/bytes.js';

// As llama.cpp chooses when nothing is said.
const preferred = ['Q4_K_M', 'Q8_0'];
const maximumShown = 20;

/**
The variant that a reference means: by file path (of any of its shards), by quantization (also without Unsloth's `UD-`), or by default Q4_K_M, then Q8_0, then the only one there is.
@throws NotFoundError `no_variants`, `file_not_found`, `quantization_not_found`, UsageError `ambiguous_reference`; the last three list the candidates.
*/
export function chooseVariant(variants: readonly Variant[], {repository, quantization, filePath}: HuggingFaceReference): Variant {
	if (variants.length === 0) {
		throw new NotFoundError(`${repository} has no GGUF model files.`, {
			code: 'no_variants',
			hint: `Others may have converted it: remuda search ${repository.slice(repository.indexOf('/') + 1)}`,
		});
	}

	if (filePath !== undefined) {
		return findByPath(variants, repository, filePath);
	}

	if (quantization !== undefined) {
		return one(byQuantization(variants, quantization), repository)
			?? notFound(`${repository} has no ${quantization}.`, 'quantization_not_found', variants);
	}

	const found = preferred.map(label => byQuantization(variants, label)).find(matches => matches.length > 0);
	return one(found ?? variants, repository) ?? notFound(`${repository} has no model.`, 'no_variants', variants);
}

function findByPath(variants: readonly Variant[], repository: string, filePath: string): Variant {
	return variants.find(({files}) => files.some(file => file.path === filePath && file.role !== 'mmproj'))
		?? notFound(`${repository} has no model file ${filePath}.`, 'file_not_found', variants);
}

function byQuantization(variants: readonly Variant[], wanted: string): readonly Variant[] {
	const label = wanted.toUpperCase();
	const exact = variants.filter(variant => variant.quantization === label);
	return exact.length > 0 ? exact : variants.filter(variant => variant.quantization === `UD-${label}`);
}

function one(variants: readonly Variant[], repository: string): Variant | undefined {
	if (variants.length > 1) {
		throw new UsageError(`${repository} has several models: say which.`, {code: 'ambiguous_reference', hint: candidates(variants)});
	}

	return variants[0];
}

function notFound(message: string, code: string, variants: readonly Variant[]): never {
	throw new NotFoundError(message, {code, hint: candidates(variants)});
}

function candidates(variants: readonly Variant[]): string {
	const shown = variants.slice(0, maximumShown).map(({ref, sizeBytes}) => `${ref} (${formatBytes(sizeBytes)})`).join(', ');
	return `It has ${shown}${variants.length > maximumShown ? `, and ${variants.length - maximumShown} more` : ''}.`;
}
