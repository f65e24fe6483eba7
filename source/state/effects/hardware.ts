import {setInterval} from 'node:timers/promises';
import {fitSubjectOf} from '../../services/hardware/fit-subject-of.js';
import {judgeFit} from '../../services/hardware/judge-fit.js';
import {recommendModels, selectModel} from '../../services/hardware/select-model.js';
import {type HardwareReport} from '../../types/hardware.js';
import {type RegistryModel} from '../../types/registry-model.js';
import {type ModelFit, type Selection} from '../reducers/hardware.js';
import {type Effects} from './effect.js';

/**
Milliseconds between two samples of the meters.
*/
const meterInterval = 1000;

export const hardwareEffects: Effects = {
	'hardware/probe-requested': {
		key: () => 'hardware/probe',
		async run(_action, {services, dispatch, signal}) {
			const report = await services.hardware.probe({signal});
			dispatch({type: 'hardware/sandbox-found', sandbox: await services.engine.sandbox()});
			const {models} = services.registry;
			return {
				type: 'hardware/probe-succeeded', report, fits: judgeAll(models, report), selection: select(models, report),
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
};

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

function select(models: readonly RegistryModel[], report: HardwareReport): Selection {
	const selection = selectModel(models, report.memory.availableBytes);
	return selection.kind === 'selected' ? {modelId: selection.model.id, reason: selection.reason} : {reason: selection.reason};
}
