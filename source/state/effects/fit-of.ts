import {usualContextLength} from '../../services/hardware/margins.js';
import {calibrationOf} from '../../services/load-plans/machine-calibration.js';
import {planModelOf, planModelOfRegistry, type PlanModel} from '../../services/load-plans/plan-model.js';
import {verdictOf, type JudgedMachine} from '../../services/load-plans/plan-verdict.js';
import {resolveLoadPlan} from '../../services/load-plans/resolve-plan.js';
import {type HardwareReport} from '../../types/hardware.js';
import {type RegistryModel} from '../../types/registry-model.js';
import {type Fit} from '../../types/speed.js';
import {type AppState} from '../state.js';
import {type EffectContext} from './effect.js';

/**
Says whether, where and how fast a model runs on one machine: by the plan that is stored for it, else as Remuda loads by itself at 4,096 tokens, or at all it was trained for where that is less.
*/
export type Judge = (model: PlanModel) => Fit;

/**
This machine with what its loads took and how fast its benchmarks were.
*/
function withExperience(report: HardwareReport, {plans, bench, library}: AppState, registry: readonly RegistryModel[]): JudgedMachine {
	const machine: JudgedMachine = {...report, measurements: plans.measurements.values().toArray().flat()};
	const models = [...library.models.map(model => planModelOf(model)), ...registry.map(model => planModelOfRegistry(model))];
	const calibration = calibrationOf(bench.runs, models, machine);
	return calibration === undefined ? machine : {...machine, calibration};
}

/**
For this machine with what its loads have taught; one that was only described has nothing to teach.
*/
export function judgeFor(report: HardwareReport, {services, getState}: Pick<EffectContext, 'services' | 'getState'>): Judge {
	const {stored} = getState().plans;
	const {engine} = services.config.current();
	// What the config says of GPU and threads is about this machine.
	const settings: typeof engine = report.simulated ? {...engine, gpu: 'auto', threads: 0} : engine;
	const machine = report.simulated ? report : withExperience(report, getState(), services.registry.models);
	return model => {
		const {contextLength = usualContextLength} = model;
		const usual = resolveLoadPlan({contextSize: Math.min(usualContextLength, contextLength)}, settings, report);
		return verdictOf(model, (report.simulated ? undefined : stored.get(model.id)?.plan) ?? usual, machine);
	};
}
