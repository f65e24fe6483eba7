import {type LoadPlan, type PlanFinding} from '../../../types/load-plan.js';
import {type PlanMachine} from '../plan-machine.js';
import {type PlanModel} from '../plan-model.js';

/**
Says what is wrong with one aspect of a plan; undefined where nothing is.
*/
export type Rule = (plan: LoadPlan, model: PlanModel, machine: PlanMachine) => PlanFinding | undefined;
