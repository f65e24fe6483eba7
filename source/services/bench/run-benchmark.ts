import {UsageError} from '../../errors/usage-error.js';
import {type Abortable} from '../../types/abortable.js';
import {
	type BenchmarkIteration,
	type BenchmarkProgress,
	type BenchmarkRequest,
	type BenchmarkRun,
} from '../../types/benchmark.js';
import {type LoadedModel} from '../../types/engine.js';
import {type InstalledModel} from '../../types/installed-model.js';
import {type Engine, type EngineSession} from '../engine/engine.js';
import {type Hardware} from '../hardware/hardware.js';
import {type Inventory} from '../inventory/inventory.js';
import {type LoadPlans, type PlanRequest} from '../load-plans/load-plans.js';
import {readPlanModel} from '../load-plans/read-plan-model.js';
import {benchmarkSubjectOf, estimateBenchmark} from './estimate-benchmark.js';
import {spreadOf} from './statistics.js';

const mostIterations = 1000;

export type BenchmarkParts = {
	readonly engine: Engine;
	readonly inventory: Pick<Inventory, 'find' | 'touch'>;
	readonly hardware: Pick<Hardware, 'probe'>;
	readonly loadPlans: Pick<LoadPlans, 'load'>;
	/**
	The benchmarks so far, from which it is estimated what a further one will show.
	*/
	readonly history: () => Promise<readonly BenchmarkRun[]>;
};

export type BenchmarkOptions = {
	readonly onProgress?: (progress: BenchmarkProgress) => void;
	/**
	What of the load plan is asked for.
	*/
	readonly plan?: PlanRequest;
	/**
	One sentence for a person, for example that a model is tried with a smaller context.
	*/
	readonly onNotice?: (sentence: string) => void;
};

/**
Loads the model, warms up once, and measures as often as asked for.
@throws UsageError `invalid_benchmark` or `context_too_small`; whatever the engine throws; the reason of the signal.
*/
export async function runBenchmark({engine, inventory, hardware, loadPlans, history}: BenchmarkParts, request: BenchmarkRequest, {signal, onProgress, plan, onNotice}: Abortable & BenchmarkOptions): Promise<Omit<BenchmarkRun, 'id' | 'startedAt'>> {
	checkRequest(request);
	const model = await inventory.find(request.modelId);
	const report = (progress: Omit<BenchmarkProgress, 'iterations'>) => {
		onProgress?.({...progress, iterations: request.iterations});
	};

	// Nobody else uses the engine meanwhile: it would spoil the figures.
	const {loaded, iterations, peakMemoryBytes} = await engine.exclusive(async session => {
		report({phase: 'loading', completed: 0, generatedTokens: 0});
		return {
			loaded: await loadAfresh(session, model, request, {signal, load: async options => loadPlans.load(session, model, {...options, onNotice}), plan}),
			iterations: await iterate(session, request, {signal, report}),
			peakMemoryBytes: await session.peakMemoryBytes(),
		};
	}, {signal});
	const [machine, planModel] = await Promise.all([hardware.probe({signal}), readPlanModel(model, {signal})]);
	const subject = benchmarkSubjectOf(planModel, loaded, request);
	await inventory.touch(model.id);
	const spread = (figure: keyof BenchmarkIteration) => spreadOf(iterations.map(iteration => iteration[figure]));
	return {
		modelId: model.id,
		ref: model.ref,
		name: model.name,
		quantization: model.quantization,
		iterations,
		promptTokensPerSecond: spread('promptTokensPerSecond'),
		generationTokensPerSecond: spread('generationTokensPerSecond'),
		timeToFirstTokenMs: spread('timeToFirstTokenMs'),
		interTokenLatencyMs: spread('interTokenLatencyMs'),
		peakMemoryBytes: peakMemoryBytes ?? 0,
		threads: loaded.plan.threads,
		contextSize: loaded.plan.contextSize,
		device: loaded.device === 'CPU' ? machine.cpu.model : loaded.device,
		subject,
		estimate: estimateBenchmark(subject, planModel, {machine, history: await history()}),
	};
}

/**
Into a new process, so that the peak of its memory is this benchmark's; by the plan that chats use, with a larger context where that is too small.
*/
async function loadAfresh(engine: EngineSession, model: InstalledModel, {promptTokens, generatedTokens}: BenchmarkRequest, {signal, load, plan = {}}: Abortable & {
	readonly load: (options: Abortable & PlanRequest) => Promise<LoadedModel>;
	readonly plan: PlanRequest | undefined;
}): Promise<LoadedModel> {
	const needed = promptTokens + generatedTokens;
	checkContext(model, model.contextLength, needed);
	checkContext(model, plan.explicit?.contextSize, needed);
	await engine.unload();
	const loaded = await load({signal, ...plan});
	checkContext(model, loaded.trainedContextLength, needed);
	return loaded.plan.contextSize >= needed ? loaded : load({signal, ...plan, explicit: {...plan.explicit, contextSize: needed}});
}

function checkContext({name}: InstalledModel, contextLength: number | undefined, needed: number): void {
	if (contextLength !== undefined && contextLength < needed) {
		throw new UsageError(`${name} holds ${contextLength} tokens, and the benchmark needs ${needed}.`, {
			code: 'context_too_small', hint: 'Take fewer prompt tokens or generate fewer.',
		});
	}
}

async function iterate(engine: EngineSession, {iterations, promptTokens, generatedTokens}: BenchmarkRequest, {signal, report}: Abortable & {
	readonly report: (progress: Omit<BenchmarkProgress, 'iterations'>) => void;
}): Promise<BenchmarkIteration[]> {
	const measure = async (phase: BenchmarkProgress['phase'], completed: number, latest?: BenchmarkIteration) => {
		const progress = {phase, completed, ...(latest && {latest})};
		report({...progress, generatedTokens: 0});
		return engine.measure({promptTokens, generatedTokens}, {
			signal,
			onProgress(generated) {
				report({...progress, generatedTokens: generated});
			},
		});
	};

	await measure('warming-up', 0);
	const results: BenchmarkIteration[] = [];
	while (results.length < iterations) {
		// eslint-disable-next-line no-await-in-loop -- Two at once would measure each other.
		results.push(await measure('measuring', results.length, results.at(-1)));
	}

	report({
		phase: 'measuring', completed: iterations, generatedTokens, latest: results.at(-1)!,
	});
	return results;
}

function checkRequest({iterations, promptTokens, generatedTokens}: BenchmarkRequest): void {
	const isCount = (value: number, least: number) => Number.isSafeInteger(value) && value >= least;
	if (!isCount(iterations, 1) || iterations > mostIterations || !isCount(promptTokens, 1) || !isCount(generatedTokens, 2)) {
		throw new UsageError(`Cannot measure ${iterations} times with ${promptTokens} prompt tokens and ${generatedTokens} generated ones.`, {
			code: 'invalid_benchmark', hint: `Take 1 to ${mostIterations} iterations, at least 1 prompt token and at least 2 generated ones.`,
		});
	}
}
