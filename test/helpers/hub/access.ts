import {sendError, type Exchange} from './exchange.js';
import {type HubRepository} from './hub-repository.js';

/**
Accounts: tokens with the repositories that each has been granted (private ones to see, gated ones to download).
*/
export type Accounts = Readonly<Record<string, {readonly granted: readonly string[]}>>;

/**
The account of a request: undefined without a token. A wrong token is answered with 401, and `refused` is returned.
*/
export function accountOf(exchange: Exchange, accounts: Accounts): 'refused' | {readonly granted: readonly string[]} | undefined {
	const {authorization} = exchange.request.headers;
	if (authorization === undefined) {
		return undefined;
	}

	const account = accounts[authorization.replace(/^Bearer /v, '')];
	if (account === undefined) {
		sendError(exchange, 401, {message: 'Invalid credentials in Authorization header'});
		return 'refused';
	}

	return account;
}

/**
Answers for a repository that is missing or hidden; the hub does not tell one from the other to strangers.
*/
export function sendRepositoryNotFound(exchange: Exchange, isLoggedIn: boolean): void {
	sendError(exchange, isLoggedIn ? 404 : 401, {code: 'RepoNotFound', message: isLoggedIn ? 'Repository not found' : 'Invalid username or password.'});
}

export function isVisibleTo(repository: HubRepository, account: {readonly granted: readonly string[]} | undefined): boolean {
	return repository.private !== true || account?.granted.includes(repository.id) === true;
}

/**
Whether the bytes may be had; answers with the gate's refusal if not.
*/
export function hasPassedGate(exchange: Exchange, repository: HubRepository, account: {readonly granted: readonly string[]} | undefined): boolean {
	if (repository.gated === undefined || account?.granted.includes(repository.id) === true) {
		return true;
	}

	const message = account === undefined
		? `Access to model ${repository.id} is restricted. You must have access to it and be authenticated to access it. Please log in.`
		: `Access to model ${repository.id} is restricted and you are not in the authorized list.`;
	sendError(exchange, account === undefined ? 401 : 403, {code: 'GatedRepo', message});
	return false;
}
