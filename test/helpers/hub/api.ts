import {
	type Accounts,
	accountOf,
	isVisibleTo,
	sendRepositoryNotFound,
} from './access.js';
import {
	sendError,
	sendJson,
	sendRedirect,
	type Exchange,
} from './exchange.js';
import {modelInfo} from './model-info.js';
import {type Snapshot} from './hub-repository.js';
import {listModels} from './list-models.js';
import {listTree} from './list-tree.js';
import {type Store} from './store.js';

const rateLimitHeaders = {ratelimit: '"api";r=499;t=55', 'ratelimit-policy': '"fixed window";"api";q=500;w=300'};

/**
Everything under `/api/`.
*/
export async function answerApi(exchange: Exchange, {store, accounts, treePageSize}: {
	readonly store: Store;
	readonly accounts: Accounts;
	readonly treePageSize: number;
}): Promise<void> {
	const {url, response} = exchange;
	for (const [name, value] of Object.entries(rateLimitHeaders)) {
		response.setHeader(name, value);
	}

	if (url.pathname === '/api/models') {
		const account = accountOf(exchange, accounts);
		if (account !== 'refused') {
			const {models, next} = await listModels(store.repositories().filter(repository => isVisibleTo(repository, account)), url);
			sendJson(exchange, 200, models, next === undefined ? {} : {link: `<${next}>; rel="next"`});
		}

		return;
	}

	const {id, kind, revision = 'main'} = /^\/api\/models\/(?<id>[^\/]+\/[^\/]+)(?:\/(?<kind>revision|tree)\/(?<revision>[^\/]+))?$/v.exec(url.pathname)?.groups ?? {};
	const snapshot = id === undefined
		? undefined
		: findSnapshot(exchange, {
			store, accounts, id: decodeURIComponent(id), revision: decodeURIComponent(revision),
		});
	if (id === undefined) {
		sendError(exchange, 404, {message: 'Not found'});
	} else if (snapshot !== undefined && kind === 'tree') {
		const {entries, next} = await listTree(snapshot, {url, pageSize: treePageSize});
		sendJson(exchange, 200, entries, next === undefined ? {} : {link: `<${next}>; rel="next"`});
	} else if (snapshot !== undefined) {
		sendJson(exchange, 200, await modelInfo(snapshot, {expand: url.searchParams.getAll('expand[]'), hasBlobs: url.searchParams.get('blobs') === 'true', detail: 'info'}));
	}
}

/**
The commit that a request is about; answers if there is none or it has moved.
*/
export function findSnapshot(exchange: Exchange, {store, accounts, id, revision}: {
	readonly store: Store;
	readonly accounts: Accounts;
	readonly id: string;
	readonly revision: string;
}): Snapshot | undefined {
	const account = accountOf(exchange, accounts);
	if (account === 'refused') {
		return undefined;
	}

	const repository = store.repository(id);
	if (repository === undefined || !isVisibleTo(repository, account)) {
		sendRepositoryNotFound(exchange, account !== undefined);
		return undefined;
	}

	if (repository.id !== id) {
		sendRedirect(exchange, 307, exchange.url.pathname.split(id).join(repository.id) + exchange.url.search);
		return undefined;
	}

	const snapshot = store.snapshot(repository, revision);
	if (snapshot === undefined) {
		sendError(exchange, 404, {code: 'RevisionNotFound', message: `Invalid rev id: ${revision}`});
	}

	return snapshot;
}
