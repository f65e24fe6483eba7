import {createHttp} from '../../../source/services/network/create-http.js';
import {createHub} from '../../../source/services/network/create-hub.js';
import {type Environment} from '../../../source/services/network/environment.js';
import {type Http} from '../../../source/services/network/http.js';
import {type Hub} from '../../../source/services/network/hub.js';
import {startHub, type HubOptions, type HubServer} from './start-hub.js';

export type HubWorld = AsyncDisposable & {
	readonly server: HubServer;
	readonly environment: Environment;
	readonly http: Http;
	readonly hub: Hub;
};

/**
A local hub, and Remuda's own client of it as HF_ENDPOINT leads it there. At the end both are closed, and a token at the second host fails the test.
*/
export async function startHubWorld(options: HubOptions, ...variables: ReadonlyArray<readonly [name: string, value: string]>): Promise<HubWorld> {
	const server = await startHub(options);
	// A home of its own, or the developer's token would take part.
	const environment = Object.fromEntries([['HOME', '/nonexistent'], ['HF_ENDPOINT', server.url], ...variables]);
	const http = createHttp({environment: () => environment});
	return {
		server,
		environment,
		http,
		hub: createHub({http, environment: () => environment, configuredEndpoint: () => 'https://huggingface.co'}),
		async [Symbol.asyncDispose]() {
			await http.close();
			await server.close();
		},
	};
}
