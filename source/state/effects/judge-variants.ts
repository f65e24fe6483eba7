import {type PlanModel} from '../../services/load-plans/plan-model.js';
import {type HardwareReport} from '../../types/hardware.js';
import {type ModelDetails, type Variant} from '../../types/search.js';
import {type Fits} from '../reducers/browse.js';
import {type EffectContext} from './effect.js';
import {judgeFor, type Judge} from './fit-of.js';

/**
A verdict for every variant of a repository, by the variant's reference.
*/
export function judgeVariants(details: ModelDetails, judge: Judge): Fits {
	return new Map(details.variants.map(variant => [variant.ref, judge(planModelOfVariant(details, variant))]));
}

/**
The same for every repository whose details are there.
*/
export function judgeKnownVariants(report: HardwareReport, context: Pick<EffectContext, 'services' | 'getState'>): Fits {
	const judge = judgeFor(report, context);
	return new Map(context.getState().browse.details.values().flatMap(entry => (entry.status === 'ready' ? judgeVariants(entry.details, judge) : [])));
}

function planModelOfVariant({repository, architecture, contextLength, parameters, tags}: ModelDetails, {ref, quantization, sizeBytes, files}: Variant): PlanModel {
	return {
		id: ref,
		name: repository,
		quantization,
		weightBytes: sizeBytes,
		readsImages: files.some(({role}) => role === 'mmproj'),
		tags,
		...(architecture !== undefined && {architecture}),
		...(contextLength !== undefined && {contextLength}),
		...(parameters !== undefined && {parameters}),
	};
}
