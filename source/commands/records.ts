import {formatHours} from '../format/hours.js';
import {type CacheUsage, type VerifyResult} from '../types/cache.js';
import {type Download} from '../types/download.js';
import {type InstalledModel} from '../types/installed-model.js';
import {type RegistryModel} from '../types/registry-model.js';
import {type ModelDetails, type SearchResult, type Variant} from '../types/search.js';
import {type JsonRecord} from './output.js';

// The shapes that `--json` prints. They are written out field by field, so that a change inside never changes them by accident.

export function installedRecord(model: InstalledModel): JsonRecord {
	return {
		id: model.id,
		ref: model.ref,
		name: model.name,
		family: model.family,
		quantization: model.quantization,
		source: model.source,
		path: model.path,
		files: model.files.map(({path, sizeBytes, checksum, role}) => ({
			path, sizeBytes, checksum, role,
		})),
		sizeBytes: model.sizeBytes,
		checksum: known(model.checksum),
		license: model.license,
		downloadedAt: model.downloadedAt,
		lastUsed: model.lastUsed,
		useCount: model.useCount,
		contextLength: model.contextLength,
		parameters: model.parameters,
	};
}

// A file that is used in place has a checksum that nobody has told.
function known(checksum: string): string | undefined {
	return checksum === '' ? undefined : checksum;
}

export function registryRecord(model: RegistryModel, isInstalled: boolean): JsonRecord {
	return {
		id: model.id,
		ref: model.id,
		name: model.name,
		family: model.family,
		parameters: model.parameters,
		activeParameters: model.activeParameters,
		quantization: model.quantization,
		contextLength: model.contextWindow,
		sizeBytes: model.fileSize,
		sizeExact: model.fileSizeExact,
		ramRequiredBytes: model.ramRequired,
		huggingFaceRepo: model.huggingFaceRepo,
		fileName: model.fileName,
		checksum: model.sha256 === undefined ? undefined : `sha256:${model.sha256}`,
		license: model.license,
		recommended: model.recommended,
		deprecated: model.deprecated,
		description: model.description,
		tags: model.tags,
		version: model.version,
		installed: isInstalled,
	};
}

export function searchRecord(result: SearchResult): JsonRecord {
	return {
		ref: result.ref,
		repository: result.repository,
		downloads: result.downloads,
		likes: result.likes,
		updatedAt: result.updatedAt,
		gated: result.gated,
		license: result.license,
		tags: result.tags,
	};
}

export function variantRecord(variant: Variant): JsonRecord {
	return {
		ref: variant.ref,
		quantization: variant.quantization,
		sizeBytes: variant.sizeBytes,
		files: variant.files.map(({path, sizeBytes, sha256, role}) => ({
			path, sizeBytes, checksum: sha256 === undefined ? undefined : `sha256:${sha256}`, role,
		})),
	};
}

export function downloadRecord(download: Download): JsonRecord {
	return {
		id: download.request.modelId,
		ref: download.request.ref,
		status: download.status,
		priority: download.priority,
		receivedBytes: download.receivedBytes,
		totalBytes: download.totalBytes,
		fetchedBytes: download.fetchedBytes,
		resumedBytes: download.resumedBytes,
		bytesPerSecond: download.bytesPerSecond,
		etaSeconds: download.etaSeconds,
		rateLimit: download.rateLimit,
		startAt: download.startAt,
		hours: download.hours && formatHours(download.hours),
		keepTrying: download.keepTrying,
		connections: download.connections,
		hosts: download.hosts,
		activity: download.activity,
		retryAt: download.retryAt,
		retries: download.retries,
		activeSeconds: download.activeSeconds,
		averageBytesPerSecond: download.averageBytesPerSecond,
		files: download.files.map(({path, sizeBytes, receivedBytes}) => ({path, sizeBytes, receivedBytes})),
	};
}

/**
One of the queue, with what is not worth repeating on every line of progress.
*/
export function queuedRecord(download: Download): JsonRecord {
	const {request, error, createdAt, finishedAt, events} = download;
	return {
		...downloadRecord(download),
		name: request.name,
		quantization: request.quantization,
		repository: request.repository,
		license: request.license,
		error: error && {code: error.code, message: error.message, hint: error.hint},
		createdAt,
		finishedAt,
		events: events.map(({at, text}) => ({at, text})),
	};
}

export function usageRecord(usage: CacheUsage, limitBytes: number): JsonRecord {
	return {
		path: usage.path,
		modelCount: usage.modelCount,
		modelBytes: usage.modelBytes,
		partialCount: usage.partialCount,
		partialBytes: usage.partialBytes,
		limitBytes,
		diskTotalBytes: usage.diskTotalBytes,
		diskFreeBytes: usage.diskFreeBytes,
	};
}

export function verifyRecord({id, status, path, expected, actual}: VerifyResult): JsonRecord {
	return {
		id, status, path, expected, actual,
	};
}

export function detailsRecord(details: ModelDetails): JsonRecord {
	return {
		ref: details.ref,
		repository: details.repository,
		revision: details.revision,
		downloads: details.downloads,
		likes: details.likes,
		gated: details.gated,
		license: details.license,
		tags: details.tags,
		updatedAt: details.updatedAt,
		architecture: details.architectureName,
		parameters: details.parameters,
		contextLength: details.contextLength,
	};
}

