import {NotFoundError} from '../errors/not-found-error.js';
import {assertLoadable} from '../services/formats/gguf/assert-loadable.js';
import {describeGguf} from '../services/formats/gguf/describe-gguf.js';
import {weightsOf} from '../services/formats/gguf/weights-of.js';
import {type PlanModel, planModelOfRegistry} from '../services/load-plans/plan-model.js';
import {readPlanModel} from '../services/load-plans/read-plan-model.js';
import {parseModelReference} from '../services/references/parse-model-reference.js';
import {type ModelReference} from '../types/model-reference.js';
import {type CommandContext} from './command.js';
import {findInstalled} from './find-installed.js';
import {suggest} from './suggest.js';

/**
What decides memory and speed of a model that a reference names: installed or a local file, from its headers; of the registry, from what the registry says; on the hub, from the headers of its files, without fetching any weights.
@throws NotFoundError `model_not_found`, and as the inventory and the sources.
*/
export async function findPlanModel(context: CommandContext, text: string): Promise<PlanModel> {
	const reference = parseModelReference(text);
	const {inventory, registry} = await context.services();
	const installed = await findInstalled(inventory, text);
	if (installed !== undefined) {
		return readPlanModel(installed, {signal: context.signal});
	}

	const known = reference.kind === 'id' ? registry.find(reference.id) : undefined;
	if (known !== undefined) {
		return planModelOfRegistry(known);
	}

	// A file is not fetched: the inventory says what is wrong with its path.
	if (reference.kind === 'file' || reference.kind === 'starter') {
		return readPlanModel(await inventory.find(text), {signal: context.signal});
	}

	if (reference.kind !== 'id') {
		return fetchPlanModel(context, reference);
	}

	const closest = suggest(text, [...await inventory.list(), ...registry.models].map(({id}) => id));
	throw new NotFoundError(`No model is called “${text}”.`, {
		code: 'model_not_found',
		hint: closest === undefined ? 'remuda list --all shows the registry, remuda search QUERY looks on Hugging Face.' : `Did you mean ${closest}?`,
	});
}

async function fetchPlanModel(context: CommandContext, reference: ModelReference): Promise<PlanModel> {
	const {sources} = await context.services();
	const {signal} = context;
	const {repository, revision, name, quantization, files, modelId} = await sources.resolve(reference, {signal});
	const weightFiles = files.filter(({role}) => role !== 'mmproj');
	const headers = await Promise.all(weightFiles.map(async file => sources.header({
		repository, revision, path: file.path, sizeBytes: file.sizeBytes,
	}, {signal})));
	const architecture = assertLoadable(headers[0]!);
	const {contextLength} = describeGguf(headers[0]!);
	const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
	return {
		id: modelId,
		name,
		quantization,
		weightBytes: sum(weightFiles.map(({sizeBytes}) => sizeBytes)),
		architecture,
		weights: weightsOf(headers, architecture.blockCount),
		parameters: sum(headers.map(header => describeGguf(header).parameters)),
		readsImages: files.some(({role}) => role === 'mmproj'),
		...(contextLength !== undefined && {contextLength}),
	};
}
