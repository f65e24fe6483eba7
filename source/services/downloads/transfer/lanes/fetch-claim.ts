import {RemudaError} from '../../../../errors/remuda-error.js';
import {type Abortable} from '../../../../types/abortable.js';
import {type PartialFile} from '../../partial/partial-file.js';
import {type RangeReply} from '../check-reply.js';
import {isSameFile} from '../../partial/file-identity.js';
import {openRange} from '../open-range.js';
import {receive} from '../receive.js';
import {type FileServers} from '../servers/file-servers.js';
import {fileChanged} from '../setbacks.js';
import {watchForStall} from '../stall-watch.js';
import {type TransferOptions} from '../transfer-options.js';
import {type LaneClaim} from './lane-claim.js';

export type FetchClaimOptions = Abortable & {
	readonly claim: LaneClaim;
	readonly transfer: TransferOptions;
	readonly partial: PartialFile;
	readonly servers: FileServers;
	readonly isVerifiable: boolean;
	/**
	Whether different ETags mean different bytes.
	*/
	readonly comparesEtags: boolean;
	/**
	Before the first byte of an answer is taken; says in the claim where it comes from.
	*/
	readonly onReply: (reply: RangeReply) => Promise<void>;
	readonly onBytes: (bytes: number) => void;
};

// Another address may help against these: it does not work any more, leads elsewhere, or its host is not there. For anything else the hub, which counts requests, is not asked again.
const addressCodes = new Set(['link_expired', 'file_changed', 'unexpected_reply', 'unexpected_size', 'web_page', 'offline', 'timeout', 'stalled']);
// A journal has room for so many; a file has one or two.
const maximumEtags = 16;

/**
Fetches a claim over one connection into the partial file. However it ends, what came is in the file then.
@throws as `lookUp`, `openRange` and `receive`; NetworkError `stalled`, errors of the disk.
*/
export async function fetchClaim(options: FetchClaimOptions): Promise<void> {
	const {claim, transfer, partial, servers, isVerifiable, comparesEtags, onReply, onBytes} = options;
	const {hub, http, timing, throttle} = transfer;
	const {identity} = partial;
	const signal = AbortSignal.any([options.signal, claim.relief]);
	const located = await servers.locate(claim.server, identity, {signal});
	if (!isSameFile(located.identity, identity)) {
		throw fileChanged(claim.server.host);
	}

	const watch = watchForStall(timing.stall, () => claim.host ?? located.url.host);
	const watched = AbortSignal.any([signal, watch.signal]);
	try {
		const reply = await openRange({
			hub, http, located, range: claim, etagOf: origin => comparesEtags ? partial.servedEtags.get(origin) : undefined, signal: watched,
		});
		try {
			await watch.exempt(onReply(reply));
		} catch (error) {
			await reply.response.discard();
			throw error;
		}

		const {origin} = reply.response.url;
		if (reply.etag !== undefined && (partial.servedEtags.size < maximumEtags || partial.servedEtags.has(origin))) {
			partial.servedEtags.set(origin, reply.etag);
		}

		const writer = partial.openWriter(reply.start, claim.server.origin);
		try {
			await receive({
				reply, claim, writer, path: identity.path, sizeBytes: identity.sizeBytes, isVerifiable, flushAge: timing.flush, watch, throttle, onBytes, signal: watched,
			});
		} finally {
			await watch.exempt(writer.flush());
		}
	} catch (error) {
		if (!signal.aborted && error instanceof RemudaError && addressCodes.has(error.code)) {
			claim.server.forget(located);
		}

		throw error;
	} finally {
		watch.stop();
	}
}
