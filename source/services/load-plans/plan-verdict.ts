import {type HardwareReport} from '../../types/hardware.js';
import {type FitVerdict, type MemoryMeasurement} from '../../types/fit.js';
import {type LoadPlan} from '../../types/load-plan.js';
import {type Fit} from '../../types/speed.js';
import {measurementsFor} from '../hardware/fit/correct-need.js';
import {judgeFit} from '../hardware/judge-fit.js';
import {type MachineCalibration} from '../hardware/speed/calibrate-to-machine.js';
import {subjectOf} from './need-of.js';
import {type PlanModel} from './plan-model.js';
import {speedOfPlan} from './plan-speed.js';

/**
Estimates that leave a margin free, better places first.
*/
const places: ReadonlyArray<FitVerdict['level']> = ['gpu', 'split', 'memory', 'tight', 'less-context', 'none'];

/**
How good the place is that a verdict speaks of; 0 is best.
*/
export function rankOf({level}: Pick<FitVerdict, 'level'>): number {
	return places.indexOf(level);
}

/**
Whether everything has room, with what is kept free for others.
*/
export function hasRoom(verdict: Pick<FitVerdict, 'level'>): boolean {
	return rankOf(verdict) <= places.indexOf('memory');
}

/**
A machine that plans are made for: its report, and what else is known of it.
*/
export type JudgedMachine = HardwareReport & {
	/**
	That this process may lock in memory.
	*/
	readonly lockLimitBytes?: number;
	/**
	Of earlier loads on it, of all models.
	*/
	readonly measurements?: readonly MemoryMeasurement[];
	/**
	Of its speed, from its own benchmarks.
	*/
	readonly calibration?: MachineCalibration;
};

/**
Whether, where and how fast a model would run with a plan, by Remuda's engine, which moves whole layers.
*/
export function verdictOf(model: PlanModel, plan: LoadPlan, machine: JudgedMachine): Fit {
	const verdict = judgeFit(subjectOf(model, plan.contextSize), machine, {
		plan: {...plan, expertLayersInMemory: 0},
		measurements: measurementsFor(model.id, machine.measurements ?? []),
	});
	const speed = speedOfPlan(model, plan, verdict, {machine, calibration: machine.calibration});
	return {...verdict, ...(speed && {speed})};
}
