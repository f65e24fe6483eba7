import {MemoryError} from '../../errors/memory-error.js';
import {formatInteger} from '../../format/number.js';
import {type LoadPlan} from '../../types/load-plan.js';
import {type PlanModel} from './plan-model.js';
import {retryNotice, smallerPlans} from './smaller-plans.js';

/**
Calls `load` with a plan, and where that does not fit in memory with smaller ones; each is told before it is tried.
@throws MemoryError `out_of_memory` with what `advise` says, if none fits; anything else that `load` throws.
*/
export async function loadWithRetries<Loaded>(plan: LoadPlan, {model, fixed, load, advise, onNotice}: {
	readonly model: PlanModel;
	/**
	What may not be changed.
	*/
	readonly fixed: ReadonlySet<keyof LoadPlan>;
	readonly load: (plan: LoadPlan) => Promise<Loaded>;
	readonly advise: () => Promise<string>;
	readonly onNotice: (sentence: string) => void;
}): Promise<{readonly loaded: Loaded; readonly plan: LoadPlan}> {
	const tried: LoadPlan[] = [];
	const attempt = async (current: LoadPlan, smaller: readonly LoadPlan[]): Promise<{readonly loaded: Loaded; readonly plan: LoadPlan}> => {
		tried.push(current);
		try {
			return {loaded: await load(current), plan: current};
		} catch (error) {
			if (!(error instanceof MemoryError)) {
				throw error;
			}

			const [next, ...rest] = smaller;
			if (next === undefined) {
				throw new MemoryError(triedInWords(error.message, tried), {code: error.code, hint: await advise(), cause: error});
			}

			onNotice(retryNotice(model.name, current, next));
			return attempt(next, rest);
		}
	};

	return attempt(plan, smallerPlans(plan, model, fixed));
}

function triedInWords(message: string, plans: readonly LoadPlan[]): string {
	return plans.length === 1 ? message : `${message} Tried in vain: ${plans.map(({contextSize, kvCacheType}) => `${formatInteger(contextSize)} tokens in ${kvCacheType}`).join('; ')}.`;
}
