import {type FitVerdict} from '../../types/fit.js';
import {type HardwareReport} from '../../types/hardware.js';
import {type LoadPlan} from '../../types/load-plan.js';
import {type SpeedEstimate} from '../../types/speed.js';
import {activeShareOf} from '../hardware/memory/active-share.js';
import {bitsPerWeightOf} from '../hardware/estimate-file-size.js';
import {type MachineCalibration} from '../hardware/speed/calibrate-to-machine.js';
import {estimateSpeed} from '../hardware/speed/estimate-speed.js';
import {type SpeedModel, type SpeedPlan} from '../../types/speed-subject.js';
import {toSpeedMachine} from '../hardware/speed/to-speed-machine.js';
import {type PlanModel} from './plan-model.js';

// A prompt of some paragraphs, in the middle of whose answer the speed is told.
const promptTokens = 512;

/**
How fast a model would run with a plan where the verdict says that it runs; undefined where it does not.
*/
export function speedOfPlan(model: PlanModel, plan: LoadPlan, verdict: FitVerdict, {machine, calibration}: {
	readonly machine: HardwareReport;
	readonly calibration?: MachineCalibration | undefined;
}): SpeedEstimate | undefined {
	return verdict.level === 'none' || model.weightBytes <= 0 ? undefined : estimateSpeed(toSpeedMachine(machine), speedModelOf(model, verdict), speedPlanOf(plan, verdict), {...(calibration && {calibration})});
}

function speedModelOf(model: PlanModel, {need, contextLength}: FitVerdict): SpeedModel {
	const {weightBytes, architecture, quantization, parameters = weightBytes * 8 / (bitsPerWeightOf(quantization) ?? bitsNamed(quantization))} = model;
	const share = activeShareOf(model);
	const cacheBytes = need.lines.filter(({part}) => part === 'cache').reduce((sum, {bytes}) => sum + bytes, 0);
	return {
		weightsBytes: weightBytes,
		parameters,
		quantization,
		...(share < 1 && {activeBytes: weightBytes * share, activeParameters: model.activeParameters ?? (parameters * share), mixtureOfExperts: true}),
		...(architecture && {architecture: architecture.name, layers: architecture.blockCount}),
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

function speedPlanOf({batchSize, contextSize, threads}: LoadPlan, {gpuLayers, layerCount}: FitVerdict): SpeedPlan {
	return {
		placement: gpuLayers === 0 ? 'cpu' : (gpuLayers >= layerCount ? 'gpu' : 'split'),
		...(gpuLayers > 0 && gpuLayers < layerCount && {gpuLayers}),
		depthTokens: Math.min(promptTokens, contextSize),
		promptTokens: Math.min(promptTokens, contextSize),
		batch: batchSize,
		contextSize,
		threads,
	};
}
