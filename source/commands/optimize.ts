import {MemoryError} from '../errors/memory-error.js';
import {NotFoundError} from '../errors/not-found-error.js';
import {UsageError} from '../errors/usage-error.js';
import {type PlanModel} from '../services/load-plans/plan-model.js';
import {llamaServerCommand} from '../services/load-plans/llama-server-command.js';
import {refuseErrors} from '../services/load-plans/validate-plan.js';
import {findTemplate} from '../services/load-plans/templates/list-templates.js';
import {type ConfigurationTemplate} from '../types/configuration-template.js';
import {type InstalledModel} from '../types/installed-model.js';
import {type LoadPlan, type PlanGoal} from '../types/load-plan.js';
import {ArgumentError} from './argument-error.js';
import {takeArguments} from './arguments.js';
import {type Command, type CommandContext} from './command.js';
import {findInstalled} from './find-installed.js';
import {findPlanModel} from './find-plan-model.js';
import {formatMachine} from './fit-text.js';
import {textFlag, valueFlag} from './flags.js';
import {measureBandwidth} from './measure-bandwidth.js';
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
		+ 'A model of the registry or of the hub need not be installed, unless its plan is to be saved.',
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
	exitCodes: {2: 'what is given cannot be', 3: 'no such model, or no such template', 7: 'the model does not fit, however it is loaded'},
	async run(context) {
		const [reference] = takeArguments(context, {name: 'a model reference', minimum: 1, maximum: 1});
		const {flags} = context;
		const goal = valueFlag(flags, 'for', {wanted: goals.join(', '), read: text => goals.find(name => name === text.toLowerCase())}) ?? 'performance';
		const given = readPlanFlags(flags);
		const actions = ['save', 'show', 'reset'].filter(name => flags[name] === true);
		if (actions.length > 1) {
			throw new ArgumentError(`--${actions[0]} and --${actions[1]} exclude each other.`, {code: 'conflicting_flags', hint: 'Leave one of them out.'});
		}

		const other = ['save', 'show', 'reset'].find(name => flags[name] === true);
		if (other !== undefined && flags.simulate !== undefined) {
			throw new ArgumentError(`--${other} is about this machine, and --simulate about another one.`, {code: 'conflicting_flags', hint: 'Leave one of them out.'});
		}

		const {inventory} = await context.services();
		const installed = await findInstalled(inventory, reference!);
		if (other !== undefined && installed === undefined) {
			// Says what is missing.
			await inventory.find(reference!);
		}

		const model = await findPlanModel(context, reference!);
		if (flags.reset === true) {
			await reset(context, model);
		} else if (flags.show === true) {
			await show(context, model);
		} else {
			await optimize(context, {
				model, installed, goal, given,
			});
		}
	},
};

async function optimize(context: CommandContext, {model, installed, goal, given}: {
	readonly model: PlanModel;
	readonly installed: InstalledModel | undefined;
	readonly goal: PlanGoal;
	readonly given: Partial<LoadPlan>;
}): Promise<void> {
	const {loadPlans, config} = await context.services();
	const machine = await simulatedMachine(context);
	if (machine === undefined) {
		await measureBandwidth(context);
	}

	const templateName = textFlag(context.flags, 'template');
	const template = templateName === undefined || templateName === '' ? undefined : findTemplate(config.current(), templateName);
	const worked = await loadPlans.optimize(model, {goal, constraints: {...template?.plan, ...given}, machine}, {signal: context.signal});
	const optimized = {...worked, reasons: {...worked.reasons, ...templateReasons(template, given)}};
	// As a load would refuse it.
	refuseErrors(optimized.findings.filter(({field}) => Object.hasOwn(given, field)), model.name);
	const {level, streamable} = optimized.verdict;
	// One that is read from the disk again and again may be kept by somebody who wants that.
	const isPossible = level !== 'none' || streamable !== undefined;
	const errors = optimized.findings.filter(({severity}) => severity === 'error');
	const isSaved = context.flags.save === true && isPossible;
	if (isSaved && errors.length > 0) {
		throw new UsageError(`This plan is not kept: ${errors.map(({message}) => message).join(' ')}`, {code: 'invalid_plan', hint: errors.map(({suggestion}) => suggestion).join(' ')});
	}

	if (isSaved) {
		await loadPlans.save({
			modelId: model.id, plan: optimized.plan, goal, savedAt: new Date().toISOString(),
		});
	}

	const serverCommand = installed && llamaServerCommand(installed.path, optimized.expertsInMemory ?? optimized.plan);
	const canBeSaved = level !== 'none' && machine === undefined && installed !== undefined;
	context.output.result(() => ({
		model: model.id, ...optimizedRecord(optimized), saved: isSaved, llamaServerCommand: serverCommand,
	}), () => [
		`${model.name} for ${goal}`,
		...formatMachine(machine, context.output.width),
		formatOptimized(optimized, context.output),
		...(optimized.expertsInMemory !== undefined && serverCommand !== undefined ? [`With experts in memory, by llama.cpp’s own server:\n  ${serverCommand}`] : []),
		...(isSaved ? ['Kept: run, chat, bench and the app load the model so.'] : (canBeSaved ? ['Not kept; --save keeps it.'] : [])),
	].join('\n\n'));
	if (level === 'none' && !isSaved) {
		throw new MemoryError(`${model.name} does not fit, however it is loaded.`, {code: 'does_not_fit', hint: optimized.recommendations[0] ?? 'Choose a smaller model: remuda hardware lists those that fit.'});
	}
}

/**
Nobody gave them but the template.
*/
function templateReasons(template: ConfigurationTemplate | undefined, given: Partial<LoadPlan>): Partial<Record<keyof LoadPlan, string>> {
	return template === undefined
		? {}
		: Object.fromEntries(Object.keys(template.plan).filter(field => !Object.hasOwn(given, field)).map(field => [field, `Of the template ${template.name}.`]));
}

async function show(context: CommandContext, model: PlanModel): Promise<void> {
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
		() => [model.name, formatStored(stored, judgement, {measurements, width: context.output.width})].join('\n\n'),
	);
}

async function reset(context: CommandContext, model: PlanModel): Promise<void> {
	const {loadPlans} = await context.services();
	const wasKept = await loadPlans.reset(model.id);
	context.output.result(() => ({model: model.id, reset: wasKept}), () => wasKept ? `The plan of ${model.id} is forgotten; the config counts again.` : `No plan was kept for ${model.id}.`);
}
