import {type SpeedEstimate} from '../../../types/speed.js';
import {type SpeedModel, type SpeedPlan} from '../../../types/speed-subject.js';
import {bandClassOf, bandHalfWidth, rangeAround} from './bands.js';
import {calibratedConstants, type SpeedConstants} from './calibration.js';
import {type ModelCalibration} from './calibrate-to-machine.js';
import {explainCalibration, measuredSpeedOf} from './explain-calibration.js';
import {explainSpeed} from './explain.js';
import {generationTime} from './generation-time.js';
import {positive} from './positive.js';
import {promptTokenTime} from './prompt-time.js';
import {resolveMachine} from './resolve-machine.js';
import {type SpeedMachine} from './speed-types.js';
import {tokenWork} from './token-work.js';

// A busy machine of two cores measured 4 to 34 GB/s, mostly above 20.
const busyWidthFactor = 2;

/**
How fast a model will run on a machine: generation and prompt in tokens per second, time to first token in milliseconds, each with a band that four of five measurements fall into, and why. Pure: plain data in and out; docs/speed-estimate.md says how it is calibrated and how far to trust it.

`calibration` moves the figures to what this machine's own benchmarks showed, of this model or of others.
*/
export function estimateSpeed(machine: SpeedMachine, model: SpeedModel, plan: SpeedPlan, {calibration, constants = calibratedConstants}: {
	readonly calibration?: ModelCalibration;
	readonly constants?: SpeedConstants;
} = {}): SpeedEstimate {
	const resolved = resolveMachine(machine);
	const time = generationTime(model, plan, resolved, constants);
	const kind = bandClassOf(resolved, time.placement, tokenWork(model, plan).mixtureOfExperts);
	const generated = 1000 / time.milliseconds * (calibration?.generation.factor ?? 1);
	const prompt = 1000 / promptTokenTime(model, plan, resolved, constants) * (calibration?.prompt.factor ?? 1);
	const firstToken = (1000 * (positive(plan.promptTokens) ?? 512) / prompt) + (1000 / generated);
	const busyFactor = resolved.cpu.measuredWhileBusy && time.cpu !== undefined ? busyWidthFactor : 1;
	const generatedWidth = bandHalfWidth(kind) * busyFactor * (calibration?.generation.widthFactor ?? 1);
	const promptWidth = bandHalfWidth('prompt') * (calibration?.prompt.widthFactor ?? 1);
	return {
		generationTokensPerSecond: rangeAround(generated, generatedWidth),
		promptTokensPerSecond: rangeAround(prompt, promptWidth),
		timeToFirstTokenMs: rangeAround(firstToken, promptWidth),
		explanation: [
			...explainSpeed(model, resolved, time),
			...(calibration === undefined ? [] : explainCalibration(calibration)),
		],
		...(calibration?.own && {measured: measuredSpeedOf(calibration.own)}),
	};
}
