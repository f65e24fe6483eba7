import {toErrorReport} from '../../errors/to-error-report.js';
import {type Effects} from './effect.js';
import {errorNotice} from './notices.js';

export const benchEffects: Effects = {
	'bench/load-requested': {
		key: () => 'bench/load',
		async run(_action, {services}) {
			const {iterations, promptTokens, generatedTokens} = services.config.current().bench;
			return {type: 'bench/load-succeeded', runs: await services.benchmarks.history(), settings: {iterations, promptTokens, generatedTokens}};
		},
		failed: error => ({type: 'bench/load-failed', error}),
	},
	'bench/run-requested': {
		key: () => 'bench/run',
		async run({modelIds}, {services, getState, dispatch, signal}) {
			const {settings} = getState().bench;
			for (const modelId of modelIds) {
				dispatch({type: 'bench/run-started', modelId});
				try {
					// One after the other: two at once would measure each other.
					// eslint-disable-next-line no-await-in-loop
					const run = await services.benchmarks.run({modelId, ...settings}, {
						signal,
						onNotice(sentence) {
							dispatch({type: 'screen/noticed', notice: {kind: 'info', text: sentence}});
						},
						onProgress(progress) {
							dispatch({type: 'bench/progressed', progress});
						},
					});
					dispatch({type: 'bench/measured', run});
				} catch (error) {
					signal.throwIfAborted();
					// The next model may well be measured.
					dispatch({type: 'bench/model-failed', modelId, error: toErrorReport(error)});
				}
			}

			return {type: 'bench/run-succeeded'};
		},
		failed: error => ({type: 'bench/run-failed', error}),
		cancelled: () => ({type: 'bench/run-cancelled'}),
	},
	'bench/stop-requested': {cancels: () => 'bench/run'},
	'bench/delete-requested': {
		key: ({id}) => `bench/delete:${id}`,
		async run({id}, {services}) {
			await services.benchmarks.delete(id);
			return {type: 'bench/deleted', id};
		},
		failed: errorNotice,
	},
};
