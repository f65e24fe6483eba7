import {NetworkError} from '../../../errors/network-error.js';
import {type Abortable} from '../../../types/abortable.js';
import {type RemoteFile} from '../../../types/search.js';
import {resolvePath} from '../../network/hub-path.js';
import {type HttpResponse} from '../../network/http.js';
import {type Hub} from '../../network/hub.js';
import {redirectTarget} from '../../network/redirect.js';
import {type FileIdentity} from '../partial/file-identity.js';
import {webPage} from './setbacks.js';

export type LookUpOptions = Abortable & {
	readonly hub: Hub;
	/**
	Of a mirror, to ask it in place of the hub.
	*/
	readonly endpoint?: URL;
	readonly repository: string;
	/**
	Commit, once it is known; branch before.
	*/
	readonly revision: string;
	readonly file: RemoteFile;
};

/**
A file as the hub has it now, and where its bytes are.
*/
export type Located = {
	readonly identity: FileIdentity;
	/**
	May be signed, and then works for a while only. Never stored, never shown.
	*/
	readonly url: URL;
	/**
	Whether the bytes come from the server that was asked, and not from another host that it leads to. The hub may see the token.
	*/
	readonly isOnHub: boolean;
	/**
	Of the mirror that was asked; undefined for the hub.
	*/
	readonly endpoint?: URL;
};

/**
Asks the hub, or a mirror, about a file. The answer to the first request, before any redirect to another host, has the commit, the hash and the size.
@throws the hub's errors for 401, 403, 404 and the like, NetworkError `insecure_url`, `web_page`.
*/
export async function lookUp({hub, endpoint, repository, revision, file, signal}: LookUpOptions): Promise<Located> {
	const url = resolvePath({repository, revision, filePath: file.path});
	const asked = endpoint === undefined ? {} : {endpoint};
	const response = await hub.request({
		url, ...asked, method: 'HEAD', signal,
	});
	const location = redirectTarget(response);
	if (location === undefined && response.status !== 200) {
		throw await hub.toError(response, {repository, revision, filePath: file.path});
	}

	await response.discard();
	requireNoPage(response, file.path);
	return {
		...asked,
		identity: {repository, path: file.path, ...readHeaders(response.headers, location === undefined, file)},
		url: location ?? response.url,
		isOnHub: location === undefined,
	};
}

/**
A page of HTML is not what was asked for.
@throws NetworkError `web_page`.
*/
export function requireNoPage({status, headers, url}: HttpResponse, path: string): void {
	const isPage = /^\s*text\/html\b/iv.test(headers['content-type'] ?? '') && !/\.html?$/iv.test(path);
	if (isPage && status >= 200 && status < 300) {
		throw webPage(url.host, path);
	}
}

/**
An ETag without its quotes and its mark of weakness.
*/
export function cleanEtag(value: string | undefined): string | undefined {
	const etag = value?.trim().replace(/^W\//v, '').replaceAll('"', '') ?? '';
	return etag === '' || etag.length > 256 ? undefined : etag;
}

/**
A decimal number of bytes.
*/
export function parseSize(value: string | undefined): number | undefined {
	return value !== undefined && /^\d{1,15}$/v.test(value) ? Number(value) : undefined;
}

function readHeaders(headers: HttpResponse['headers'], hasContent: boolean, file: RemoteFile): Omit<FileIdentity, 'repository' | 'path'> {
	const etag = cleanEtag(headers['x-linked-etag'] ?? (hasContent ? headers.etag : undefined));
	const isEncoded = (headers['content-encoding'] ?? 'identity') !== 'identity';
	const sizeBytes = parseSize(headers['x-linked-size'])
		?? (hasContent && !isEncoded ? parseSize(headers['content-length']) : undefined)
		?? (file.sizeBytes > 0 ? file.sizeBytes : undefined);
	if (sizeBytes === undefined) {
		throw new NetworkError('The hub does not say how large the file is.', {code: 'unexpected_reply', hint: 'Check HF_ENDPOINT; not every mirror does.'});
	}

	const commit = headers['x-repo-commit'];
	return {
		sizeBytes,
		etag,
		commit: commit !== undefined && /^[\da-f]{7,64}$/v.test(commit) ? commit : undefined,
		sha256: etag !== undefined && /^[\da-f]{64}$/iv.test(etag) ? etag.toLowerCase() : undefined,
		gitSha1: etag !== undefined && /^[\da-f]{40}$/iv.test(etag) ? etag.toLowerCase() : undefined,
	};
}
