import {setInterval} from 'node:timers/promises';
import {describeMachine} from '../../services/hardware/simulate/describe-machine.js';
import {simulateMachine} from '../../services/hardware/simulate/simulate-machine.js';
import {type HardwareMeters, type HardwareReport} from '../../types/hardware.js';
import {type JudgedMachine} from '../reducers/hardware.js';
import {simulationPrompt} from '../selectors/hardware-dialogs.js';
import {type AppState} from '../state.js';
import {type EffectContext, type Effects} from './effect.js';
import {judgeFor} from './fit-of.js';
import {judgeMachine} from './judge-machine.js';
import {judgeKnownVariants} from './judge-variants.js';
import {errorNotice} from './notices.js';

/**
Milliseconds between two samples of the meters.
*/
const meterInterval = 1000;

export const hardwareEffects: Effects = {
	'hardware/probe-requested': {
		key: () => 'hardware/probe',
		async run(_action, context) {
			const {services, getState, dispatch, signal} = context;
			const report = await services.hardware.probe({signal});
			dispatch({type: 'hardware/sandbox-found', sandbox: await services.engine.sandbox()});
			if (!getState().hardware.simulated) {
				dispatch({type: 'browse/fits-judged', fits: judgeKnownVariants(report, context)});
			}

			return {type: 'hardware/probe-succeeded', machine: await judge(report, describeMachine(report), context)};
		},
		failed: error => ({type: 'hardware/probe-failed', error}),
	},
	'hardware/simulation-requested': {
		key: () => 'hardware/simulation',
		async run({description}, context) {
			const {getState, dispatch} = context;
			const report = simulateMachine(description, getState().hardware.real?.report);
			const machine = await judge(report, description, context);
			dispatch({type: 'browse/fits-judged', fits: judgeKnownVariants(report, context)});
			if (isAsked(getState())) {
				dispatch({type: 'screen/dialog-closed'});
			}

			return {type: 'hardware/simulation-succeeded', machine};
		},
		failed: (error, {description}) => ({type: 'hardware/simulation-failed', description, error}),
	},
	'hardware/simulation-failed': {
		key: () => 'hardware/simulation-failed',
		async run({description, error}, {getState}) {
			const state = getState();
			const dialog = simulationPrompt(state, {value: description, text: `! ${error.message} ${error.hint ?? ''}`.trim()});
			// The field stays, with what is wrong below it, unless it was closed meanwhile.
			return isAsked(state) ? {type: 'screen/dialog-opened', dialog} : undefined;
		},
		failed: errorNotice,
	},
	'hardware/simulation-ended': {
		// What was about to be shown is not wanted any more.
		key: () => 'hardware/simulation',
		async run(_action, context) {
			const {getState, dispatch} = context;
			const {real} = getState().hardware;
			if (real) {
				dispatch({type: 'browse/fits-judged', fits: judgeKnownVariants(real.report, context)});
			}

			return {type: 'hardware/probe-requested'};
		},
		failed: errorNotice,
	},
	'library/refresh-succeeded': {
		key: () => 'hardware/library',
		async run({models}, {getState, dispatch}) {
			dispatch({type: 'plans/refresh-requested'});
			const {real, simulated} = getState().hardware;
			const judged = new Set((simulated ?? real)?.fits.map(({modelId}) => modelId));
			if (!real || models.every(({id}) => judged.has(id))) {
				return undefined;
			}

			return simulated ? {type: 'hardware/simulation-requested', description: simulated.description} : {type: 'hardware/probe-requested'};
		},
		failed: errorNotice,
	},
	'hardware/bandwidth-requested': {
		key: () => 'hardware/bandwidth',
		async run(_action, {services, dispatch, signal}) {
			await services.hardware.bandwidth({signal, fresh: true});
			dispatch({type: 'hardware/bandwidth-measured'});
			return {type: 'hardware/probe-requested'};
		},
		failed: error => ({type: 'hardware/bandwidth-failed', error}),
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
			const {real} = getState().hardware;
			return real && hasMoved(real.report, meters) ? {type: 'hardware/probe-requested'} : undefined;
		},
		failed: error => ({type: 'hardware/watch-failed', error}),
	},
};

function isAsked({screen: {dialog}}: AppState): boolean {
	return dialog?.kind === 'prompt' && dialog.purpose === 'simulated-machine';
}

async function judge(report: HardwareReport, description: string, context: EffectContext): Promise<JudgedMachine> {
	const {services, getState, signal} = context;
	return judgeMachine(report, {
		registry: services.registry.models, installed: getState().library.models, description, judge: judgeFor(report, context), signal,
	});
}

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
