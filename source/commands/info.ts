import {NotFoundError} from '../errors/not-found-error.js';
import {RemudaError} from '../errors/remuda-error.js';
import {type Services} from '../services/services.js';
import {usualContextLength} from '../services/hardware/margins.js';
import {planModelOf, planModelOfRegistry, type PlanModel} from '../services/load-plans/plan-model.js';
import {readPlanModel} from '../services/load-plans/read-plan-model.js';
import {resolveLoadPlan} from '../services/load-plans/resolve-plan.js';
import {parseModelReference} from '../services/references/parse-model-reference.js';
import {type InstalledModel} from '../types/installed-model.js';
import {type RegistryModel} from '../types/registry-model.js';
import {type ModelDetails, type Variant} from '../types/search.js';
import {type Fit} from '../types/speed.js';
import {takeArguments} from './arguments.js';
import {type Command, type CommandContext} from './command.js';
import {findInstalled} from './find-installed.js';
import {formatInfo} from './info-text.js';
import {verdictRecord} from './measurement-records.js';
import {
	detailsRecord,
	installedRecord,
	registryRecord,
	variantRecord,
} from './records.js';
import {suggest} from './suggest.js';

/**
What is known about one model, from up to three places.
*/
export type ModelInfo = {
	readonly reference: string;
	readonly installed?: InstalledModel;
	readonly registry?: RegistryModel;
	readonly details?: ModelDetails;
	/**
	Of the one model, where the reference names one and not a repository.
	*/
	readonly verdict?: Fit;
	readonly variants: ReadonlyArray<{readonly variant: Variant; readonly verdict: Fit}>;
};

export const command: Command = {
	usage: ['info REF'],
	description: 'An installed model or one of the registry is described offline; for hf:OWNER/REPO the hub is asked for all variants.',
	flags: {},
	examples: ['info qwen2.5-coder-7b-q5', 'info hf:bartowski/Llama-3.2-1B-Instruct-GGUF', 'info starter --json'],
	exitCodes: {3: 'no such model', 4: 'the hub cannot be reached', 8: 'a token or an accepted licence is missing'},
	async run(context) {
		const [reference] = takeArguments(context, {name: 'a model reference', minimum: 1, maximum: 1});
		const info = await collect(context, reference!);
		context.output.result(() => ({
			reference: info.reference,
			installed: info.installed && installedRecord(info.installed),
			registry: info.registry && registryRecord(info.registry, info.installed !== undefined),
			repository: info.details && detailsRecord(info.details),
			fit: info.verdict && verdictRecord(info.verdict),
			variants: info.variants.map(({variant, verdict}) => ({...variantRecord(variant), fit: verdictRecord(verdict)})),
		}), () => formatInfo(info, context.output.width));
	},
};

async function collect(context: CommandContext, text: string): Promise<ModelInfo> {
	const reference = parseModelReference(text);
	const services = await context.services();
	const installed = await findInstalled(services.inventory, text);
	const registry = reference.kind === 'id' ? services.registry.find(reference.id) : undefined;
	// Other sources than the hub say for themselves what is to be done.
	const isHere = ['id', 'starter', 'file'].includes(reference.kind);
	const details = isHere || (installed !== undefined && reference.kind !== 'hugging-face') ? undefined : await services.sources.details(reference, {signal: context.signal});
	if (installed === undefined && registry === undefined && details === undefined) {
		throw await notFound(services, text);
	}

	const judge = await judgeAsUsual(context);
	const model = installed === undefined ? registry && planModelOfRegistry(registry) : await planModelWithHeader(installed, context);
	return {
		reference: text,
		...(installed !== undefined && {installed}),
		...(registry !== undefined && {registry}),
		...(details !== undefined && {details}),
		...(model !== undefined && {verdict: await judge(model)}),
		variants: details === undefined ? [] : await Promise.all(details.variants.map(async variant => ({variant, verdict: await judge(variantModel(details, variant))}))),
	};
}

/**
As `remuda fit` judges without flags.
*/
async function judgeAsUsual(context: CommandContext): Promise<(model: PlanModel) => Promise<Fit>> {
	const {loadPlans, config, hardware} = await context.services();
	const {signal} = context;
	const machine = await hardware.probe({signal});
	return async model => {
		const plan = resolveLoadPlan({contextSize: Math.min(usualContextLength, model.contextLength ?? usualContextLength)}, config.current().engine, machine);
		const {verdict} = await loadPlans.judge(model, plan, {signal});
		return verdict;
	};
}

// A file that is broken or gone is described all the same.
async function planModelWithHeader(installed: InstalledModel, {signal}: CommandContext): Promise<PlanModel> {
	try {
		return await readPlanModel(installed, {signal});
	} catch (error) {
		signal.throwIfAborted();
		if (error instanceof RemudaError || (error as NodeJS.ErrnoException).code !== undefined) {
			return planModelOf(installed);
		}

		throw error;
	}
}

function variantModel({architecture, contextLength, parameters}: ModelDetails, {ref, quantization, files}: Variant): PlanModel {
	return {
		id: ref,
		name: ref,
		quantization,
		weightBytes: files.reduce((sum, {role, sizeBytes}) => sum + (role === 'mmproj' ? 0 : sizeBytes), 0),
		...(architecture !== undefined && {architecture}),
		...(contextLength !== undefined && {contextLength}),
		...(parameters !== undefined && {parameters}),
	};
}

async function notFound({inventory, registry}: Services, text: string): Promise<Error> {
	const installed = await inventory.list();
	const closest = suggest(text, [...installed, ...registry.models].map(({id}) => id));
	return new NotFoundError(`No model is called “${text}”.`, {
		code: 'model_not_found',
		hint: closest === undefined ? 'remuda list --all shows the registry, remuda search QUERY looks on Hugging Face.' : `Did you mean ${closest}?`,
	});
}
