import {setImmediate} from 'node:timers/promises';
import {selectModel} from '../../services/hardware/select-model.js';
import {planModelOf, planModelOfRegistry, type PlanModel} from '../../services/load-plans/plan-model.js';
import {type Abortable} from '../../types/abortable.js';
import {type HardwareReport} from '../../types/hardware.js';
import {type InstalledModel} from '../../types/installed-model.js';
import {type RegistryModel} from '../../types/registry-model.js';
import {type Fit} from '../../types/speed.js';
import {type JudgedMachine, type ModelChoice, type ModelFit} from '../reducers/hardware.js';
import {type Judge} from './fit-of.js';

export type JudgeOptions = Abortable & {
	readonly registry: readonly RegistryModel[];
	readonly installed: readonly InstalledModel[];
	/**
	The machine in words.
	*/
	readonly description: string;
	readonly judge: Judge;
};

/**
Milliseconds of judging after which keys are heard again.
*/
const breath = 8;

/**
Every model that is not deprecated, and all that are installed: what fits in the order of the recommendation, then the rest, the nearest first. Lets others go on in between.
*/
export async function judgeMachine(report: HardwareReport, {
	registry, installed, description, judge, signal,
}: JudgeOptions): Promise<JudgedMachine> {
	const fits: RankedFit[] = [];
	let begun = performance.now();
	for (const {model, isRecommended} of candidatesOf(registry, installed)) {
		fits.push({modelId: model.id, isRecommended, verdict: judge(model)});
		if (performance.now() - begun < breath) {
			continue;
		}

		await setImmediate(undefined, {signal}); // eslint-disable-line no-await-in-loop -- One after the other is the point.
		begun = performance.now();
	}

	return {
		report,
		description,
		fits: fits.toSorted(byRecommendation).map(({modelId, verdict}): ModelFit => ({modelId, verdict})),
		selection: choose(registry, report),
	};
}

type Candidate = {
	readonly model: PlanModel;
	readonly isRecommended: boolean;
};

function candidatesOf(registry: readonly RegistryModel[], installed: readonly InstalledModel[]): readonly Candidate[] {
	const curated = registry.filter(({deprecated}) => !deprecated);
	const known = new Set(curated.map(({id}) => id));
	return [
		...curated.map((model): Candidate => ({model: planModelOfRegistry(model), isRecommended: model.recommended})),
		...installed.filter(({id}) => !known.has(id)).map((model): Candidate => ({model: planModelOf(model), isRecommended: false})),
	];
}

type RankedFit = ModelFit & {readonly isRecommended: boolean};

/**
Whether it runs at all counts most: well, only just, or not.
*/
const chances: Readonly<Record<Fit['level'], number>> = {
	gpu: 0, split: 0, memory: 0, tight: 1, 'less-context': 1, none: 2,
};

/**
Of those that run well, the faster place first.
*/
const places: Readonly<Record<Fit['level'], number>> = {
	gpu: 0, split: 1, memory: 2, tight: 0, 'less-context': 0, none: 0,
};

function byRecommendation(one: RankedFit, other: RankedFit): number {
	const [level, otherLevel] = [one.verdict.level, other.verdict.level];
	const smaller = one.verdict.need.totalBytes - other.verdict.need.totalBytes;
	const differences = [
		chances[level] - chances[otherLevel],
		Number(other.isRecommended) - Number(one.isRecommended),
		places[level] - places[otherLevel],
		chances[level] === 0 ? -smaller : smaller,
	];
	return differences.find(difference => difference !== 0) ?? 0;
}

function choose(models: readonly RegistryModel[], report: HardwareReport): ModelChoice {
	const selection = selectModel(models, report.memory.availableBytes);
	return selection.kind === 'selected' ? {modelId: selection.model.id, reason: selection.reason} : {reason: selection.reason};
}
