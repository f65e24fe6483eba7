import {type BenchmarkRun} from '../../../types/benchmark.js';
import {unexplainedSpreads} from './calibration.js';
import {type SpeedEstimate} from '../../../types/speed.js';

/**
A benchmark of this machine beside what was estimated for the same model and plan, without calibration.
*/
export type MeasuredEstimate = {
	readonly run: Pick<BenchmarkRun, 'modelId' | 'device' | 'generationTokensPerSecond' | 'promptTokensPerSecond'>;
	readonly estimate: Pick<SpeedEstimate, 'generationTokensPerSecond' | 'promptTokensPerSecond'>;
};

export type MachineCalibration = {
	readonly generation: CalibrationFactor;
	readonly prompt: CalibrationFactor;
};

export type CalibrationFactor = {
	/**
	Estimates are multiplied by it.
	*/
	readonly factor: number;
	/**
	Bands keep this share of their width (in ratio).
	*/
	readonly widthFactor: number;
	/**
	Models that had a say.
	*/
	readonly models: number;
};

// One machine is hardly off by more; what is, is a measurement gone wrong.
const furthest = Math.log(4);

/**
A factor for all estimates on this machine from its own benchmark history: the mean ratio of measured and estimated speed over models (the median of a model's runs counts once), shrunk towards 1 the more the fewer models there are, as the best linear prediction of a random machine effect does. Only runs on `device` count, if given: a GPU tells nothing about the CPU beside it.
*/
export function calibrateToMachine(history: readonly MeasuredEstimate[], {device}: {readonly device?: string} = {}): MachineCalibration {
	const relevant = history.filter(({run}) => device === undefined || run.device === device);
	return {
		generation: shrunken(relevant.map(({run, estimate}) => ratioOf(run.modelId, run.generationTokensPerSecond.median, estimate.generationTokensPerSecond.expected)), unexplainedSpreads.generation),
		prompt: shrunken(relevant.map(({run, estimate}) => ratioOf(run.modelId, run.promptTokensPerSecond.median, estimate.promptTokensPerSecond.expected)), unexplainedSpreads.prompt),
	};
}

type ModelRatio = {readonly modelId: string; readonly logarithm: number};

function ratioOf(modelId: string, measured: number, estimated: number): ModelRatio {
	return {modelId, logarithm: Math.log(measured / estimated)};
}

function shrunken(ratios: readonly ModelRatio[], {machines, models}: {readonly machines: number; readonly models: number}): CalibrationFactor {
	const usable = ratios.filter(({logarithm}) => Number.isFinite(logarithm) && Math.abs(logarithm) < furthest);
	const perModel = Map.groupBy(usable, ({modelId}) => modelId).values().map(runs => median(runs.map(({logarithm}) => logarithm))).toArray();
	const count = perModel.length;
	const noise = (models / machines) ** 2;
	const meanLogarithm = perModel.reduce((sum, logarithm) => sum + logarithm, 0) / (count + noise);
	const leftOfMachine = (machines ** 2) * noise / (count + noise);
	return {
		factor: Math.exp(meanLogarithm), widthFactor: Math.sqrt((leftOfMachine + (models ** 2)) / ((machines ** 2) + (models ** 2))), models: count,
	};
}

function median(values: readonly number[]): number {
	const sorted = values.toSorted((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
