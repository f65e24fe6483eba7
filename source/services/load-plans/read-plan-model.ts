import {type Abortable} from '../../types/abortable.js';
import {type InstalledModel} from '../../types/installed-model.js';
import {assertLoadable} from '../formats/gguf/assert-loadable.js';
import {describeGguf} from '../formats/gguf/describe-gguf.js';
import {readGgufHeader} from '../formats/gguf/read-gguf-header.js';
import {weightsOf} from '../formats/gguf/weights-of.js';
import {type PlanModel, planModelOf} from './plan-model.js';

/**
What a load plan depends on, from the headers of all files of a model; they are checked for what llama.cpp ends its process at.
@throws IntegrityError `broken_model`, `not_a_model` or `unsupported_model`.
*/
export async function readPlanModel(model: InstalledModel, {signal}: Abortable): Promise<PlanModel> {
	const header = await readGgufHeader(model.path, {signal});
	const architecture = assertLoadable(header);
	const others = model.files.filter(file => file.role !== 'mmproj' && file.path !== model.path);
	const otherHeaders = await Promise.all(others.map(async file => readGgufHeader(file.path, {signal})));
	const {contextLength} = describeGguf(header);
	return {
		...planModelOf(model),
		architecture,
		weights: weightsOf([header, ...otherHeaders], architecture.blockCount),
		parameters: [header, ...otherHeaders].reduce((sum, one) => sum + describeGguf(one).parameters, 0),
		...(contextLength !== undefined && {contextLength}),
	};
}
