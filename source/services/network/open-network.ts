import {type ConfigStore} from '../config/config-store.js';
import {createHttp} from './create-http.js';
import {createHub} from './create-hub.js';
import {type Environment} from './environment.js';
import {type Http} from './http.js';
import {type Hub} from './hub.js';

/**
The ways to the network with the settings of one environment.
*/
export type Network = {
	readonly http: Http;
	readonly hub: Hub;
};

/**
Opens nothing before the first request. To be closed by `http.close`.
*/
export function openNetwork(environment: Environment, config: Pick<ConfigStore, 'current'>): Network {
	const http = createHttp({environment: () => environment, caCertificates: () => config.current().network.caCertificates});
	return {
		http,
		hub: createHub({
			http,
			environment: () => environment,
			configuredEndpoint: () => config.current().huggingFaceEndpoint,
			configuredMirrors: () => config.current().downloads.mirrors,
		}),
	};
}
