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
	/**
	Before the first byte of an answer is taken; says in the claim where it comes from.
	*/
	readonly onReply: (reply: RangeReply) => Promise<void>;
	readonly onBytes: (bytes: number) => void;
};

// A journal has room for so many; a file has one or two.
const maximumEtags = 16;

/**
Fetches a claim over one connection into the partial file. However it ends, what came is in the file then.
@throws as `lookUp`, `openRange` and `receive`; NetworkError `stalled`, errors of the disk.
*/
export async function fetchClaim({claim, transfer, partial, servers, onReply, onBytes, signal: laneSignal}: FetchClaimOptions): Promise<void> {
	const {hub, http, timing, throttle} = transfer;
	const {identity} = partial;
	const signal = AbortSignal.any([laneSignal, claim.relief]);
	const located = await servers.locate(claim.server, identity, {signal});
	if (!isSameFile(located.identity, identity)) {
		throw fileChanged(claim.server.host);
	}

	const watch = watchForStall(timing.stall, () => claim.host ?? located.url.host);
	const watched = AbortSignal.any([signal, watch.signal]);
	try {
		const reply = await openRange({
			hub, http, located, range: claim, etagOf: origin => partial.servedEtags.get(origin), signal: watched,
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
				reply, claim, writer, path: identity.path, sizeBytes: identity.sizeBytes, flushAge: timing.flush, watch, throttle, onBytes, signal: watched,
			});
		} finally {
			await watch.exempt(writer.flush());
		}
	} catch (error) {
		// Whatever went wrong: the next connection asks for the address anew, and hears whether the file is still the same.
		if (!signal.aborted) {
			claim.server.forget(located);
		}

		throw error;
	} finally {
		watch.stop();
	}
}
