import {setInterval} from 'node:timers/promises';
import {fitSubjectOf} from '../../services/hardware/fit-subject-of.js';
import {judgeFit} from '../../services/hardware/judge-fit.js';
import {recommendModels, selectModel} from '../../services/hardware/select-model.js';
import {type FitVerdict} from '../../types/fit.js';
import {type HardwareMeters, type HardwareReport} from '../../types/hardware.js';
import {type RegistryModel} from '../../types/registry-model.js';
import {type ModelChoice, type ModelFit} from '../reducers/hardware.js';
import {type AppState} from '../state.js';
import {type Effects} from './effect.js';
import {judgeVariants} from './judge-variants.js';

/**
Milliseconds between two samples of the meters.
*/
const meterInterval = 1000;

export const hardwareEffects: Effects = {
	'hardware/probe-requested': {
		key: () => 'hardware/probe',
		async run(_action, {services, getState, dispatch, signal}) {
			const report = await services.hardware.probe({signal});
			dispatch({type: 'hardware/sandbox-found', sandbox: await services.engine.sandbox()});
			const {models} = services.registry;
			dispatch({type: 'browse/fits-judged', fits: judgeKnownVariants(getState(), report)});
			return {
				type: 'hardware/probe-succeeded', report, fits: judgeAll(models, report), selection: choose(models, report),
			};
		},
		failed: error => ({type: 'hardware/probe-failed', error}),
	},
	'hardware/watch-requested': {
		key: () => 'hardware/watch',
		async run(_action, {services, getState, dispatch, signal}) {
			dispatch({type: 'hardware/metered', meters: await services.hardware.meters({signal})});
			for await (const _ of setInterval(meterInterval, undefined, {signal})) {
				if (getState().screen.tab !== 'hardware') {
					break;
				}

				dispatch({type: 'hardware/metered', meters: await services.hardware.meters({signal})});
			}

			return undefined;
		},
		failed: error => ({type: 'hardware/watch-failed', error}),
	},
	'hardware/metered': {
		key: () => 'hardware/compare',
		async run({meters}, {getState}) {
			const {report} = getState().hardware;
			return report && hasMoved(report, meters) ? {type: 'hardware/probe-requested'} : undefined;
		},
		failed: error => ({type: 'hardware/watch-failed', error}),
	},
};

/**
Bytes by which free memory has to move before everything is judged anew: less than any model's size makes no verdict look wrong.
*/
const noticeableBytes = 500_000_000;

/**
Whether what the verdicts were made from is no longer so, in main memory or on a GPU.
*/
export function hasMoved(report: Pick<HardwareReport, 'memory' | 'gpus'>, meters: Pick<HardwareMeters, 'memory' | 'gpus'>): boolean {
	const isFar = (before = 0, now = before) => Math.abs(now - before) > noticeableBytes;
	return isFar(report.memory.availableBytes, meters.memory.availableBytes)
		|| meters.gpus.some(({vramFreeBytes}, index) => isFar(report.gpus[index]?.vramFreeBytes, vramFreeBytes));
}

/**
New verdicts for the variants of every repository whose details are there.
*/
function judgeKnownVariants({browse}: AppState, report: HardwareReport): ReadonlyMap<string, FitVerdict> {
	const known = browse.details.values().toArray();
	return new Map(known.flatMap(entry => (entry.status === 'ready' ? [...judgeVariants(entry.details, report)] : [])));
}

/**
Every model that is not deprecated: what fits in the order of the recommendation, then the rest, the smallest shortfall first.
*/
function judgeAll(models: readonly RegistryModel[], report: HardwareReport): readonly ModelFit[] {
	const recommended = recommendModels(models, report).map(({model, verdict}): ModelFit => ({modelId: model.id, verdict}));
	const ids = new Set(recommended.map(({modelId}) => modelId));
	const others = models
		.filter(({id, deprecated}) => !deprecated && !ids.has(id))
		.map((model): ModelFit => ({modelId: model.id, verdict: judgeFit(fitSubjectOf(model), report)}))
		.toSorted((one, other) => one.verdict.need.totalBytes - other.verdict.need.totalBytes);
	return [...recommended, ...others];
}

function choose(models: readonly RegistryModel[], report: HardwareReport): ModelChoice {
	const selection = selectModel(models, report.memory.availableBytes);
	return selection.kind === 'selected' ? {modelId: selection.model.id, reason: selection.reason} : {reason: selection.reason};
}
