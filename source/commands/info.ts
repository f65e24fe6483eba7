import {NotFoundError} from '../errors/not-found-error.js';
import {type Services} from '../services/services.js';
import {fitSubjectOf} from '../services/hardware/fit-subject-of.js';
import {judgeFit} from '../services/hardware/judge-fit.js';
import {usualContextLength} from '../services/hardware/margins.js';
import {parseModelReference} from '../services/references/parse-model-reference.js';
import {type FitSubject, type FitVerdict} from '../types/fit.js';
import {type InstalledModel} from '../types/installed-model.js';
import {type RegistryModel} from '../types/registry-model.js';
import {type ModelDetails, type Variant} from '../types/search.js';
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
	readonly verdict?: FitVerdict;
	readonly variants: ReadonlyArray<{readonly variant: Variant; readonly verdict: FitVerdict}>;
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

	const machine = await services.hardware.probe({signal: context.signal});
	const subject = subjectOf(installed, registry);
	return {
		reference: text,
		...(installed !== undefined && {installed}),
		...(registry !== undefined && {registry}),
		...(details !== undefined && {details}),
		...(subject !== undefined && {verdict: judgeFit(subject, machine)}),
		variants: details === undefined ? [] : details.variants.map(variant => ({variant, verdict: judgeFit(variantSubject(details, variant), machine)})),
	};
}

function subjectOf(installed: InstalledModel | undefined, registry: RegistryModel | undefined): FitSubject | undefined {
	if (installed !== undefined) {
		const {sizeBytes, architecture, contextLength = usualContextLength} = installed;
		return fitSubjectOf({fileSize: sizeBytes, contextWindow: contextLength, ...(architecture !== undefined && {architecture})});
	}

	return registry && fitSubjectOf(registry);
}

function variantSubject({architecture, contextLength = usualContextLength}: ModelDetails, {sizeBytes}: Variant): FitSubject {
	return fitSubjectOf({fileSize: sizeBytes, contextWindow: contextLength, ...(architecture !== undefined && {architecture})});
}

async function notFound({inventory, registry}: Services, text: string): Promise<Error> {
	const installed = await inventory.list();
	const closest = suggest(text, [...installed, ...registry.models].map(({id}) => id));
	return new NotFoundError(`No model is called “${text}”.`, {
		code: 'model_not_found',
		hint: closest === undefined ? 'remuda list --all shows the registry, remuda search QUERY looks on Hugging Face.' : `Did you mean ${closest}?`,
	});
}
