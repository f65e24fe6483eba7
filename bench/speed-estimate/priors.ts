// What is known of each constant before looking at measurements: a value, and how far it may be off (standard deviation of its natural logarithm). A constant that few records speak of stays near its value.
import {type SpeedConstant} from '../../source/services/hardware/speed/calibration.js';

type Prior = readonly [value: number, spread: number];

/**
Of generation on a GPU or in unified memory.
*/
export const gpuPriors: Partial<Record<SpeedConstant, Prior>> = {
	nvidiaEfficiency: [0.9, 0.06],
	amdEfficiency: [0.88, 0.06],
	appleEfficiency: [0.9, 0.06],
	intelEfficiency: [0.75, 0.15],
	nvidiaLayer: [0.045, 0.5],
	amdLayer: [0.075, 0.5],
	appleLayer: [0.07, 0.5],
	intelLayer: [0.12, 0.5],
	nvidiaUnpacking: [25, 0.5],
	amdUnpacking: [12, 0.25],
	appleUnpacking: [25, 0.4],
	intelUnpacking: [25, 0.5],
	earlyAppleUnpacking: [1.2, 0.2],
	expertLayer: [0.5, 0.5],
	expertReading: [1.2, 0.2],
	gemmaLayer: [1.5, 0.3],
	deltaNetLayer: [1.4, 0.3],
	latentLayer: [1.3, 0.3],
	oldEngineSlowdown: [1.1, 0.1],
	ollamaSlowdown: [1.05, 0.1],
	contextReading: [1.5, 0.4],
	extraGpu: [0.05, 0.7],
	wideMemoryLoss: [0.1, 0.5],
	smallIntegratedSlowdown: [1.4, 0.3],
	mobileSlowdown: [1.15, 0.2],
	legacySlowdown: [1.2, 0.2],
	gpuOverlap: [2, 0.3],
	gpuToken: [0.3, 0.7],
};

export const cpuPriors: Partial<Record<SpeedConstant, Prior>> = {
	cpuEfficiency: [0.67, 0.15],
	cpuExpertReading: [1.3, 0.3],
	avx2Core: [16, 0.4],
	cpuLayer: [0.06, 0.5],
	cpuThreadWait: [0.03, 0.5],
	cpuOverlap: [1.5, 0.3],
};

/**
Of models that are partly on the GPU.
*/
export const splitPriors: Partial<Record<SpeedConstant, Prior>> = {
	keptFreeGiB: [1, 0.4],
	splitCpuSlowdown: [1.3, 0.3],
	handover: [1, 0.8],
};

export const promptPriors: Partial<Record<SpeedConstant, Prior>> = {
	nvidiaPrompt: [2, 0.4],
	amdPrompt: [0.8, 0.4],
	applePrompt: [0.6, 0.3],
	intelPrompt: [1.3, 0.4],
	promptExperts: [2, 0.4],
	promptUnpacking: [1.1, 0.2],
	promptLayer: [0.06, 0.6],
	promptContext: [10, 1],
	cpuPrompt: [4, 0.5],
};
