import {type Environment} from '../../network/environment.js';

/**
Variables that belong to who asks for a download: ways to the network, and who one is at the hub.
*/
const names: readonly string[] = [
	...['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'NO_PROXY'].flatMap(name => [name, name.toLowerCase()]),
	'HF_ENDPOINT',
	'HF_HOME',
	'HF_HUB_OFFLINE',
	'HF_TOKEN',
	'HF_TOKEN_PATH',
	'HOME',
	'HUGGING_FACE_HUB_TOKEN',
	'NODE_EXTRA_CA_CERTS',
	'SSL_CERT_DIR',
	'SSL_CERT_FILE',
	'TRANSFORMERS_OFFLINE',
	'XDG_CACHE_HOME',
];

// What the protocol carries; nothing that is meant as one of these is longer.
const longestValue = 65_536;

/**
Those of them that are set.
*/
export function askerEnvironment(environment: Environment): Readonly<Record<string, string>> {
	return Object.fromEntries(names.flatMap(name => {
		const value = environment[name];
		return value === undefined || value.length > longestValue ? [] : [[name, value]];
	}));
}

/**
An environment as it is for who asks: what they have not set is not set.
*/
export function withAsker(environment: Environment, asker: Environment): Environment {
	return {...environment, ...Object.fromEntries(names.map(name => [name, undefined])), ...askerEnvironment(asker)};
}
