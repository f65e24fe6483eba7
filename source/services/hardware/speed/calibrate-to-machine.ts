import {type SpeedPlan} from '../../../types/speed-subject.js';
import {unexplainedSpreads} from './calibration.js';

/**
A benchmark of this machine beside what is estimated for the same model and plan without any calibration, in tokens per second.
*/
export type MeasuredEstimate = {
	readonly modelId: string;
	/**
	Of its weights: another file under the same name is another model. Missing in older benchmarks.
	*/
	readonly weightsBytes?: number;
	readonly placement: 'gpu' | 'cpu' | 'split';
	readonly threads: number;
	/**
	Tokens in the context while generating, on average.
	*/
	readonly depthTokens: number;
	/**
	ISO 8601.
	*/
	readonly measuredAt: string;
	readonly generation: MeasuredFigure;
	readonly prompt: MeasuredFigure;
};

export type MeasuredFigure = {
	readonly measured: number;
	readonly estimated: number;
	/**
	What was told before the benchmark, with the calibration of that time.
	*/
	readonly foretold?: number;
};

/**
This machine's benchmarks beside what is estimated for them.
*/
export type MachineCalibration = readonly MeasuredEstimate[];

/**
What an estimate is to be moved for.
*/
export type CalibrationSubject = Pick<MeasuredEstimate, 'modelId' | 'weightsBytes' | 'threads' | 'depthTokens'> & Pick<SpeedPlan, 'placement'>;

/**
This machine's benchmarks for estimates of one model.
*/
export type ModelCalibration = {
	readonly generation: CalibrationFactor;
	readonly prompt: CalibrationFactor;
	/**
	The benchmark of this very model that is the most like what is asked.
	*/
	readonly own?: OwnBenchmark;
	/**
	Benchmarks of other models so far from their estimates that they say nothing of this one.
	*/
	readonly outliers: number;
};

export type CalibrationFactor = {
	/**
	Estimates are multiplied by it.
	*/
	readonly factor: number;
	/**
	Bands have this share of their width (in ratio).
	*/
	readonly widthFactor: number;
	/**
	Other models that had a say.
	*/
	readonly models: number;
};

export type OwnBenchmark = Pick<MeasuredEstimate, 'depthTokens' | 'generation' | 'measuredAt' | 'prompt' | 'threads'> & {
	/**
	Benchmarks of this model where it is placed so.
	*/
	readonly runs: number;
};

// What is further from its estimate is another thing than a slow or a fast machine.
const furthest = Math.log(4);

// By so much (natural logarithm) does a benchmark differ when it is run again.
const repeated = 0.1;

// So many models is what is known of models of other machines worth, beside the models of this one.
const priorModels = 4;

const mostOwnRuns = 5;

/**
What this machine's benchmarks say of a model on it. Only benchmarks of the same kind of placement count: a GPU tells nothing of the processor beside it.

Of the logarithm of measured ÷ estimated, a part belongs to the machine and a part to the model. The machine's part is the mean over the other models, each counting once by its median, shrunk towards 0 by n ÷ (n + σ²models ÷ σ²machines): the best linear prediction of a random effect. Where the model itself was measured, its own benchmark corrects that by the weight of what is left unknown against what a benchmark differs by when it is repeated. The band is as wide as what is left unknown then; models that disagree on this machine widen it.
*/
export function calibrateToMachine(history: MachineCalibration, subject: CalibrationSubject): ModelCalibration | undefined {
	const relevant = history.filter(({placement, generation}) => placement === subject.placement && generation.measured > 0 && generation.estimated > 0);
	if (relevant.length === 0) {
		return undefined;
	}

	const {own = [], other = []} = Object.groupBy(relevant, run => isSameModel(run, subject) ? 'own' : 'other');
	const usable = other.filter(({generation}) => Math.abs(logarithmOf(generation)) < furthest);
	const closest = closestTo(subject, own);
	const latest = closest.toSorted((a, b) => b.measuredAt.localeCompare(a.measuredAt))[0];
	return {
		generation: factorOf('generation', usable, closest),
		prompt: factorOf('prompt', usable, closest),
		outliers: other.length - usable.length,
		...(latest && {own: {...latest, runs: own.length}}),
	};
}

function isSameModel(run: MeasuredEstimate, {modelId, weightsBytes}: CalibrationSubject): boolean {
	return run.modelId === modelId && (run.weightsBytes === undefined || weightsBytes === undefined || run.weightsBytes === weightsBytes);
}

/**
The latest of those whose threads and depth are the most like what is asked.
*/
function closestTo({threads, depthTokens}: CalibrationSubject, runs: readonly MeasuredEstimate[]): readonly MeasuredEstimate[] {
	const withDistance = runs.map(run => ({run, distance: Math.abs(Math.log(Math.max(1, run.threads) / Math.max(1, threads))) + Math.abs(Math.log((run.depthTokens + 64) / (depthTokens + 64)))}));
	const least = Math.min(...withDistance.map(({distance}) => distance));
	return withDistance
		.filter(({distance}) => distance <= least + 0.2)
		.map(({run}) => run)
		.toSorted((a, b) => b.measuredAt.localeCompare(a.measuredAt))
		.slice(0, mostOwnRuns);
}

function factorOf(figure: 'generation' | 'prompt', others: readonly MeasuredEstimate[], own: readonly MeasuredEstimate[]): CalibrationFactor {
	const usual = unexplainedSpreads[figure];
	const isSound = (run: MeasuredEstimate) => Number.isFinite(logarithmOf(run[figure]));
	const perModel = Map.groupBy(others.filter(run => isSound(run)), ({modelId, weightsBytes}) => `${modelId} ${weightsBytes}`)
		.values()
		.map(runs => median(runs.map(run => logarithmOf(run[figure]))))
		.toArray();
	const count = perModel.length;
	const machineVariance = usual.machines ** 2;
	const modelVariance = varianceWith(perModel, usual.models ** 2);
	const noise = modelVariance / machineVariance;
	const ofMachine = sum(perModel) / (count + noise);
	const unknown = (machineVariance * noise / (count + noise)) + modelVariance;
	const usualVariance = machineVariance + (usual.models ** 2);
	const ownRatios = own.filter(run => isSound(run)).map(run => logarithmOf(run[figure]));
	if (ownRatios.length === 0) {
		return {factor: Math.exp(ofMachine), widthFactor: Math.sqrt(unknown / usualVariance), models: count};
	}

	const surprise = median(ownRatios) - ofMachine;
	// A model that is far off shows that its own part is larger than that of others.
	const ownUnknown = Math.max(unknown, surprise ** 2);
	const weight = ownUnknown / (ownUnknown + (repeated ** 2));
	return {
		factor: Math.exp(ofMachine + (weight * surprise)),
		widthFactor: Math.sqrt((((1 - weight) * ownUnknown) + (repeated ** 2)) / usualVariance),
		models: count,
	};
}

/**
Between models of one machine, from what is known of other machines and what was seen on this one.
*/
function varianceWith(values: readonly number[], usual: number): number {
	const mean = sum(values) / values.length;
	return values.length < 2 ? usual : ((priorModels * usual) + sum(values.map(value => (value - mean) ** 2))) / (priorModels + values.length - 1);
}

function logarithmOf({measured, estimated}: MeasuredFigure): number {
	return Math.log(measured / estimated);
}

function sum(values: readonly number[]): number {
	return values.reduce((total, value) => total + value, 0);
}

function median(values: readonly number[]): number {
	const sorted = values.toSorted((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
