import {type Abortable} from '../../../types/abortable.js';
import {followRedirects} from '../../network/follow-redirects.js';
import {type Http, type HttpResponse} from '../../network/http.js';
import {type Hub} from '../../network/hub.js';
import {type ByteRange} from '../partial/byte-ranges.js';
import {checkReply, type RangeReply} from './check-reply.js';
import {type Located} from './look-up.js';

export type OpenRangeOptions = Abortable & {
	readonly hub: Hub;
	readonly http: Http;
	readonly located: Located;
	/**
	What is wanted; to the end of the file where its `end` is that.
	*/
	readonly range: ByteRange;
	/**
	ETag that other bytes of the file came with, from that origin.
	*/
	readonly etagOf: (origin: string) => string | undefined;
};

/**
Asks for a range of a file, and checks that the answer is about this file before any byte of it is used.
@throws NetworkError `link_expired`, `redirect_loop`, `insecure_url`, `unexpected_size`, `web_page`, IntegrityError `file_changed`, and what the hub's statuses mean.
*/
export async function openRange(options: OpenRangeOptions): Promise<RangeReply> {
	const response = await request(options);
	try {
		return await checkReply(response, options);
	} catch (error) {
		// An answer that is not wanted must not hold its connection.
		await response.discard();
		throw error;
	}
}

async function request({hub, http, located, range, etagOf, signal}: OpenRangeOptions): Promise<HttpResponse> {
	const {start, end} = range;
	const {endpoint, identity, isOnHub} = located;
	const optionsFor = (url: URL) => {
		const etag = etagOf(url.origin);
		const last = end === identity.sizeBytes ? '' : end - 1;
		return {
			url,
			headers: {range: `bytes=${start}-${last}`, ...(etag !== undefined && {'if-range': `"${etag}"`})},
			isBulk: true,
			signal,
		};
	};

	const first = isOnHub
		? await hub.request({...optionsFor(located.url), ...(endpoint !== undefined && {endpoint})})
		: await http.request(optionsFor(located.url));
	return followRedirects(first, async url => http.request(optionsFor(url)));
}
