import {type FitVerdict} from '../../types/fit.js';
import {type HardwareReport} from '../../types/hardware.js';
import {type LoadPlan} from '../../types/load-plan.js';
import {type SpeedEstimate} from '../../types/speed.js';
import {estimateFileSize} from '../hardware/estimate-file-size.js';
import {type MachineCalibration} from '../hardware/speed/calibrate-to-machine.js';
import {estimateSpeed} from '../hardware/speed/estimate-speed.js';
import {type SpeedModel, type SpeedPlan} from '../hardware/speed/speed-types.js';
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
	const {weightBytes, architecture, quantization, parameters = weightBytes / estimateFileSize({parameters: 1e9, quantization, files: [{role: 'model'}]}) * 1e9} = model;
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
Of the weights, those read for one token: 1 but for a mixture of experts.
*/
function activeShareOf({parameters, activeParameters, weightBytes, weights, architecture}: PlanModel): number {
	if (parameters !== undefined && activeParameters !== undefined) {
		return Math.min(1, activeParameters / parameters);
	}

	const {expertCount = 0, expertUsedCount = 0} = architecture ?? {};
	const expertBytes = weights?.layers.reduce((sum, layer) => sum + layer.expertBytes, 0) ?? 0;
	return expertCount === 0 || expertUsedCount === 0 ? 1 : 1 - (expertBytes / weightBytes * (1 - (Math.min(expertUsedCount, expertCount) / expertCount)));
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
