import {type HardwareReport} from '../../types/hardware.js';
import {type LoadPlan} from '../../types/load-plan.js';
import {judgeFit} from '../hardware/judge-fit.js';
import {kindDefaults, modelKindOf} from './model-kind.js';
import {subjectOf} from './need-of.js';
import {type PlanModel} from './plan-model.js';
import {rankOf} from './plan-verdict.js';

/**
What a load begins with because of what the model is for, where nobody says otherwise: a model for embeddings reads short inputs whole; one for code, thoughts or images gets as much of its usual context as has room in the place where the usual one has it. `machine` is asked only where that matters. Empty for a model for chats.
*/
export async function kindPlan(model: PlanModel, usual: LoadPlan, machine: () => Promise<Pick<HardwareReport, 'gpus' | 'memory'>>): Promise<Partial<LoadPlan>> {
	const kind = modelKindOf(model);
	const trained = model.contextLength !== undefined && model.contextLength >= 1 ? model.contextLength : Infinity;
	const useful = Math.min(kindDefaults[kind].usefulContext, trained);
	if (kind === 'embedding') {
		return {contextSize: useful, batchSize: useful};
	}

	if (kind === 'chat' || useful <= usual.contextSize) {
		return {};
	}

	const {gpus, memory} = await machine();
	const rankAt = (contextSize: number): number => rankOf(judgeFit(subjectOf(model, contextSize), {gpus, memory}, {plan: usual}));
	const place = rankAt(usual.contextSize);
	// What has no room as it is gets no more.
	if (place > rankOf({level: 'memory'})) {
		return {};
	}

	const sizes = [1, 2, 4].map(part => Math.ceil(useful / part)).filter(size => size > usual.contextSize);
	const contextSize = sizes.find(size => rankAt(size) <= place);
	return contextSize === undefined ? {} : {contextSize};
}
