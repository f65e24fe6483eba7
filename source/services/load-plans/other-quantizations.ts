import {formatBytes} from '../../format/bytes.js';
import {type LoadPlan} from '../../types/load-plan.js';
import {bitsPerWeightOf} from '../hardware/estimate-file-size.js';
import {type PlanModel} from './plan-model.js';
import {
	hasRoom,
	type JudgedMachine,
	rankOf,
	verdictOf,
} from './plan-verdict.js';

// Those that are published for nearly every model, the largest first.
const usual = ['Q8_0', 'Q6_K', 'Q5_K_M', 'Q4_K_M', 'Q3_K_M', 'Q2_K'];

/**
What another quantization of the same model would bring with the same plan: a smaller one where this one has no room or not the best place, else a larger one that still has room where this one is. Sizes are computed from bits per weight: of this one those of its file, or where its number of weights is not known those of its quantization; nothing is said where neither is.
*/
export function otherQuantization(model: PlanModel, plan: LoadPlan, machine: JudgedMachine): string | undefined {
	const own = model.parameters === undefined || model.parameters <= 0 ? bitsPerWeightOf(model.quantization) : model.weightBytes * 8 / model.parameters;
	if (own === undefined) {
		return undefined;
	}

	const here = verdictOf(model, plan, machine);
	const {weights: _weights, ...withoutHeader} = model;
	const others = usual
		.filter(quantization => quantization !== model.quantization)
		.map(quantization => {
			const weightBytes = Math.round(model.weightBytes * bitsPerWeightOf(quantization)! / own);
			const verdict = verdictOf({...withoutHeader, weightBytes, quantization}, {...plan, gpuLayers: plan.gpuLayers === 0 ? 0 : 'auto'}, machine);
			return {
				quantization, weightBytes, rank: rankOf(verdict), fits: hasRoom(verdict),
			};
		});
	const larger = others.find(other => other.weightBytes > model.weightBytes * 1.1 && other.fits && other.rank <= rankOf(here));
	const smaller = others.find(other => other.weightBytes < model.weightBytes * 0.9 && other.fits && other.rank < rankOf(here));
	if (smaller !== undefined) {
		return `${smaller.quantization} of the same model, about ${formatBytes(smaller.weightBytes)}, would ${hasRoom(here) ? 'lie in a faster place' : 'fit'}.`;
	}

	// Split over GPU and memory, a larger one only moves more of it to the slower side.
	return larger === undefined || (here.level !== 'gpu' && here.level !== 'memory') ? undefined : `${larger.quantization} of the same model, about ${formatBytes(larger.weightBytes)}, would fit in the same place and answer better, in exchange for speed.`;
}
