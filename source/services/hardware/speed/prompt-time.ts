import {type SpeedModel, type SpeedPlan} from '../../../types/speed-subject.js';
import {type SpeedConstants} from './calibration.js';
import {attentionTime} from './cpu-attention.js';
import {positive} from './positive.js';
import {placeLayers} from './placement.js';
import {
	cpuTokenTime,
	layerWork,
	mostUsefulThreads,
	threadsOf,
} from './processor-time.js';
import {type ResolvedMachine} from './resolve-machine.js';
import {kvBytesPerToken, tokenWork} from './token-work.js';

/**
Milliseconds for one token of a prompt that is computed in batches: two operations per active weight at the rate of the matrix units, attention over what came before, and for each batch one walk through the layers and all the weights.
*/
export function promptTokenTime(model: SpeedModel, plan: SpeedPlan, machine: ResolvedMachine, constants: SpeedConstants): number {
	const placement = placeLayers(model, plan, machine, constants);
	const promptTokens = Math.max(1, positive(plan.promptTokens) ?? 512);
	const batch = Math.min(positive(plan.batch) ?? 512, promptTokens);
	// On average half of the prompt is in the context before a token of it.
	const before = Math.max(0, plan.depthTokens - promptTokens) + (promptTokens / 2);
	const work = tokenWork(model, {depthTokens: 0});
	const contextGigabytes = kvBytesPerToken(model) * before / 1e9;
	const experts = work.mixtureOfExperts ? constants.promptExperts : 1;
	const {gpu, cpu} = machine;
	let milliseconds = 0;
	if (gpu !== undefined && placement.gpuLayerShare > 0) {
		const rate = gpu.teraflops * gpu.matrixRate * (gpu.smallIntegrated ? 0.6 : 1) * {
			nvidia: constants.nvidiaPrompt, amd: constants.amdPrompt, apple: constants.applePrompt, intel: constants.intelPrompt,
		}[gpu.vendor];
		const unpacking = work.unpacking === 0.25 ? 1 : constants.promptUnpacking;
		const perBatch = (1000 * model.weightsBytes / 1e9 / gpu.bandwidthGBs) + (work.layers * constants.promptLayer * layerWork(work, constants));
		const computing = (2 * work.gigaweights * experts * unpacking / rate) + (contextGigabytes * constants.promptContext / rate);
		// Several batches are in several GPUs at a time.
		const inFlight = 1 + ((Math.min(machine.gpuCount, promptTokens / batch) - 1) * 0.5);
		milliseconds += placement.gpuLayerShare * (computing + (perBatch / batch)) / inFlight;
	}

	if (placement.gpuShare < 1) {
		const share = 1 - placement.gpuShare;
		const threads = threadsOf(plan, cpu);
		const oneToken = cpuTokenTime(cpu, threads, work, constants);
		// A core with wide vectors multiplies a batch several times faster than it unpacks for a single token.
		const computing = oneToken.computing / work.unpacking / constants.cpuPrompt;
		const attending = Math.max(contextGigabytes * constants.promptContext, model.attention === undefined ? 0 : attentionTime(model.attention, before, cpu, 'prompt')) / Math.min(threads, mostUsefulThreads);
		milliseconds += share * (((computing + attending) * experts) + ((oneToken.reading + oneToken.overhead) / batch));
	}

	return milliseconds * (plan.oldEngine === true ? constants.oldEngineSlowdown : 1);
}
