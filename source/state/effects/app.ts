import {setInterval} from 'node:timers/promises';
import {haveBegun, parseHours} from '../../format/hours.js';
import {findChatDefaults} from './chat.js';
import {type Effects} from './effect.js';
import {errorNotice} from './notices.js';

const clockInterval = 30_000;

export const appEffects: Effects = {
	'app/started': {
		key: () => 'app',
		async run(_action, {services, dispatch, getState, signal}) {
			// First: a question may have been asked already, and waits for the settings.
			findChatDefaults({services, dispatch});
			dispatch({type: 'screen/clock-ticked', now: Date.now()});
			dispatch({type: 'registry/loaded', models: services.registry.models});
			dispatch({type: 'library/refresh-requested'});
			dispatch({type: 'downloads/watch-requested'});
			dispatch({type: 'hardware/probe-requested'});
			dispatch({type: 'chat/load-requested'});
			dispatch({type: 'bench/load-requested'});
			let before = Date.now();
			for await (const _ of setInterval(clockInterval, undefined, {signal, ref: false})) {
				const now = Date.now();
				dispatch({type: 'screen/clock-ticked', now});
				const {limits} = getState().downloads;
				if (haveBegun(parseHours(limits?.quietHours ?? ''), {before, now})) {
					// An app may be left open for weeks, and what is recommended changes.
					dispatch({type: 'downloads/preload-requested'});
				}

				before = now;
			}

			return undefined;
		},
		failed: errorNotice,
	},
	'screen/tab-opened': {
		key: () => 'app/tab',
		async run({tab}, {dispatch}) {
			if (tab === 'hardware' || tab === 'browse') {
				// Verdicts are about the memory that is free now.
				dispatch({type: 'hardware/probe-requested'});
				dispatch({type: 'plans/refresh-requested'});
			} else if (tab === 'downloads') {
				// A command in another terminal may have changed them.
				dispatch({type: 'downloads/limits-refresh-requested'});
			}

			// Meters are read only while they are seen; on the other tabs, a command in another terminal may have added or removed models.
			dispatch({type: tab === 'hardware' ? 'hardware/watch-requested' : 'library/refresh-requested'});

			return undefined;
		},
		failed: errorNotice,
	},
};
