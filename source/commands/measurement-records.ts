import {type BenchmarkRun, type Spread} from '../types/benchmark.js';
import {type FitVerdict} from '../types/fit.js';
import {type GenerationResult} from '../types/generation.js';
import {type GpuReport, type HardwareReport} from '../types/hardware.js';
import {type JsonRecord} from './output.js';

// What was measured or computed, as `--json` prints it; see records.ts.

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
		estimate: run.estimate && {
			generationTokensPerSecond: {...run.estimate.generationTokensPerSecond},
			promptTokensPerSecond: {...run.estimate.promptTokensPerSecond},
			timeToFirstTokenMs: {...run.estimate.timeToFirstTokenMs},
			generationError: errorOf(run.estimate.generationTokensPerSecond.expected, run.generationTokensPerSecond.median),
			promptError: errorOf(run.estimate.promptTokensPerSecond.expected, run.promptTokensPerSecond.median),
		},
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

/**
0.14 where 14 % too many were estimated.
*/
function errorOf(expected: number, measured: number): number | undefined {
	return measured > 0 ? (expected / measured) - 1 : undefined;
}

function spreadRecord({median, minimum, maximum, standardDeviation}: Spread): JsonRecord {
	return {
		median, minimum, maximum, standardDeviation,
	};
}

export function verdictRecord({need, ...verdict}: FitVerdict): JsonRecord {
	const {level, availableBytes, marginBytes, shortBytes, reason} = verdict;
	return {
		level,
		needBytes: need.totalBytes,
		gpuBytes: need.gpuBytes,
		memoryBytes: need.memoryBytes,
		reclaimableBytes: need.reclaimableBytes,
		needLines: need.lines.map(({label, bytes, part, place}) => ({
			label, bytes, part, place,
		})),
		uncorrectedBytes: need.correction?.uncorrectedBytes,
		correctionFactor: need.correction?.factor,
		correctionLoads: need.correction?.loads,
		approximate: need.approximate,
		availableBytes,
		marginBytes,
		shortBytes,
		contextLength: verdict.contextLength,
		wantedContextLength: verdict.wantedContextLength,
		gpuLayers: verdict.gpuLayers,
		layerCount: verdict.layerCount,
		expertLayersInMemory: verdict.expertLayersInMemory,
		streamable: verdict.streamable?.cost,
		reason,
		advice: verdict.advice,
	};
}

export function hardwareRecord({cpu, memory, memoryBandwidth, gpus, disks, operatingSystem, virtualization, thermal, warnings, simulated}: HardwareReport): JsonRecord {
	return {
		cpu: {
			model: cpu.model,
			physicalCores: cpu.physicalCores,
			logicalCores: cpu.logicalCores,
			usableCores: cpu.usableCores ?? cpu.logicalCores,
			speedGhz: cpu.speedGhz,
			instructionSets: cpu.instructionSets,
		},
		memory: {
			totalBytes: memory.totalBytes,
			availableBytes: memory.availableBytes,
			swapTotalBytes: memory.swapTotalBytes,
			swapFreeBytes: memory.swapFreeBytes,
			limitBytes: memory.limitBytes,
			kind: memory.kind,
			channels: memory.channels,
			bandwidthBytesPerSecond: memoryBandwidth?.bytesPerSecond,
			bandwidthThreads: memoryBandwidth?.threads,
			bandwidthMeasuredAt: memoryBandwidth?.measuredAt,
			bandwidthWhileBusy: memoryBandwidth?.whileBusy ?? false,
		},
		gpus: gpus.map(gpu => gpuRecord(gpu)),
		disks: disks.map(({mount, kind, medium, totalBytes, freeBytes}) => ({
			mount, kind, medium, totalBytes, freeBytes,
		})),
		operatingSystem: {
			platform: operatingSystem.platform,
			name: operatingSystem.name,
			release: operatingSystem.release,
			architecture: operatingSystem.architecture,
			hostname: operatingSystem.hostname,
		},
		virtualization: virtualization?.map(({kind, name}) => ({kind, name})),
		thermal: thermal && {cpuCelsius: thermal.cpuCelsius, throttled: thermal.throttled},
		warnings,
		simulated: simulated && {description: simulated.description, assumptions: simulated.assumptions},
	};
}

function gpuRecord(gpu: GpuReport): JsonRecord {
	return {
		name: gpu.name,
		vendor: gpu.vendor,
		vramTotalBytes: gpu.vramTotalBytes,
		vramFreeBytes: gpu.vramFreeBytes,
		unifiedMemory: gpu.unifiedMemory,
		sharedMemoryBytes: gpu.sharedMemoryBytes,
		bandwidthBytesPerSecond: gpu.bandwidthBytesPerSecond,
		driver: gpu.driver,
		computeCapability: gpu.computeCapability,
		cores: gpu.cores,
		utilizationPercent: gpu.utilizationPercent,
		temperatureCelsius: gpu.temperatureCelsius,
	};
}
