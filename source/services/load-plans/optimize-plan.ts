import {
	type KvCacheType,
	type LoadPlan,
	type PlanGoal,
} from '../../types/load-plan.js';
import {type OptimizedPlan} from '../../types/plan-judgement.js';
import {type Fit} from '../../types/speed.js';
import {largestContext} from '../hardware/fit/largest-context.js';
import {explainPlan} from './explain-plan.js';
import {judgePlan} from './judge-plan.js';
import {type KindDefaults, kindDefaults, modelKindOf} from './model-kind.js';
import {usualThreads} from './plan-machine.js';
import {type PlanModel} from './plan-model.js';
import {
	hasRoom,
	type JudgedMachine,
	rankOf,
	verdictOf,
} from './plan-verdict.js';
import {recommend} from './recommend.js';
import {canQuantizeCache} from './rules/cache-rules.js';

export type OptimizeRequest = {
	readonly model: PlanModel;
	readonly machine: JudgedMachine;
	readonly goal: PlanGoal;
	/**
	What is decided already: by the user, by a template, or by the config.
	*/
	readonly constraints?: Partial<LoadPlan>;
};

type Candidate = {
	readonly plan: LoadPlan;
	readonly verdict: Fit;
};

const usualBatch = 512;
// The logits of a batch are most of the compute buffer; 64 tokens keep it small and a prompt still quick.
const smallBatch = 64;
// Of a model that does not say what it was trained for.
const usualTrainedContext = 32_768;
// Speeds nearer than this are the same: no estimate is better.
const sameSpeed = 0.05;
// Where the cache in 8 bits is still more than this share of all, 4 bits are worth their price.
const largeCacheShare = 0.1;

/**
The load plan that serves a goal best, with what it would come to and why. Pure.

- `performance`: the highest estimated speed of generation with the context that models of this kind are used with; less context, a smaller cache or batch, or no layer on the GPU only where that is faster by more than estimates differ.
- `memory`: what takes the least and still works: the least useful context, a cache in 8 bits, or in 4 where it would still be more than a tenth of all, and a small batch.
- `quality`: the largest context that has room in the place where the least useful one has it, with the cache in 16 bits.

Where not even that has room, the context is the most that has.
*/
export function optimizePlan(request: OptimizeRequest): OptimizedPlan {
	const {model, machine, goal, constraints = {}} = request;
	const kind = modelKindOf(model);
	const {plan} = choose(candidates(request, kindDefaults[kind]), goal);
	const judgement = judgePlan({model, plan, machine});
	// Layers that are given are to stay as they are.
	const {expertLayersInMemory = 0} = (constraints.gpuLayers ?? 'auto') === 'auto' ? verdictOf(model, {...plan, gpuLayers: 'auto'}, machine) : {};
	const context = {
		plan, model, machine, goal, kind, verdict: judgement.verdict,
	};
	return {
		...judgement,
		plan,
		goal,
		kind,
		reasons: explainPlan({...context, constraints}),
		recommendations: [...recommend(context), ...(expertLayersInMemory > 0 && judgement.verdict.expertLayersInMemory === undefined ? [`llama.cpp’s own server can keep the experts of ${expertLayersInMemory} layers in main memory and everything else on the GPU; Remuda’s engine puts fewer whole layers there instead.`] : [])],
		...(expertLayersInMemory > 0 && {expertsInMemory: {...plan, gpuLayers: judgement.verdict.layerCount, expertLayersInMemory}}),
	};
}

/**
The plans worth a look, those that are to be preferred among equals first; at least one.
*/
function candidates(request: OptimizeRequest, defaults: KindDefaults): readonly Candidate[] {
	const {model, machine, goal} = request;
	const trained = model.contextLength !== undefined && model.contextLength > 0 ? model.contextLength : usualTrainedContext;
	const useful = Math.min(trained, defaults.usefulContext);
	const least = Math.min(trained, defaults.leastContext);
	const smallerCaches: readonly KvCacheType[] = canQuantizeCache(model) ? ['q8_0', 'q4_0'] : ['f16'];
	const small = (): readonly Candidate[] => smallerCaches.map(kvCacheType => candidate(request, {contextSize: least, kvCacheType, batchSize: smallBatch}));
	switch (goal) {
		case 'performance': {
			// Few layers on a slow GPU can cost more than they save.
			const placements: ReadonlyArray<Partial<LoadPlan>> = machine.gpus.length === 0 ? [{}] : [{}, {gpuLayers: 0}];
			const caches: readonly KvCacheType[] = ['f16', ...smallerCaches.slice(0, 1).filter(type => type !== 'f16')];
			const at = (contextSize: number, kvCacheType: KvCacheType): readonly Candidate[] => placements.map(placement => candidate(request, {
				contextSize, kvCacheType, batchSize: usualBatch, ...placement,
			}));
			return [...halvings(useful, least).flatMap(contextSize => caches.flatMap(type => at(contextSize, type))), ...small()];
		}

		case 'memory': {
			return small();
		}

		case 'quality': {
			const at = (contextSize: number): Candidate => candidate(request, {contextSize, kvCacheType: 'f16', batchSize: usualBatch});
			const atLeast = at(least);
			if (!hasRoom(atLeast.verdict)) {
				return [atLeast];
			}

			const contextSize = largestContext(trained, size => rankOf(at(size).verdict) <= rankOf(atLeast.verdict));
			return [at(Math.max(least, contextSize))];
		}
	}
}

/**
A plan that is wanted so, or with the most context that has room where not all of it has, unless it was asked for.
*/
function candidate(request: OptimizeRequest, wanted: WantedPlan): Candidate {
	const asWanted = placed(request, wanted);
	const {level, contextLength} = asWanted.verdict;
	return level === 'less-context' && request.constraints?.contextSize === undefined ? placed(request, {...wanted, contextSize: contextLength}) : asWanted;
}

type WantedPlan = Pick<LoadPlan, 'contextSize' | 'kvCacheType' | 'batchSize'> & Partial<LoadPlan>;

function placed({model, machine, constraints = {}}: OptimizeRequest, wanted: WantedPlan): Candidate {
	// More than it was trained for it never gets.
	const contextSize = Math.min(constraints.contextSize ?? wanted.contextSize, model.contextLength !== undefined && model.contextLength >= 1 ? model.contextLength : Infinity);
	const plan: LoadPlan = {
		gpuLayers: machine.gpus.length === 0 ? 0 : 'auto',
		threads: usualThreads(machine),
		flashAttention: 'auto',
		memoryMap: true,
		memoryLock: false,
		expertLayersInMemory: 0,
		...wanted,
		// An embedding model reads its whole input at once.
		batchSize: modelKindOf(model) === 'embedding' ? contextSize : Math.min(wanted.batchSize, contextSize),
		...constraints,
		contextSize,
	};
	const verdict = verdictOf(model, plan, machine);
	return {plan: {...plan, gpuLayers: constraints.gpuLayers ?? verdict.gpuLayers}, verdict};
}

function choose(all: readonly Candidate[], goal: PlanGoal): Candidate {
	const withRoom = all.filter(({verdict}) => hasRoom(verdict));
	const possible = withRoom.length > 0 ? withRoom : bestPlaced(all);
	switch (goal) {
		case 'performance': {
			const fastest = Math.max(...possible.map(({verdict}) => speedOf(verdict)));
			return possible.find(({verdict}) => speedOf(verdict) >= fastest * (1 - sameSpeed))!;
		}

		case 'memory': {
			const [first] = possible;
			return isCacheLarge(first!.verdict) ? possible.at(-1)! : first!;
		}

		case 'quality': {
			return possible[0]!;
		}
	}
}

/**
Of plans that have no room those that come nearest to it, the most context first.
*/
function bestPlaced(all: readonly Candidate[]): readonly Candidate[] {
	const best = Math.min(...all.map(({verdict}) => rankOf(verdict)));
	return all.filter(({verdict}) => rankOf(verdict) === best).toSorted((a, b) => a.plan.contextSize === b.plan.contextSize ? a.verdict.need.totalBytes - b.verdict.need.totalBytes : b.plan.contextSize - a.plan.contextSize);
}

function isCacheLarge({need}: Fit): boolean {
	const cacheBytes = need.lines.filter(({part}) => part === 'cache').reduce((sum, {bytes}) => sum + bytes, 0);
	return cacheBytes > need.totalBytes * largeCacheShare;
}

/**
Tokens a second; where no speed is known a better place counts as faster.
*/
function speedOf(verdict: Fit): number {
	return verdict.speed?.generationTokensPerSecond.expected ?? (1 / (1 + rankOf(verdict)));
}

function halvings(from: number, least: number): readonly number[] {
	const sizes = [from];
	while (sizes.at(-1)! / 2 >= least) {
		sizes.push(Math.ceil(sizes.at(-1)! / 2));
	}

	return sizes;
}
