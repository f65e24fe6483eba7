import {MemoryError} from '../errors/memory-error.js';
import {RemudaError} from '../errors/remuda-error.js';
import {usualContextLength} from '../services/hardware/margins.js';
import {type PlanModel} from '../services/load-plans/plan-model.js';
import {resolveLoadPlan} from '../services/load-plans/resolve-plan.js';
import {refuseErrors, validatePlan} from '../services/load-plans/validate-plan.js';
import {type Config} from '../types/config.js';
import {type HardwareReport} from '../types/hardware.js';
import {type LoadPlan} from '../types/load-plan.js';
import {type PlanJudgement} from '../types/plan-judgement.js';
import {takeArguments} from './arguments.js';
import {type Command, type CommandContext} from './command.js';
import {findPlanModel} from './find-plan-model.js';
import {formatFits} from './fit-text.js';
import {measureBandwidth} from './measure-bandwidth.js';
import {planFlags, readPlanFlags} from './plan-flags.js';
import {judgementRecord, planRecord} from './plan-records.js';
import {simulatedMachine} from './simulated-machine.js';

/**
A model with what became of the question whether it runs.
*/
export type JudgedModel = {
	readonly reference: string;
	readonly model: PlanModel;
	readonly plan: LoadPlan;
	/**
	By the plan that is kept for it, with what flags change.
	*/
	readonly isStored: boolean;
	readonly judgement: PlanJudgement;
};

/**
The same, or why it could not be asked.
*/
export type FitAnswer = JudgedModel | {readonly reference: string; readonly error: RemudaError; readonly judgement?: undefined};

export const command: Command = {
	usage: ['fit REF… [FLAGS]'],
	description: 'Says whether a model runs on this machine, where, with how much context and how fast, with the sum of what it needs: by the plan that is kept for it, else with 4,096 tokens. '
		+ 'The model need not be here: of hf:OWNER/REPO:QUANT only the header is fetched. Of several models it makes a table.',
	flags: {
		...planFlags,
		simulate: {type: 'string', placeholder: 'MACHINE', description: 'Judge for another machine, for example “RTX 4090, 64 GB”'},
	},
	examples: ['fit starter', 'fit qwen2.5-coder-7b-q5 --context 32768 --kv-cache q8_0', 'fit hf:bartowski/Llama-3.2-1B-Instruct-GGUF:Q4_K_M ./model.gguf', 'fit qwen2.5-coder-14b-q5 --simulate "RTX 4090, 64 GB" --json'],
	exitCodes: {3: 'no such model', 4: 'the hub cannot be reached', 7: 'it does not fit as it was asked for'},
	async run(context) {
		const references = takeArguments(context, {name: 'a model reference', minimum: 1, maximum: 100});
		const given = readPlanFlags(context.flags);
		const machine = await simulatedMachine(context);
		if (machine === undefined) {
			await measureBandwidth(context);
		}

		const answers: FitAnswer[] = [];
		for (const reference of references) {
			// eslint-disable-next-line no-await-in-loop -- one after the other, so that a hub is not asked for many at once
			answers.push(await answer(context, reference, {given, machine, isOnly: references.length === 1}));
		}

		context.output.result(() => ({
			machine: machine?.simulated?.description,
			models: answers.map(one => one.judgement === undefined
				? {reference: one.reference, error: one.error.toReport()}
				: {
					reference: one.reference, model: one.model.id, plan: planRecord(one.plan), ...judgementRecord(one.judgement),
				}),
		}), () => formatFits(answers, {machine, width: context.output.width}));
		throwFirst(answers);
	},
};

/**
One that could not be asked does not keep the others from being told.
*/
async function answer(context: CommandContext, reference: string, {isOnly, ...request}: JudgeRequest & {readonly isOnly: boolean}): Promise<FitAnswer> {
	try {
		return await judge(context, reference, request);
	} catch (error) {
		if (isOnly || !(error instanceof RemudaError) || context.signal.aborted) {
			throw error;
		}

		return {reference, error};
	}
}

function throwFirst(answers: readonly FitAnswer[]): void {
	const missing = answers.find(({judgement}) => judgement === undefined);
	if (missing !== undefined && missing.judgement === undefined) {
		throw missing.error;
	}

	const failed = answers.find(({judgement}) => judgement?.verdict.level === 'none' || judgement?.verdict.level === 'less-context');
	if (failed?.judgement === undefined) {
		return;
	}

	const {model, judgement: {verdict}} = failed;
	throw new MemoryError(`${model.name} does not fit as it was asked for.`, {
		code: 'does_not_fit',
		hint: verdict.level === 'less-context' ? `--context ${verdict.contextLength} fits.` : verdict.advice[0] ?? 'Choose a smaller model: remuda hardware lists those that fit.',
	});
}

type JudgeRequest = {
	readonly given: Partial<LoadPlan>;
	readonly machine: HardwareReport | undefined;
};

async function judge(context: CommandContext, reference: string, {given, machine}: JudgeRequest): Promise<JudgedModel> {
	const {signal} = context;
	const model = await findPlanModel(context, reference);
	const {loadPlans, config, hardware} = await context.services();
	const stored = machine === undefined ? await loadPlans.get(model.id) : undefined;
	const planned = machine ?? await hardware.probe({signal});
	const settings = config.current().engine;
	const plan = resolveLoadPlan({
		contextSize: Math.min(usualContextLength, model.contextLength ?? usualContextLength), ...stored?.plan, ...given,
	}, machine === undefined ? settings : asUsual(settings), planned);
	// As a load would refuse it; whether it has room is the question.
	refuseErrors(validatePlan(plan, model, {...planned, memory: undefined}).filter(({field}) => Object.hasOwn(given, field)), model.name);
	return {
		reference, model, plan, isStored: stored !== undefined, judgement: await loadPlans.judge(model, plan, {signal, machine}),
	};
}

/**
What the config says of GPU and threads is about this machine, not about one that was described.
*/
function asUsual(settings: Config['engine']): Config['engine'] {
	return {...settings, gpu: 'auto', threads: 0};
}
