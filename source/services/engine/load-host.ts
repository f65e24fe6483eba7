import path from 'node:path';
import {type Abortable} from '../../types/abortable.js';
import {type LoadedModel} from '../../types/engine.js';
import {type InstalledModel} from '../../types/installed-model.js';
import {type LoadPlan} from '../../types/load-plan.js';
import {assertLoadable} from '../formats/gguf/assert-loadable.js';
import {describeGguf} from '../formats/gguf/describe-gguf.js';
import {readGgufHeader} from '../formats/gguf/read-gguf-header.js';
import {heldBytesOf, needOf} from '../load-plans/need-of.js';
import {currentMachine} from '../load-plans/plan-machine.js';
import {type PlanModel, planModelOf} from '../load-plans/plan-model.js';
import {refuseErrors, validatePlan} from '../load-plans/validate-plan.js';
import {type HostProgram} from './host-program.js';
import {jobError} from './job-error.js';
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
export async function loadHost(model: InstalledModel, plan: LoadPlan, {program, sandbox, signal, onProgress}: Abortable & {
	readonly program: HostProgram;
	readonly sandbox: Sandbox;
	readonly onProgress: ((fraction: number) => void) | undefined;
}): Promise<LoadedHost> {
	const startedAt = performance.now();
	const planModel = await describe(model, {signal});
	// Of the memory the host itself knows what is available when it loads.
	refuseErrors(validatePlan(plan, planModel, {cpu: currentMachine().cpu}), model.name);
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
			type: 'load', modelPath: path.resolve(model.path), plan, heldBytes: heldBytesOf(planModel, plan),
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
				loadMs: performance.now() - startedAt,
				processId: host.processId,
				memory: {estimatedBytes: needOf(planModel, applied).totalBytes},
			},
		};
	} catch (error) {
		await host.kill();
		signal.throwIfAborted();
		throw jobError(error, model.name);
	} finally {
		signal.removeEventListener('abort', onAbort);
	}
}

/**
Looks at the headers before llama.cpp does, which ends its process at some broken ones, and tells what the plan depends on.
*/
async function describe(model: InstalledModel, {signal}: Abortable): Promise<PlanModel> {
	const header = await readGgufHeader(model.path, {signal});
	const architecture = assertLoadable(header);
	const others = model.files.filter(file => file.role !== 'mmproj' && file.path !== model.path);
	await Promise.all(others.map(async file => readGgufHeader(file.path, {signal})));
	const {contextLength} = describeGguf(header);
	return {...planModelOf(model), architecture, ...(contextLength !== undefined && {contextLength})};
}

function filesOf(model: InstalledModel): string[] {
	return [...new Set([model.path, ...model.files.map(file => file.path)].map(file => path.resolve(file)))];
}
