import {type ModelArchitecture} from '../../types/model-architecture.js';
import {type RegistryModel} from '../../types/registry-model.js';
import {type RegistryDocumentModel} from './registry-schema.js';

/**
An entry as the rest of the program knows it: what is null in the file is missing here.
Written out, because a generic change of case took as long as all else at the start of the program.
*/
export function toRegistryModel(model: RegistryDocumentModel): RegistryModel {
	return {
		id: model.id,
		name: model.name,
		family: model.family,
		parameters: model.parameters,
		...(model.active_parameters !== null && {activeParameters: model.active_parameters}),
		quantization: model.quantization,
		contextWindow: model.context_window,
		fileSize: model.file_size,
		fileSizeExact: model.file_size_exact,
		ramRequired: model.ram_required,
		huggingFaceRepo: model.hugging_face_repo,
		fileName: model.file_name,
		...(model.sha256 !== null && {sha256: model.sha256}),
		...(model.revision !== null && {revision: model.revision}),
		files: model.files.map(file => ({
			fileName: file.file_name,
			role: file.role,
			...(file.size_bytes !== null && {sizeBytes: file.size_bytes}),
			...(file.sha256 !== null && {sha256: file.sha256}),
		})),
		recommended: model.recommended,
		description: model.description,
		tags: model.tags,
		license: model.license,
		version: model.version,
		deprecated: model.deprecated,
		...(model.architecture !== null && {architecture: toArchitecture(model.architecture)}),
	};
}

/**
The layer facts of an entry.
*/
export function toArchitecture(architecture: NonNullable<RegistryDocumentModel['architecture']>): ModelArchitecture {
	const {
		feed_forward_length: feedForwardLength,
		vocabulary_size: vocabularySize,
		expert_count: expertCount,
		expert_used_count: expertUsedCount,
		expert_feed_forward_length: expertFeedForwardLength,
		leading_dense_block_count: leadingDenseBlockCount,
		attention_block_count: attentionBlockCount,
		sliding_window: slidingWindow,
		sliding_pattern: slidingPattern,
		sliding_key_length: slidingKeyLength,
		sliding_value_length: slidingValueLength,
	} = architecture;
	return {
		name: architecture.name,
		blockCount: architecture.block_count,
		embeddingLength: architecture.embedding_length,
		headCount: architecture.head_count,
		headCountKv: architecture.head_count_kv,
		keyLength: architecture.key_length,
		valueLength: architecture.value_length,
		...(feedForwardLength !== undefined && {feedForwardLength}),
		...(vocabularySize !== undefined && {vocabularySize}),
		...(expertCount !== undefined && {expertCount}),
		...(expertUsedCount !== undefined && {expertUsedCount}),
		...(expertFeedForwardLength !== undefined && {expertFeedForwardLength}),
		...(leadingDenseBlockCount !== undefined && {leadingDenseBlockCount}),
		...(attentionBlockCount !== undefined && {attentionBlockCount}),
		...(slidingWindow !== undefined && {slidingWindow}),
		...(slidingPattern !== undefined && {slidingPattern}),
		...(slidingKeyLength !== undefined && {slidingKeyLength}),
		...(slidingValueLength !== undefined && {slidingValueLength}),
	};
}
