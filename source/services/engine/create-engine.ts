import {availableParallelism} from 'node:os';
import process from 'node:process';
import {isDeepStrictEqual} from 'node:util';
import {InterruptedError} from '../../errors/interrupted-error.js';
import {UsageError} from '../../errors/usage-error.js';
import {type Abortable} from '../../types/abortable.js';
import {type Config} from '../../types/config.js';
import {type InstalledModel} from '../../types/installed-model.js';
import {type LoadPlan} from '../../types/load-plan.js';
import {type Engine} from './engine.js';
import {emptyResult, generateWith} from './generation.js';
import {type HostProgram, locateHostProgram} from './host-program.js';
import {jobError} from './job-error.js';
import {type LoadedHost, loadHost} from './load-host.js';
import {resolveLoadPlan} from './load-plan.js';
import {measureWith} from './measurement.js';
import {peakMemoryOf} from './peak-memory.js';
import {detectSandbox, type Sandbox} from './sandbox.js';
import {createTurns} from './turns.js';

/**
The engine, whose host is started with the first model that is loaded. Calls take turns; one that has to wait does so without an error.
*/
export function createEngine({settings, program = locateHostProgram()}: {
	/**
	Read anew at every load.
	*/
	readonly settings: () => Config['engine'];
	readonly program?: HostProgram;
}): Engine {
	const takeTurn = createTurns();
	const closing = new AbortController();
	const never = new AbortController().signal;
	let current: LoadedHost | undefined;
	// What to load again when the host has died.
	let wanted: {readonly model: InstalledModel; readonly plan: LoadPlan} | undefined;
	let sandbox: {readonly mode: Config['engine']['sandbox']; readonly found: Promise<Sandbox>} | undefined;

	const findSandbox = async (): Promise<Sandbox> => {
		const mode = settings().sandbox;
		if (sandbox?.mode !== mode) {
			sandbox = {mode, found: detectSandbox({mode, platform: process.platform, environment: process.env})};
		}

		return sandbox.found;
	};

	const unload = async (because: Error = new InterruptedError('The model was unloaded.')): Promise<void> => {
		const {host} = current ?? {};
		current = undefined;
		await host?.stop(because);
	};

	const alive = (): LoadedHost | undefined => current?.host.isAlive() ? current : undefined;

	const ensureLoaded = async (model: InstalledModel, plan: LoadPlan, {signal, onProgress}: Abortable & {
		readonly onProgress?: ((fraction: number) => void) | undefined;
	}): Promise<LoadedHost> => {
		const loaded = alive();
		if (loaded && isDeepStrictEqual([loaded.model.id, loaded.model.path, loaded.plan], [model.id, model.path, plan])) {
			return loaded;
		}

		await unload();
		current = await loadHost(model, plan, {
			program, sandbox: await findSandbox(), signal, onProgress,
		});
		return current;
	};

	const ensureWanted = async (options: Abortable): Promise<LoadedHost> => {
		if (!wanted) {
			throw new UsageError('No model is loaded.', {code: 'no_model_loaded', hint: 'Choose a model first.'});
		}

		return ensureLoaded(wanted.model, wanted.plan, options);
	};

	// Every call ends when the engine is closed.
	const inTurn = async <Result>(given: AbortSignal, work: (signal: AbortSignal) => Promise<Result>): Promise<Result> => {
		const signal = AbortSignal.any([given, closing.signal]);
		return takeTurn(signal, async () => work(signal));
	};

	return {
		async sandbox() {
			const {report} = await findSandbox();
			return report;
		},
		loaded: () => alive()?.loaded,
		async load(model, {signal: given, plan = {}, onProgress}) {
			return inTurn(given, async signal => {
				const wholePlan = resolveLoadPlan(plan, settings(), availableParallelism());
				wanted = undefined;
				const {loaded} = await ensureLoaded(model, wholePlan, {signal, onProgress});
				wanted = {model, plan: wholePlan};
				return loaded;
			});
		},
		async generate(request, {signal: given, onProgress}) {
			const startedAt = performance.now();
			try {
				return await inTurn(given, async signal => generateWith(await ensureWanted({signal}), request, {signal, startedAt, onProgress}));
			} catch (error) {
				if (given.aborted && error === given.reason) {
					return emptyResult(alive()?.loaded.plan.contextSize ?? 0);
				}

				throw jobError(error, wanted?.model.name ?? 'the model');
			}
		},
		async measure(request, {signal: given, onProgress}) {
			return inTurn(given, async signal => {
				const loaded = await ensureWanted({signal});
				try {
					return await measureWith(loaded, request, {signal, onProgress});
				} catch (error) {
					signal.throwIfAborted();
					throw jobError(error, loaded.model.name);
				}
			});
		},
		peakMemoryBytes: async () => peakMemoryOf(alive()?.host),
		async unload() {
			await takeTurn(never, async () => {
				wanted = undefined;
				await unload();
			});
		},
		async close() {
			const because = new InterruptedError('The engine was closed.');
			closing.abort(because);
			await unload(because);
			// A load that was just under way ends its host by itself.
			await takeTurn(never, async () => unload(because));
		},
	};
}
