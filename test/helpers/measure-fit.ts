import path from 'node:path';
import process from 'node:process';
import {assertLoadable} from '../../source/services/formats/gguf/assert-loadable.js';
import {readGgufHeader} from '../../source/services/formats/gguf/read-gguf-header.js';
import {weightsOf} from '../../source/services/formats/gguf/weights-of.js';
import {createEngine} from '../../source/services/engine/create-engine.js';
import {readMemoryUse, usedBytes} from '../../source/services/engine/memory-use.js';
import {locateHostProgram} from '../../source/services/engine/host-program.js';
import {estimateMemory} from '../../source/services/hardware/estimate-memory.js';
import {type FitPlan, type FitSubject, type MemoryNeed} from '../../source/types/fit.js';
import {installedModel} from './starter-model.js';

export type FitSample = {
	readonly need: MemoryNeed;
	readonly estimatedBytes: number;
	readonly measuredBytes: number;
	/**
	All that the process shows, and what it was expected to.
	*/
	readonly residentBytes: number;
	readonly estimatedResidentBytes: number;
};

export type MeasuredPlan = FitPlan & {readonly contextSize: number; readonly promptTokens: number};

export async function subjectOf(modelPath: string, contextLength: number): Promise<FitSubject> {
	const header = await readGgufHeader(modelPath, new AbortController());
	const architecture = assertLoadable(header);
	const weights = weightsOf([header], architecture.blockCount);
	return {
		weightBytes: header.tensors.reduce((sum, {sizeBytes}) => sum + sizeBytes, 0), architecture, weights, contextLength,
	};
}

/**
Loads a model in an engine host as Remuda does, computes a prompt and some tokens, and looks at the process.
*/
export async function measureFit(modelPath: string, {contextSize, promptTokens, ...plan}: MeasuredPlan, {program, instructionSets}: {
	/**
	Folder of the built program.
	*/
	readonly program: string;
	readonly instructionSets: readonly string[];
}): Promise<FitSample> {
	const {signal} = new AbortController();
	const need = estimateMemory(await subjectOf(modelPath, contextSize), plan, {instructionSets});
	const host = locateHostProgram();
	const engine = createEngine({
		settings: () => ({
			contextSize, gpu: 'off', sandbox: 'auto', threads: 1,
		}),
		program: {program: process.execPath, arguments: [path.join(program, 'engine-host.js')], readablePaths: [program, ...host.readablePaths]},
	});
	try {
		const {processId} = await engine.load(installedModel(modelPath, {id: 'random', name: 'random weights'}), {signal, plan: {...plan, contextSize, gpuLayers: 0}});
		await engine.measure({promptTokens, generatedTokens: 4}, {signal});
		const use = await readMemoryUse(processId);
		if (use === undefined) {
			throw new Error('This system does not tell what a process uses.');
		}

		return {
			need,
			estimatedBytes: need.memoryBytes,
			measuredBytes: usedBytes(use, need),
			residentBytes: use.anonymousBytes + use.fileBytes,
			estimatedResidentBytes: need.memoryBytes + need.reclaimableBytes,
		};
	} finally {
		await engine.close();
	}
}
