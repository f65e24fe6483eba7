import {NotFoundError} from '../errors/not-found-error.js';
import {UsageError} from '../errors/usage-error.js';
import {type PlanModel, planModelOfRegistry} from '../services/load-plans/plan-model.js';
import {llamaServerCommand} from '../services/load-plans/llama-server-command.js';
import {readPlanModel} from '../services/load-plans/read-plan-model.js';
import {findTemplate} from '../services/load-plans/templates/list-templates.js';
import {type InstalledModel} from '../types/installed-model.js';
import {type LoadPlan, type PlanGoal} from '../types/load-plan.js';
import {ArgumentError} from './argument-error.js';
import {takeArguments} from './arguments.js';
import {type Command, type CommandContext} from './command.js';
import {textFlag, valueFlag} from './flags.js';
import {planFlags, readPlanFlags} from './plan-flags.js';
import {
	judgementRecord,
	measurementRecord,
	optimizedRecord,
	storedRecord,
} from './plan-records.js';
import {formatOptimized, formatStored} from './plan-text.js';
import {simulatedMachine} from './simulated-machine.js';

const goals: readonly PlanGoal[] = ['performance', 'memory', 'quality'];

export const command: Command = {
	usage: ['optimize REF [--for GOAL] [--save] [FLAGS]', 'optimize REF --show', 'optimize REF --reset'],
	description: 'Works out how to load a model: context, GPU layers, batch, threads, KV cache, and why. A plan that is saved counts for run, chat, bench and the app; flags go before it. '
		+ 'A model of the registry need not be installed, unless its plan is to be saved.',
	flags: {
		for: {type: 'string', placeholder: 'GOAL', description: 'performance (the default), memory or quality'},
		template: {type: 'string', placeholder: 'NAME', description: 'Take context and batch of a configuration template'},
		...planFlags,
		simulate: {type: 'string', placeholder: 'MACHINE', description: 'Plan for another machine, for example “RTX 4090, 64 GB”; such a plan cannot be saved'},
		save: {type: 'boolean', description: 'Keep the plan for this model'},
		show: {type: 'boolean', description: 'Show the plan that is kept, and what loads of the model took'},
		reset: {type: 'boolean', description: 'Forget the plan that is kept'},
	},
	examples: ['optimize starter', 'optimize qwen2.5-coder-7b-q5 --for quality --save', 'optimize qwen2.5-coder-14b-q5 --simulate "RTX 4090, 64 GB"', 'optimize starter --show'],
	exitCodes: {3: 'no such model, or no such template'},
	async run(context) {
		const [reference] = takeArguments(context, {name: 'a model reference', minimum: 1, maximum: 1});
		const {flags} = context;
		const goal = valueFlag(flags, 'for', {wanted: goals.join(', '), read: text => goals.find(name => name === text.toLowerCase())}) ?? 'performance';
		const given = readPlanFlags(flags);
		const actions = ['save', 'show', 'reset'].filter(name => flags[name] === true);
		if (actions.length > 1) {
			throw new ArgumentError(`--${actions[0]} and --${actions[1]} exclude each other.`, {code: 'conflicting_flags'});
		}

		if (flags.save === true && flags.simulate !== undefined) {
			throw new ArgumentError('A plan for a simulated machine cannot be saved: it is not for this one.', {code: 'conflicting_flags'});
		}

		const found = await findModel(context, reference!);
		if (flags.reset === true) {
			await reset(context, found);
		} else if (flags.show === true) {
			await show(context, found);
		} else {
			await optimize(context, found, goal, given);
		}
	},
};

type FoundModel = {
	readonly model: PlanModel;
	/**
	Missing for a model that is only in the registry.
	*/
	readonly installed?: InstalledModel;
};

async function findModel(context: CommandContext, reference: string): Promise<FoundModel> {
	const {inventory, registry} = await context.services();
	try {
		const installed = await inventory.find(reference);
		return {model: await readPlanModel(installed, {signal: context.signal}), installed};
	} catch (error) {
		const known = registry.models.find(({id}) => id === reference);
		if (known === undefined || !(error instanceof NotFoundError) || context.flags.save === true) {
			throw error;
		}

		return {model: planModelOfRegistry(known)};
	}
}

async function optimize(context: CommandContext, {model, installed}: FoundModel, goal: PlanGoal, given: Partial<LoadPlan>): Promise<void> {
	const {loadPlans, config} = await context.services();
	const machine = await simulatedMachine(context);
	const templateName = textFlag(context.flags, 'template');
	const template = templateName === undefined || templateName === '' ? {} : findTemplate(config.current(), templateName).plan;
	const optimized = await loadPlans.optimize(model, {goal, constraints: {...template, ...given}, machine}, {signal: context.signal});
	const errors = optimized.findings.filter(({severity}) => severity === 'error');
	const isSaved = context.flags.save === true;
	if (isSaved && errors.length > 0) {
		throw new UsageError(`This plan is not kept: ${errors.map(({message}) => message).join(' ')}`, {code: 'invalid_plan', hint: errors.map(({suggestion}) => suggestion).join(' ')});
	}

	if (isSaved) {
		await loadPlans.save({
			modelId: model.id, plan: optimized.plan, goal, savedAt: new Date().toISOString(),
		});
	}

	const serverCommand = installed && llamaServerCommand(installed.path, optimized.expertsInMemory ?? optimized.plan);
	context.output.result(() => ({
		model: model.id, ...optimizedRecord(optimized), saved: isSaved, llamaServerCommand: serverCommand,
	}), () => [
		`${model.name} for ${goal}${machine?.simulated === undefined ? '' : ` on ${machine.simulated.description}`}`,
		formatOptimized(optimized, context.output),
		...(optimized.expertsInMemory !== undefined && serverCommand !== undefined ? [`With experts in memory, by llama.cpp’s own server:\n  ${serverCommand}`] : []),
		isSaved ? 'Kept: run, chat, bench and the app load the model so.' : 'Not kept; --save keeps it.',
	].join('\n\n'));
}

async function show(context: CommandContext, {model}: FoundModel): Promise<void> {
	const {loadPlans} = await context.services();
	const stored = await loadPlans.get(model.id);
	if (stored === undefined) {
		throw new NotFoundError(`No plan is kept for ${model.id}.`, {code: 'no_plan', hint: `remuda optimize ${model.id} --save makes one.`});
	}

	const [judgement, measurements] = await Promise.all([loadPlans.judge(model, stored.plan, {signal: context.signal}), loadPlans.measurements(model.id)]);
	context.output.result(
		() => ({
			model: model.id, ...storedRecord(stored), ...judgementRecord(judgement), measurements: measurements.map(measurement => measurementRecord(measurement)),
		}),
		() => [model.name, formatStored(stored, judgement, measurements)].join('\n\n'),
	);
}

async function reset(context: CommandContext, {model}: FoundModel): Promise<void> {
	const {loadPlans} = await context.services();
	const wasKept = await loadPlans.reset(model.id);
	context.output.result(() => ({model: model.id, reset: wasKept}), () => wasKept ? `The plan of ${model.id} is forgotten; the config counts again.` : `No plan was kept for ${model.id}.`);
}
