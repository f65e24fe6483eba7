import {type MemoryMeasurement} from '../types/fit.js';
import {type LoadPlan, type PlanFinding, type StoredPlan} from '../types/load-plan.js';
import {type OptimizedPlan, type PlanJudgement} from '../types/plan-judgement.js';
import {type SpeedEstimate, type SpeedRange} from '../types/speed.js';
import {verdictRecord} from './measurement-records.js';
import {type JsonRecord} from './output.js';

// Load plans, as `--json` prints them; see records.ts.

export function planRecord(plan: LoadPlan): JsonRecord {
	return {
		contextSize: plan.contextSize,
		gpuLayers: plan.gpuLayers,
		batchSize: plan.batchSize,
		threads: plan.threads,
		kvCacheType: plan.kvCacheType,
		flashAttention: plan.flashAttention,
		memoryMap: plan.memoryMap,
		memoryLock: plan.memoryLock,
		expertLayersInMemory: plan.expertLayersInMemory,
	};
}

export function optimizedRecord(optimized: OptimizedPlan): JsonRecord {
	return {
		goal: optimized.goal,
		kind: optimized.kind,
		plan: planRecord(optimized.plan),
		reasons: optimized.reasons,
		...judgementRecord(optimized),
		recommendations: optimized.recommendations,
		expertsInMemory: optimized.expertsInMemory && planRecord(optimized.expertsInMemory),
	};
}

export function judgementRecord({verdict, findings, warnings}: PlanJudgement): JsonRecord {
	return {
		fit: verdictRecord(verdict),
		speed: verdict.speed && speedRecord(verdict.speed),
		findings: findings.map(finding => findingRecord(finding)),
		warnings,
	};
}

export function storedRecord({plan, goal, savedAt}: StoredPlan): JsonRecord {
	return {goal, savedAt, plan: planRecord(plan)};
}

export function measurementRecord(measurement: MemoryMeasurement): JsonRecord {
	return {
		measuredAt: measurement.measuredAt,
		contextSize: measurement.plan.contextSize,
		kvCacheType: measurement.plan.kvCacheType,
		gpuLayers: measurement.plan.gpuLayers,
		estimatedBytes: measurement.estimatedBytes,
		measuredBytes: measurement.measuredBytes,
		estimatedVramBytes: measurement.estimatedVramBytes,
		measuredVramBytes: measurement.measuredVramBytes,
	};
}

function findingRecord({field, severity, message, suggestion}: PlanFinding): JsonRecord {
	return {
		field: field.replaceAll(/[A-Z]/gv, letter => `_${letter.toLowerCase()}`), severity, message, suggestion,
	};
}

function speedRecord({generationTokensPerSecond, promptTokensPerSecond, timeToFirstTokenMs, explanation, measured}: SpeedEstimate): JsonRecord {
	return {
		generationTokensPerSecond: rangeRecord(generationTokensPerSecond),
		promptTokensPerSecond: rangeRecord(promptTokensPerSecond),
		timeToFirstTokenMs: rangeRecord(timeToFirstTokenMs),
		explanation,
		measured: measured && {
			generationTokensPerSecond: measured.generationTokensPerSecond,
			promptTokensPerSecond: measured.promptTokensPerSecond,
			estimate: {...measured.estimate},
			measuredAt: measured.measuredAt,
			depthTokens: measured.depthTokens,
			threads: measured.threads,
			runs: measured.runs,
		},
	};
}

function rangeRecord({expected, low, high}: SpeedRange): JsonRecord {
	return {expected, low, high};
}
