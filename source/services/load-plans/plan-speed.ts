import {type BenchmarkSubject} from '../../types/benchmark.js';
import {type FitVerdict} from '../../types/fit.js';
import {type HardwareReport} from '../../types/hardware.js';
import {type LoadPlan} from '../../types/load-plan.js';
import {type ModelArchitecture} from '../../types/model-architecture.js';
import {type SpeedEstimate} from '../../types/speed.js';
import {type SpeedAttention, type SpeedModel} from '../../types/speed-subject.js';
import {activeShareOf} from '../hardware/memory/active-share.js';
import {bitsPerWeightOf} from '../hardware/estimate-file-size.js';
import {cacheTypeOf} from '../hardware/memory/attention.js';
import {calibrateToMachine, type MachineCalibration} from '../hardware/speed/calibrate-to-machine.js';
import {estimateSpeed} from '../hardware/speed/estimate-speed.js';
import {toSpeedMachine} from '../hardware/speed/to-speed-machine.js';
import {needOf, subjectOf} from './need-of.js';
import {type PlanModel} from './plan-model.js';

// A prompt of some paragraphs, in the middle of whose answer the speed is told.
const usualPromptTokens = 512;

// What Remuda's engine takes for a token besides llama.cpp: JavaScript, and handing over from one thread to the other. Measured with models of 0.3 MB, whose layers take next to nothing (docs/speed-estimate.md).
const tokenOverheadMs = 0.2;

// Sampling looks at every token of the vocabulary.
const sampledTokenMs = 7e-6;

/**
How fast a model would run with a plan where the verdict says that it runs; undefined where it does not.
*/
export function speedOfPlan(model: PlanModel, plan: LoadPlan, verdict: FitVerdict, {machine, calibration}: {
	readonly machine: HardwareReport;
	readonly calibration?: MachineCalibration | undefined;
}): SpeedEstimate | undefined {
	if (verdict.level === 'none' || model.weightBytes <= 0) {
		return undefined;
	}

	const {gpuLayers, layerCount, contextLength} = verdict;
	return estimateSubject(speedSubjectOf(model, {...plan, gpuLayers, contextSize: contextLength}, {layerCount, promptTokens: usualPromptTokens, depthTokens: usualPromptTokens}), model.id, {machine, calibration});
}

/**
The estimate for a subject, moved by this machine's benchmarks.
*/
export function estimateSubject({model, plan}: BenchmarkSubject, modelId: string, {machine, calibration = []}: {
	readonly machine: HardwareReport;
	readonly calibration?: MachineCalibration | undefined;
}): SpeedEstimate {
	const {placement, depthTokens, threads = machine.cpu.physicalCores} = plan;
	const ofModel = calibrateToMachine(calibration, {
		modelId, weightsBytes: model.weightsBytes, placement, threads, depthTokens,
	});
	return estimateSpeed(toSpeedMachine(machine), model, plan, ofModel && {calibration: ofModel});
}

/**
What decides the speed of a model with a plan in Remuda's engine. The cache is what the rules say it is: how exactly loads have shown memory to be needed says nothing of speed.
*/
export function speedSubjectOf(model: PlanModel, plan: LoadPlan & {readonly gpuLayers: number}, {layerCount, promptTokens, depthTokens}: {
	/**
	With the output.
	*/
	readonly layerCount: number;
	readonly promptTokens: number;
	/**
	In the context while generating.
	*/
	readonly depthTokens: number;
}): BenchmarkSubject {
	const {gpuLayers, contextSize, batchSize, threads} = plan;
	return {
		model: speedModelOf(model, plan),
		plan: {
			placement: gpuLayers === 0 ? 'cpu' : (gpuLayers >= layerCount ? 'gpu' : 'split'),
			...(gpuLayers > 0 && gpuLayers < layerCount && {gpuLayers}),
			depthTokens: Math.min(depthTokens, contextSize),
			promptTokens: Math.min(promptTokens, contextSize),
			batch: batchSize,
			contextSize,
			threads,
			overheadMs: tokenOverheadMs + (sampledTokenMs * (model.architecture?.vocabularySize ?? 0)),
		},
	};
}

function speedModelOf(model: PlanModel, plan: LoadPlan): SpeedModel {
	const {weightBytes, architecture, quantization, parameters = weightBytes * 8 / (bitsPerWeightOf(quantization) ?? bitsNamed(quantization))} = model;
	const share = activeShareOf(model);
	const {contextLength} = subjectOf(model, plan.contextSize);
	const cacheBytes = needOf(model, plan).lines.filter(({part}) => part === 'cache').reduce((sum, {bytes}) => sum + bytes, 0);
	return {
		weightsBytes: weightBytes,
		parameters,
		quantization,
		...(share < 1 && {activeBytes: weightBytes * share, activeParameters: model.activeParameters ?? (parameters * share), mixtureOfExperts: true}),
		...(architecture && {architecture: architecture.name, layers: architecture.blockCount, ...attentionOf(architecture, plan)}),
		...(cacheBytes > 0 && contextLength > 0 && {kvBytesPerToken: cacheBytes / contextLength}),
	};
}

/**
What the name of a quantization that is in no table says of its bits, as `Q5_0` or `UD-Q4_K_XL`: a little more than its figure, for scales. Without a figure it is taken for the usual one.
*/
function bitsNamed(quantization: string): number {
	const figure = /Q(?<bits>[1-8])(?!\d)/v.exec(quantization)?.groups?.bits;
	return figure === undefined ? 4.9 : Number(figure) + 0.6;
}

/**
Nothing where no layer attends.
*/
function attentionOf(architecture: ModelArchitecture, plan: LoadPlan): {readonly attention?: SpeedAttention} {
	const {blockCount, attentionBlockCount, attentionInterval = 1, headCount, keyLength} = architecture;
	const layers = attentionBlockCount ?? Math.floor(blockCount / Math.max(1, attentionInterval));
	const queryLength = layers * headCount * keyLength;
	return queryLength > 0 ? {attention: {queryLength, headLength: keyLength, quantizedCache: cacheTypeOf(architecture, plan) !== 'f16'}} : {};
}
