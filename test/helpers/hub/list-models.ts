import {Buffer} from 'node:buffer';
import {commitOf, type HubRepository} from './hub-repository.js';
import {modelInfo, tagsOf} from './model-info.js';

/**
One page of `GET /api/models`.
*/
export async function listModels(repositories: readonly HubRepository[], url: URL): Promise<{readonly models: unknown[]; readonly next?: string}> {
	const {searchParams} = url;
	const words = (searchParams.get('search') ?? '').toLowerCase().split(/\s+/v);
	const filters = searchParams.getAll('filter');
	const found = repositories
		.filter(repository => words.every(word => repository.id.toLowerCase().includes(word)) && filters.every(tag => tagsOf(repository).includes(tag)))
		.toSorted(order(searchParams.get('sort') ?? 'trendingScore'));
	const limit = Math.min(1000, Number(searchParams.get('limit') ?? 1000));
	const offset = decodeCursor(searchParams.get('cursor') ?? undefined);
	const page = found.slice(offset, offset + limit);
	const models = await Promise.all(page.map(async repository => modelInfo({repository, commit: commitOf(repository)}, {
		expand: searchParams.getAll('expand[]'),
		hasBlobs: false,
		detail: searchParams.get('full') === 'true' ? 'full' : 'list',
	})));
	return {models, ...(offset + limit < found.length && {next: nextUrl(url, offset + limit)})};
}

function order(sort: string): (left: HubRepository, right: HubRepository) => number {
	if (sort === 'lastModified') {
		return (left, right) => (right.lastModified ?? '').localeCompare(left.lastModified ?? '');
	}

	const count = (repository: HubRepository) => sort === 'likes' ? repository.likes ?? 0 : repository.downloads ?? 0;
	return (left, right) => count(right) - count(left);
}

function nextUrl(url: URL, offset: number): string {
	const next = new URL(url);
	next.searchParams.set('cursor', Buffer.from(JSON.stringify({offset})).toString('base64url'));
	return next.href;
}

function decodeCursor(cursor: string | undefined): number {
	return cursor === undefined ? 0 : (JSON.parse(Buffer.from(cursor, 'base64url').toString()) as {offset: number}).offset;
}
