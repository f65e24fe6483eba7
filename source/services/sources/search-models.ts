import {type Abortable} from '../../types/abortable.js';
import {type SearchPage, type SearchQuery, type SearchResult} from '../../types/search.js';
import {type Hub} from '../network/hub.js';
import {expand} from './hub-queries.js';
import {modelListReply, type ModelListItem} from './hub-replies.js';

const defaultLimit = 30;
const maximumLimit = 100;
const pageLimit = 16 * 1024 * 1024;

/**
A page of GGUF repositories, most downloaded first. The cursor is the address of the next page, which `Hub` asks only on its own host.
*/
export async function searchModels(hub: Hub, {text, cursor, limit = defaultLimit}: SearchQuery, {signal}: Abortable): Promise<SearchPage> {
	const size = String(Math.min(Math.max(1, limit), maximumLimit));
	// `library=gguf` is ignored by the hub, the tag is not.
	const query = new URLSearchParams({
		search: text.trim().slice(0, 200), filter: 'gguf', sort: 'downloads', limit: size,
	});
	const firstPage = `api/models?${query.toString()}&${expand(['downloads', 'likes', 'lastModified', 'gated', 'tags'])}`;
	const {value, next} = await hub.json({
		url: cursor ?? firstPage, subject: {}, schema: modelListReply, limit: pageLimit, signal,
	});
	return {results: value.map(model => toResult(model)), ...(next !== undefined && {nextCursor: next})};
}

function toResult({id, downloads, likes, lastModified, gated, tags}: ModelListItem): SearchResult {
	const license = licenseOf(tags);
	return {
		ref: `hf:${id}`,
		repository: id,
		downloads,
		likes,
		gated,
		tags,
		...(lastModified !== undefined && {updatedAt: lastModified}),
		...(license !== undefined && {license}),
	};
}

const prefix = 'license:';

/**
The licence that the tags name.
*/
export function licenseOf(tags: readonly string[]): string | undefined {
	return tags.find(tag => tag.startsWith(prefix))?.slice(prefix.length);
}
