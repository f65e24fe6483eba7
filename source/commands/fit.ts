import {MemoryError} from '../errors/memory-error.js';
import {resolveLoadPlan} from '../services/load-plans/resolve-plan.js';
import {usualContextLength} from '../services/hardware/margins.js';
import {type PlanModel} from '../services/load-plans/plan-model.js';
import {type Config} from '../types/config.js';
import {type HardwareReport} from '../types/hardware.js';
import {type LoadPlan} from '../types/load-plan.js';
import {type PlanJudgement} from '../types/plan-judgement.js';
import {takeArguments} from './arguments.js';
import {type Command, type CommandContext} from './command.js';
import {findPlanModel} from './find-plan-model.js';
import {formatFits} from './fit-text.js';
import {planFlags, readPlanFlags} from './plan-flags.js';
import {judgementRecord} from './plan-records.js';
import {simulatedMachine} from './simulated-machine.js';

/**
A model with what became of the question whether it runs.
*/
export type JudgedModel = {
	readonly reference: string;
	readonly model: PlanModel;
	readonly judgement: PlanJudgement;
};

export const command: Command = {
	usage: ['fit REF… [FLAGS]'],
	description: 'Says whether a model runs on this machine, where, with how much context and how fast, with the sum of what it needs. The model need not be here: of hf:OWNER/REPO:QUANT only the header is fetched. Of several models it makes a table.',
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
		const judged: JudgedModel[] = [];
		for (const reference of references) {
			// eslint-disable-next-line no-await-in-loop -- one after the other, so that a hub is not asked for many at once
			judged.push(await judge(context, reference, given, machine));
		}

		context.output.result(() => ({
			machine: machine?.simulated?.description,
			models: judged.map(({reference, model, judgement}) => ({reference, model: model.id, ...judgementRecord(judgement)})),
		}), () => formatFits(judged, {machine, width: context.output.width}));
		const failed = judged.find(({judgement: {verdict}}) => verdict.level === 'none' || verdict.level === 'less-context');
		if (failed === undefined) {
			return;
		}

		const {model, judgement: {verdict}} = failed;
		throw new MemoryError(`${model.name}: ${verdict.reason}`, {code: 'does_not_fit', ...(verdict.advice[0] !== undefined && {hint: verdict.advice[0]})});
	},
};

/**
What the config says of GPU and threads is about this machine, not about one that was described.
*/
function asUsual(settings: Config['engine']): Config['engine'] {
	return {...settings, gpu: 'auto', threads: 0};
}

async function judge(context: CommandContext, reference: string, given: Partial<LoadPlan>, machine: HardwareReport | undefined): Promise<JudgedModel> {
	const model = await findPlanModel(context, reference);
	const {loadPlans, config, hardware} = await context.services();
	const planned = machine ?? await hardware.probe({signal: context.signal});
	const plan = resolveLoadPlan({contextSize: Math.min(usualContextLength, model.contextLength ?? usualContextLength), ...given}, machine === undefined ? config.current().engine : asUsual(config.current().engine), planned);
	return {reference, model, judgement: await loadPlans.judge(model, plan, {signal: context.signal, machine})};
}
