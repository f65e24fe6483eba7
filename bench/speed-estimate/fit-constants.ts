// Fits the constants of the model of speed to measurements.
import {type SpeedConstant, type SpeedConstants} from '../../source/services/hardware/speed/calibration.js';
import {generationTime} from '../../source/services/hardware/speed/generation-time.js';
import {promptTokenTime} from '../../source/services/hardware/speed/prompt-time.js';
import {resolveMachine, type ResolvedMachine} from '../../source/services/hardware/speed/resolve-machine.js';
import {leastSquares} from './least-squares.js';
import {
	cpuPriors,
	gpuPriors,
	promptPriors,
	splitPriors,
} from './priors.js';
import {hardwareOf, type MeasuredRecord} from './records.js';
import {subjectOf, type Subject} from './subject-of-record.js';

export type Case = Subject & {
	readonly record: MeasuredRecord;
	readonly hardware: string;
	readonly resolved: ResolvedMachine;
};

export function caseOf(record: MeasuredRecord): Case {
	const subject = subjectOf(record);
	return {
		...subject, record, hardware: hardwareOf(record), resolved: resolveMachine(subject.machine),
	};
}

type Predict = (one: Case, constants: SpeedConstants) => number;

/**
Tokens per second.
*/
export const generated: Predict = ({model, plan, resolved}, constants) => 1000 / generationTime(model, plan, resolved, constants).milliseconds;

export const prompted: Predict = ({model, plan, resolved}, constants) => 1000 / promptTokenTime(model, plan, resolved, constants);

type Stage = {
	readonly priors: Partial<Record<SpeedConstant, readonly [number, number]>>;
	readonly takes: (one: Case) => boolean;
	readonly predict: Predict;
	readonly measured: (record: MeasuredRecord) => number | undefined;
};

const generationOf = (record: MeasuredRecord) => record.generationTokensPerSecond;

/**
Each stage keeps what the stages before found.
*/
const stages: readonly Stage[] = [
	{
		priors: gpuPriors, takes: one => one.plan.placement === 'gpu', predict: generated, measured: generationOf,
	},
	{
		priors: cpuPriors, takes: one => one.plan.placement === 'cpu', predict: generated, measured: generationOf,
	},
	{
		priors: splitPriors, takes: one => one.plan.placement === 'split', predict: generated, measured: generationOf,
	},
	{
		priors: promptPriors, takes: isPromptMeasured, predict: prompted, measured: record => record.promptTokensPerSecond,
	},
];

/**
Whether the rate is of reading a prompt: short prompts are mostly overhead, and Ollama's rates leave out what it has kept of an earlier prompt.
*/
export function isPromptMeasured({record, plan}: Case): boolean {
	return record.promptTokensPerSecond !== undefined && plan.placement !== 'split' && plan.ollama !== true && (record.promptTokens ?? 512) >= 256;
}

/**
Constants that fit the cases best, from their priors (or from `start`, which is faster).
*/
export function fitConstants(cases: readonly Case[], start?: SpeedConstants): SpeedConstants {
	const priors = Object.assign({}, ...stages.map(stage => stage.priors)) as Record<SpeedConstant, readonly [number, number]>;
	let constants = start ?? Object.fromEntries(Object.entries(priors).map(([name, [value]]) => [name, value])) as SpeedConstants;
	for (const stage of stages) {
		constants = {...constants, ...fitStage(stage, cases.filter(one => stage.takes(one)), constants)};
	}

	return constants;
}

// A measurement further off than this (as a natural logarithm) counts by its size, not by its square.
const outlier = 0.15;

function fitStage({priors, predict, measured}: Stage, cases: readonly Case[], constants: SpeedConstants): Partial<SpeedConstants> {
	const names = Object.keys(priors) as SpeedConstant[];
	const weights = balancedWeights(cases);
	const logarithms = cases.map(({record}) => Math.log(measured(record)!));
	const withPoint = (point: readonly number[]) => ({...constants, ...Object.fromEntries(names.map((name, index) => [name, Math.exp(point[index]!)]))});
	const residuals = (point: readonly number[]) => {
		const candidate = withPoint(point);
		return Float64Array.from([
			...cases.map((one, index) => Math.sqrt(weights[index]!) * robust((Math.log(predict(one, candidate)) - logarithms[index]!) / outlier)),
			...names.map((name, index) => (point[index]! - Math.log(priors[name]![0])) / priors[name]![1]),
		]);
	};

	const point = leastSquares({start: names.map(name => Math.log(constants[name])), residuals});
	return Object.fromEntries(names.map((name, index) => [name, Math.exp(point[index]!)]));
}

// Pseudo-Huber: its square grows with the square of small residuals and with the size of large ones.
function robust(residual: number): number {
	return Math.sign(residual) * Math.sqrt(2 * (Math.sqrt(1 + (residual ** 2)) - 1));
}

/**
A machine measured a hundred times says more than one measured once, but not a hundred times more: 1/√n each, with mean 1.
*/
function balancedWeights(cases: readonly Case[]): number[] {
	const counts = new Map([...Map.groupBy(cases, ({hardware}) => hardware)].map(([hardware, members]) => [hardware, members.length]));
	const weights = cases.map(({hardware}) => 1 / Math.sqrt(counts.get(hardware)!));
	const mean = weights.reduce((sum, weight) => sum + weight, 0) / weights.length;
	return weights.map(weight => weight / mean);
}
