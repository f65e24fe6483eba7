import {readFile} from 'node:fs/promises';
import {homedir} from 'node:os';
import path from 'node:path';
import {UsageError} from '../../errors/usage-error.js';
import {sanitizeLine} from '../../format/sanitize.js';
import {checkUrl} from './check-url.js';
import {type Environment} from './environment.js';
import {type AccessToken} from './http.js';
import {isLoopback} from './loopback.js';

export type HubSettings = {
	readonly endpoint: URL;
	/**
	Whether requests to the hub are refused, as HF_HUB_OFFLINE asks.
	*/
	readonly offline: boolean;
	/**
	Bound to the endpoint's origin.
	*/
	readonly token?: AccessToken;
};

/**
Where the hub is and what it may be told, by the variables that huggingface_hub reads.

HF_ENDPOINT goes before the configured endpoint. The token goes to Hugging Face itself, to this machine, and to an endpoint that the user named by HF_ENDPOINT; never to a mirror that only the config file names, because a mirror's owner would then hold the user's identity.
@throws UsageError `invalid_endpoint`, NetworkError `insecure_url`.
*/
export async function readHubSettings(environment: Environment, configuredEndpoint: string): Promise<HubSettings> {
	const fromEnvironment = environment.HF_ENDPOINT?.trim() ?? '';
	const endpoint = parseEndpoint(fromEnvironment === '' ? configuredEndpoint : fromEnvironment);
	const isTrusted = isHuggingFace(endpoint) || isLoopback(endpoint) || fromEnvironment !== '';
	const value = isTrusted ? await readToken(environment) : undefined;
	return {
		endpoint,
		offline: ['HF_HUB_OFFLINE', 'TRANSFORMERS_OFFLINE'].some(name => /^(?:1|on|yes|true)$/iv.test(environment[name] ?? '')),
		...(value !== undefined && {token: {value, origin: endpoint.origin}}),
	};
}

/**
The servers with the same repositories that the config names, each once and without the hub itself. None of them is ever told the token.
@throws UsageError `invalid_endpoint`, NetworkError `insecure_url`.
*/
export function mirrorsOf(endpoint: URL, configuredMirrors: readonly string[]): readonly URL[] {
	const byAddress = new Map(configuredMirrors.map(text => parseEndpoint(text)).map(url => [url.href, url]));
	byAddress.delete(endpoint.href);
	return byAddress.values().toArray();
}

function parseEndpoint(text: string): URL {
	const url = URL.parse(text);
	if (url === null || url.host === '') {
		throw new UsageError(`The hub's address is not valid: ${sanitizeLine(text)}`, {
			code: 'invalid_endpoint',
			hint: 'Set HF_ENDPOINT, or hugging_face_endpoint and downloads.mirrors in the config, to an address such as https://huggingface.co.',
		});
	}

	checkUrl(url);
	// A base that ends in a slash keeps its path when others are resolved against it.
	return new URL(url.origin + (url.pathname.endsWith('/') ? url.pathname : `${url.pathname}/`));
}

function isHuggingFace(url: URL): boolean {
	return /^(?:.+\.)?(?:huggingface\.co|hf\.co)$/v.test(url.hostname);
}

/**
The user's token, in the order of huggingface_hub: HF_TOKEN, its older name, then the file that `hf auth login` writes.
*/
async function readToken(environment: Environment): Promise<string | undefined> {
	const direct = [environment.HF_TOKEN, environment.HUGGING_FACE_HUB_TOKEN].map(value => cleanToken(value)).find(value => value !== undefined);
	if (direct !== undefined) {
		return direct;
	}

	const cache = environment.XDG_CACHE_HOME ?? path.join(environment.HOME ?? homedir(), '.cache');
	const home = environment.HF_HOME ?? path.join(cache, 'huggingface');
	try {
		return cleanToken(await readFile(environment.HF_TOKEN_PATH ?? path.join(home, 'token'), 'utf8'));
	} catch {
		// No file or no permission is no token: public models work without one, others say that one is needed.
		return undefined;
	}
}

// A header can only carry visible ASCII; anything else is not a token but a broken file.
function cleanToken(text: string | undefined): string | undefined {
	const token = text?.trim() ?? '';
	return /^[\u{21}-\u{7E}]+$/v.test(token) && token.length < 4096 ? token : undefined;
}
