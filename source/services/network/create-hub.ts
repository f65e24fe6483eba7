import {NetworkError} from '../../errors/network-error.js';
import {type Environment} from './environment.js';
import {type Http, type HttpResponse} from './http.js';
import {mirrorsOf, readHubSettings} from './hub-settings.js';
import {type Hub, type HubRequest} from './hub.js';
import {nextPage} from './next-page.js';
import {readJson, readText} from './read-body.js';
import {maximumRedirects, redirectTarget} from './redirect.js';
import {toHubError} from './to-hub-error.js';

export type HubOptions = {
	readonly http: Http;
	/**
	Asked for each request, as the settings below: they may change while the program runs.
	*/
	readonly environment: () => Environment;
	/**
	Used when HF_ENDPOINT is not set.
	*/
	readonly configuredEndpoint: () => string;
	readonly configuredMirrors?: () => readonly string[];
};

export function createHub({http, environment, configuredEndpoint, configuredMirrors = () => []}: HubOptions): Hub {
	const settings = async () => readHubSettings(environment(), configuredEndpoint());

	async function mirrors(): Promise<readonly URL[]> {
		const {endpoint} = await settings();
		return mirrorsOf(endpoint, configuredMirrors());
	}

	async function request({url: target, endpoint: asked, ...rest}: HubRequest): Promise<HttpResponse> {
		const {endpoint: own, offline, token} = await settings();
		if (offline) {
			throw new NetworkError('HF_HUB_OFFLINE is set: Remuda does not ask the hub.', {code: 'offline_mode', hint: 'Unset HF_HUB_OFFLINE to go online.'});
		}

		const endpoint = asked ?? own;
		let url = new URL(target, endpoint);
		if (url.origin !== endpoint.origin) {
			throw new NetworkError(`The hub named a page on another host: ${url.host}`, {code: 'foreign_host'});
		}

		for (let redirects = 0; redirects <= maximumRedirects; redirects++) {
			// eslint-disable-next-line no-await-in-loop -- each redirect is known only from the answer before it
			const response = await http.request({...rest, url, token});
			const next = redirectWithin(response);
			if (next === undefined) {
				return response;
			}

			// eslint-disable-next-line no-await-in-loop -- frees the connection that the next request reuses
			await response.discard();
			url = next;
		}

		throw new NetworkError(`${url.host} redirects in a circle.`, {code: 'redirect_loop', hint: 'Try again later.'});
	}

	async function toError(response: HttpResponse, subject: Parameters<Hub['toError']>[1]): Promise<Error> {
		const {endpoint: own, token} = await settings();
		const endpoint = endpointOf(response.url, [own, ...await mirrors()]);
		return toHubError({
			...response,
			endpoint,
			subject,
			token: token?.origin === endpoint.origin ? token.value : undefined,
			text: await readErrorText(response),
		});
	}

	return {
		async endpoint() {
			const {endpoint} = await settings();
			return endpoint;
		},
		mirrors,
		request,
		async json({url, subject, schema, limit, signal}) {
			const response = await request({url, signal, headers: {accept: 'application/json'}});
			if (response.status !== 200) {
				throw await toError(response, subject);
			}

			return {value: await readJson(response, {schema, limit}), ...nextPage(response)};
		},
		toError,
	};
}

function redirectWithin(response: HttpResponse): URL | undefined {
	const next = redirectTarget(response);
	return next?.origin === response.url.origin ? next : undefined;
}

/**
The server that answered, by its origin; the hub if it is none of them.
*/
function endpointOf({origin}: URL, [own, ...others]: readonly [URL, ...URL[]]): URL {
	return origin === own.origin ? own : others.find(mirror => mirror.origin === origin) ?? own;
}

async function readErrorText(response: HttpResponse): Promise<string> {
	try {
		return await readText(response, 65_536);
	} catch {
		// The status alone says enough.
		return '';
	}
}
