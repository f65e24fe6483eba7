import {type Effects} from './effect.js';

export const appEffects: Effects = {
	'app/started': {
		key: () => 'app',
		async run(_action, {services, dispatch}) {
			dispatch({type: 'registry/loaded', models: services.registry.models});
			dispatch({type: 'library/refresh-requested'});
			dispatch({type: 'downloads/watch-requested'});
			dispatch({type: 'hardware/probe-requested'});
			dispatch({type: 'chat/load-requested'});
			dispatch({type: 'bench/load-requested'});
			return undefined;
		},
		failed: error => ({type: 'screen/noticed', notice: {kind: 'error', text: error.message}}),
	},
};
