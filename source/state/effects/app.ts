import {setInterval} from 'node:timers/promises';
import {type Effects} from './effect.js';

const clockInterval = 30_000;

export const appEffects: Effects = {
	'app/started': {
		key: () => 'app',
		async run(_action, {services, dispatch, signal}) {
			dispatch({type: 'screen/clock-ticked', now: Date.now()});
			dispatch({type: 'registry/loaded', models: services.registry.models});
			dispatch({type: 'library/refresh-requested'});
			dispatch({type: 'downloads/watch-requested'});
			dispatch({type: 'hardware/probe-requested'});
			dispatch({type: 'chat/load-requested'});
			dispatch({type: 'bench/load-requested'});
			for await (const _ of setInterval(clockInterval, undefined, {signal, ref: false})) {
				dispatch({type: 'screen/clock-ticked', now: Date.now()});
			}

			return undefined;
		},
		failed: error => ({type: 'screen/noticed', notice: {kind: 'error', text: error.message}}),
	},
	'screen/tab-opened': {
		key: () => 'app/tab',
		async run({tab}, {dispatch}) {
			// Meters are read only while they are seen.
			if (tab === 'hardware') {
				dispatch({type: 'hardware/watch-requested'});
			} else {
				// A command in another terminal may have added or removed models.
				dispatch({type: 'library/refresh-requested'});
			}

			return undefined;
		},
		failed: error => ({type: 'screen/noticed', notice: {kind: 'error', text: error.message}}),
	},
};
