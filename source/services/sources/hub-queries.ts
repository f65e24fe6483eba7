import {type Abortable} from '../../types/abortable.js';
import {encodePath} from '../network/hub-path.js';
import {type Hub} from '../network/hub.js';
import {NetworkError} from '../../errors/network-error.js';
import {
	modelReply,
	treeReply,
	type ModelReply,
	type TreeEntry,
} from './hub-replies.js';

export type RepositoryRevision = {
	readonly repository: string;
	readonly revision?: string;
};

const infoLimit = 16 * 1024 * 1024;
const treeLimit = 64 * 1024 * 1024;
const maximumTreePages = 100;

/**
What the hub says of one repository; `sha` is the commit that the revision names now.
*/
export async function fetchModel(hub: Hub, subject: RepositoryRevision, {signal}: Abortable): Promise<ModelReply> {
	const {repository, revision = 'main'} = subject;
	const query = expand(['sha', 'downloads', 'likes', 'lastModified', 'gated', 'tags', 'gguf', 'cardData']);
	const url = `api/models/${encodePath(repository)}/revision/${encodeURIComponent(revision)}?${query}`;
	const {value} = await hub.json({
		url, subject, schema: modelReply, limit: infoLimit, signal,
	});
	return value;
}

/**
All files of a repository at a revision.
*/
export async function fetchTree(hub: Hub, subject: RepositoryRevision, {signal}: Abortable): Promise<readonly TreeEntry[]> {
	const {repository, revision = 'main'} = subject;
	const entries: TreeEntry[] = [];
	let url: string | undefined = `api/models/${encodePath(repository)}/tree/${encodeURIComponent(revision)}?recursive=true`;
	for (let page = 0; url !== undefined; page++) {
		if (page === maximumTreePages) {
			throw new NetworkError(`${repository} has too many files to list.`, {code: 'reply_too_large'});
		}

		// eslint-disable-next-line no-await-in-loop -- each page is known only from the one before it
		const reply: {readonly value: TreeEntry[]; readonly next?: string} = await hub.json({
			url, subject, schema: treeReply, limit: treeLimit, signal,
		});
		entries.push(...reply.value);
		url = reply.next;
	}

	return entries;
}

/**
The query that asks for these keys of a model, and no others.
*/
export function expand(keys: readonly string[]): string {
	return keys.map(key => `${encodeURIComponent('expand[]')}=${key}`).join('&');
}
