import {accountOf, hasPassedGate, type Accounts} from './access.js';
import {findSnapshot} from './api.js';
import {sendError, sendRedirect, type Exchange} from './exchange.js';
import {hashesOf, isLargeFile} from './hub-repository.js';
import {type HubFile} from './hub-file.js';
import {sendFile} from './send-file.js';
import {signUrl} from './signed-url.js';
import {type Store} from './store.js';

export type ResolveOptions = {
	readonly store: Store;
	readonly accounts: Accounts;
	readonly cdnUrl: string;
	/**
	How long a signed address is valid.
	*/
	readonly urlLifetimeMilliseconds: number;
};

const pattern = /^\/(?<id>[^\/]+\/[^\/]+)\/(?<kind>resolve|raw)\/(?<revision>[^\/]+)\/(?<path>.+)$/v;
const cachePattern = /^\/api\/resolve-cache\/models\/(?<id>[^\/]+\/[^\/]+)\/(?<revision>[0-9a-f]{40})\/(?<path>.+)$/v;

type ResolveTarget = {
	readonly id: string;
	readonly revision: string;
	readonly filePath: string;
	/**
	`cache` is where small files are redirected to.
	*/
	readonly kind: string;
};

/**
What a path asks the bytes of, or undefined if it is another kind of path.
*/
export function parseResolvePath(url: URL): ResolveTarget | undefined {
	const groups = (pattern.exec(url.pathname) ?? cachePattern.exec(url.pathname))?.groups;
	if (groups === undefined) {
		return undefined;
	}

	const {id = '', kind = 'cache', revision = '', path = ''} = groups;
	return {
		id: decodeURIComponent(id), revision: decodeURIComponent(revision), filePath: decodeURIComponent(path), kind,
	};
}

/**
Answers `/ID/resolve/REVISION/PATH`, `/ID/raw/REVISION/PATH`, and where small files are redirected to.
*/
export async function answerResolve(exchange: Exchange, options: ResolveOptions): Promise<void> {
	const {store, accounts} = options;
	const target = parseResolvePath(exchange.url);
	const snapshot = target === undefined ? undefined : findSnapshot(exchange, {store, accounts, ...target});
	if (target === undefined || snapshot === undefined) {
		return;
	}

	const {repository, commit} = snapshot;
	exchange.response.setHeader('x-repo-commit', commit);
	const account = accountOf(exchange, accounts);
	if (account === 'refused' || !hasPassedGate(exchange, repository, account)) {
		return;
	}

	const {filePath, kind} = target;
	const file = exchange.faults.get('other-file')?.file ?? repository.files[filePath];
	if (file === undefined) {
		sendError(exchange, 404, {code: 'EntryNotFound', message: 'Entry not found'});
	} else if (!file.available) {
		sendError(exchange, 403, {message: 'This demo serves only the tinychat models and the generated files; of all others it has the description alone'});
	} else if (kind === 'resolve' && isLargeFile(filePath, file)) {
		await redirectToStorage(exchange, {
			file, filePath, storagePath: `${repository.id}/${commit}/${filePath}`, options,
		});
	} else if (kind === 'resolve') {
		const {oid} = await hashesOf(filePath, file);
		sendRedirect(exchange, 307, `/api/resolve-cache/models/${encodeURI(repository.id)}/${commit}/${encodeURIComponent(filePath)}`, {etag: `"${oid}"`});
	} else {
		const {oid} = await hashesOf(filePath, file);
		await sendFile(exchange, {
			file, etag: `"${oid}"`, headers: {'content-type': 'text/plain; charset=utf-8'}, throttles: [],
		});
	}
}

async function redirectToStorage(exchange: Exchange, {file, filePath, storagePath, options}: {
	readonly file: HubFile;
	readonly filePath: string;
	readonly storagePath: string;
	readonly options: ResolveOptions;
}): Promise<void> {
	const {sha256, xetHash} = await hashesOf(filePath, file);
	const lifetime = exchange.faults.has('expired-url') ? -1000 : options.urlLifetimeMilliseconds;
	sendRedirect(exchange, 302, signUrl(options.cdnUrl, storagePath, Date.now() + lifetime), {
		'x-linked-etag': `"${sha256}"`,
		'x-linked-size': file.sizeBytes,
		'x-xet-hash': xetHash,
		etag: `"${sha256}"`,
		'accept-ranges': 'bytes',
	});
}
