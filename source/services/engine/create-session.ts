import {isDeepStrictEqual} from 'node:util';
import {InterruptedError} from '../../errors/interrupted-error.js';
import {UsageError} from '../../errors/usage-error.js';
import {type Abortable} from '../../types/abortable.js';
import {type Config} from '../../types/config.js';
import {type LoadedModel} from '../../types/engine.js';
import {type InstalledModel} from '../../types/installed-model.js';
import {type LoadPlan} from '../../types/load-plan.js';
import {readPlanCores} from '../load-plans/plan-machine.js';
import {resolveLoadPlan} from '../load-plans/resolve-plan.js';
import {type EngineSession} from './engine.js';
import {emptyResult, generateWith} from './generation.js';
import {type HostProgram} from './host-program.js';
import {jobError} from './job-error.js';
import {type LoadedHost, loadHost} from './load-host.js';
import {measureWith} from './measurement.js';
import {peakMemoryOf} from './peak-memory.js';
import {type Sandbox} from './sandbox.js';

export type OwnedSession = EngineSession & {
	readonly loaded: () => LoadedModel | undefined;
	/**
	Ends the host; what it was doing rejects with `because`.
	*/
	readonly end: (because: Error) => Promise<void>;
};

/**
The one model that is loaded, and its host. Calls must not overlap.
*/
export function createSession({settings, program, findSandbox, readAvailableMemory}: {
	readonly settings: () => Config['engine'];
	readonly program: HostProgram;
	readonly findSandbox: () => Promise<Sandbox>;
	readonly readAvailableMemory: () => Promise<number>;
}): OwnedSession {
	let current: LoadedHost | undefined;
	// What to load again when the host has died.
	let wanted: {readonly model: InstalledModel; readonly plan: LoadPlan} | undefined;

	const alive = (): LoadedHost | undefined => current?.host.isAlive() ? current : undefined;

	const end = async (because: Error): Promise<void> => {
		const host = current?.host;
		current = undefined;
		await host?.stop(because);
	};

	const ensure = async (model: InstalledModel, plan: LoadPlan, {signal, onProgress}: Abortable & {
		readonly onProgress?: ((fraction: number) => void) | undefined;
	}): Promise<LoadedHost> => {
		signal.throwIfAborted();
		const loaded = alive();
		if (loaded && isDeepStrictEqual([loaded.model.id, loaded.model.path, loaded.plan], [model.id, model.path, plan])) {
			return loaded;
		}

		await end(new InterruptedError('Another model was loaded.'));
		current = await loadHost(model, plan, {
			program, sandbox: await findSandbox(), readAvailableMemory, signal, onProgress,
		});
		return current;
	};

	const ensureWanted = async (options: Abortable): Promise<LoadedHost> => {
		if (!wanted) {
			throw new UsageError('No model is loaded.', {code: 'no_model_loaded', hint: 'Choose a model first.'});
		}

		return ensure(wanted.model, wanted.plan, options);
	};

	return {
		loaded: () => alive()?.loaded,
		end,
		async load(model, {signal, plan = {}, onProgress}) {
			const wholePlan = resolveLoadPlan(plan, settings(), await readPlanCores());
			wanted = undefined;
			const {loaded} = await ensure(model, wholePlan, {signal, onProgress});
			wanted = {model, plan: wholePlan};
			return loaded;
		},
		async generate(request, {signal, onProgress}) {
			const startedAt = performance.now();
			try {
				const loaded = await ensureWanted({signal});
				return await generateWith(loaded, request, {signal, startedAt, onProgress});
			} catch (error) {
				if (signal.aborted && error === signal.reason) {
					return emptyResult(alive()?.loaded.plan.contextSize ?? 0);
				}

				throw jobError(error, wanted?.model.name ?? 'the model');
			}
		},
		async measure(request, {signal, onProgress}) {
			const loaded = await ensureWanted({signal});
			try {
				return await measureWith(loaded, request, {signal, onProgress});
			} catch (error) {
				signal.throwIfAborted();
				throw jobError(error, loaded.model.name);
			}
		},
		peakMemoryBytes: async () => peakMemoryOf(alive()?.host),
		async unload() {
			wanted = undefined;
			await end(new InterruptedError('The model was unloaded.'));
		},
	};
}
