import {type BenchmarkRun, type Spread} from '../types/benchmark.js';
import {type CacheUsage, type VerifyResult} from '../types/cache.js';
import {type Download} from '../types/download.js';
import {type FitVerdict} from '../types/fit.js';
import {type GenerationResult} from '../types/generation.js';
import {type HardwareReport} from '../types/hardware.js';
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
		receivedBytes: download.receivedBytes,
		totalBytes: download.totalBytes,
		fetchedBytes: download.fetchedBytes,
		resumedBytes: download.resumedBytes,
		bytesPerSecond: download.bytesPerSecond,
		etaSeconds: download.etaSeconds,
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

export function generationRecord({text, stopReason, statistics}: GenerationResult): JsonRecord {
	return {
		text,
		stopReason,
		promptTokens: statistics.promptTokens,
		generatedTokens: statistics.generatedTokens,
		promptTokensPerSecond: statistics.promptTokensPerSecond,
		generationTokensPerSecond: statistics.generationTokensPerSecond,
		timeToFirstTokenMs: statistics.timeToFirstTokenMs,
		interTokenLatencyMs: statistics.interTokenLatencyMs,
		contextUsed: statistics.contextUsed,
		contextSize: statistics.contextSize,
	};
}

export function benchmarkRecord(run: BenchmarkRun): JsonRecord {
	return {
		id: run.id,
		ref: run.ref,
		name: run.name,
		quantization: run.quantization,
		startedAt: run.startedAt,
		promptTokens: run.iterations[0]?.promptTokens,
		generatedTokens: run.iterations[0]?.generatedTokens,
		promptTokensPerSecond: run.promptTokensPerSecond.median,
		generationTokensPerSecond: run.generationTokensPerSecond.median,
		timeToFirstTokenMs: run.timeToFirstTokenMs.median,
		interTokenLatencyMs: run.interTokenLatencyMs.median,
		peakMemoryBytes: run.peakMemoryBytes,
		threads: run.threads,
		contextSize: run.contextSize,
		device: run.device,
		spread: {
			promptTokensPerSecond: spreadRecord(run.promptTokensPerSecond),
			generationTokensPerSecond: spreadRecord(run.generationTokensPerSecond),
			timeToFirstTokenMs: spreadRecord(run.timeToFirstTokenMs),
			interTokenLatencyMs: spreadRecord(run.interTokenLatencyMs),
		},
		iterations: run.iterations.map(iteration => ({
			promptTokens: iteration.promptTokens,
			generatedTokens: iteration.generatedTokens,
			promptTokensPerSecond: iteration.promptTokensPerSecond,
			generationTokensPerSecond: iteration.generationTokensPerSecond,
			timeToFirstTokenMs: iteration.timeToFirstTokenMs,
			interTokenLatencyMs: iteration.interTokenLatencyMs,
		})),
	};
}

function spreadRecord({median, minimum, maximum, standardDeviation}: Spread): JsonRecord {
	return {
		median, minimum, maximum, standardDeviation,
	};
}

export function verdictRecord({level, need, availableBytes, marginBytes, shortBytes, reason}: FitVerdict): JsonRecord {
	return {
		level,
		needBytes: need.totalBytes,
		needLines: need.lines.map(({label, bytes}) => ({label, bytes})),
		approximate: need.approximate,
		availableBytes,
		marginBytes,
		shortBytes,
		reason,
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

export function hardwareRecord({cpu, memory, gpus, disks, operatingSystem, warnings}: HardwareReport): JsonRecord {
	return {
		cpu: {
			model: cpu.model,
			physicalCores: cpu.physicalCores,
			logicalCores: cpu.logicalCores,
			speedGhz: cpu.speedGhz,
			instructionSets: cpu.instructionSets,
		},
		memory: {
			totalBytes: memory.totalBytes,
			availableBytes: memory.availableBytes,
			swapTotalBytes: memory.swapTotalBytes,
			swapFreeBytes: memory.swapFreeBytes,
		},
		gpus: gpus.map(gpu => ({
			name: gpu.name,
			vendor: gpu.vendor,
			vramTotalBytes: gpu.vramTotalBytes,
			vramFreeBytes: gpu.vramFreeBytes,
			driver: gpu.driver,
			unifiedMemory: gpu.unifiedMemory,
		})),
		disks: disks.map(({mount, kind, totalBytes, freeBytes}) => ({
			mount, kind, totalBytes, freeBytes,
		})),
		operatingSystem: {
			platform: operatingSystem.platform,
			name: operatingSystem.name,
			release: operatingSystem.release,
			architecture: operatingSystem.architecture,
			hostname: operatingSystem.hostname,
		},
		warnings,
	};
}
