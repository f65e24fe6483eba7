import path from 'node:path';
import {type Abortable} from '../../types/abortable.js';
import {type LoadedModel} from '../../types/engine.js';
import {type InstalledModel} from '../../types/installed-model.js';
import {type LoadPlan} from '../../types/load-plan.js';
import {heldBytesByLayers, needOf} from '../load-plans/need-of.js';
import {readPlanCores} from '../load-plans/plan-machine.js';
import {readPlanModel} from '../load-plans/read-plan-model.js';
import {refuseErrors, validatePlan} from '../load-plans/validate-plan.js';
import {CrashError} from './crash-error.js';
import {type HostProgram} from './host-program.js';
import {readInstructionSets} from './instruction-sets.js';
import {jobError, memoryError} from './job-error.js';
import {loadMemoryOf} from './load-memory.js';
import {memoryShortage} from './memory-shortage.js';
import {planNotes} from './plan-notes.js';
import {loadResultSchema} from './protocol.js';
import {type Sandbox} from './sandbox.js';
import {type Host, startHost} from './start-host.js';

/**
A host with a model in it.
*/
export type LoadedHost = {
	readonly host: Host;
	readonly model: InstalledModel;
	/**
	As it was asked for; what came of it is in `loaded`.
	*/
	readonly plan: LoadPlan;
	readonly loaded: LoadedModel;
};

/**
Checks the files of a model, starts a host and loads the model into it. When that fails or is aborted, no host is left.
@throws UsageError `invalid_plan`, IntegrityError `broken_model`, `not_a_model` or `unsupported_model`, MemoryError `out_of_memory`, RemudaError `engine_crashed`, or the reason of the signal.
*/
export async function loadHost(model: InstalledModel, plan: LoadPlan, {program, sandbox, readAvailableMemory, signal, onProgress}: Abortable & {
	readonly program: HostProgram;
	readonly sandbox: Sandbox;
	readonly readAvailableMemory: () => Promise<number>;
	readonly onProgress: ((fraction: number) => void) | undefined;
}): Promise<LoadedHost> {
	const startedAt = performance.now();
	// Before llama.cpp looks, which ends its process at some broken headers.
	const planModel = await readPlanModel(model, {signal});
	const instructionSets = await readInstructionSets();
	const cpu = {...(instructionSets && {instructionSets})};
	// Of the memory the host is told what is available when it loads, and checks it where it knows the device.
	refuseErrors(validatePlan(plan, planModel, await readPlanCores()), model.name);
	const heldBytes = heldBytesByLayers(planModel, plan, cpu);
	// Where no GPU may take anything it can be told before a process is started.
	const shortage = plan.gpuLayers === 0 ? memoryShortage(0, plan, {heldBytes, availableBytes: await readAvailableMemory()}) : undefined;
	if (shortage !== undefined) {
		throw memoryError(model.name, shortage);
	}

	const host = await startHost({
		program, sandbox, modelPaths: filesOf(model), signal,
	});
	const onAbort = () => {
		void host.kill();
	};

	signal.addEventListener('abort', onAbort);
	try {
		signal.throwIfAborted();
		const {result} = host.link.request({
			type: 'load', modelPath: path.resolve(model.path), plan, heldBytes, availableBytes: await readAvailableMemory(),
		}, {
			result: loadResultSchema,
			onProgress(event) {
				if (event.type === 'progress') {
					onProgress?.(event.fraction);
				}
			},
		});
		const {device, trainedContextLength, ...actual} = await result;
		const applied = {...plan, ...actual};
		const loadMs = performance.now() - startedAt;
		const memory = await loadMemoryOf(host, needOf(planModel, applied, cpu));
		return {
			host,
			model,
			plan,
			loaded: {
				modelId: model.id,
				plan: applied,
				notes: planNotes(plan, applied),
				trainedContextLength,
				device,
				loadMs,
				processId: host.processId,
				memory,
			},
		};
	} catch (error) {
		await host.kill();
		signal.throwIfAborted();
		throw loadError(error, model.name);
	} finally {
		signal.removeEventListener('abort', onAbort);
	}
}

/**
A host that memory ended while it loaded is a model that does not fit, as if the host had said so itself.
*/
function loadError(error: unknown, modelName: string): unknown {
	return error instanceof CrashError && error.isOutOfMemory
		? memoryError(modelName, 'the engine was ended while it loaded it', error)
		: jobError(error, modelName);
}

function filesOf(model: InstalledModel): string[] {
	return [...new Set([model.path, ...model.files.map(file => file.path)].map(file => path.resolve(file)))];
}
