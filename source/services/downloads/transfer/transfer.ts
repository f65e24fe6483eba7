import {type RemudaError} from '../../../errors/remuda-error.js';
import {formatBytes} from '../../../format/bytes.js';
import {requireSpace} from '../disk/free-space.js';
import {PartialFile} from '../partial/partial-file.js';
import {type Transferred, type TransferOptions} from './transfer-options.js';
import {countDown} from './count-down.js';
import {isSameFile, type FileIdentity} from './file-identity.js';
import {lookUp, type Located} from './look-up.js';
import {openRange, type RangeReply} from './open-range.js';
import {receive} from './receive.js';
import {createRetries} from './retry.js';
import {fileChanged, toSetback} from './setbacks.js';
import {watchForStall, type StallWatch} from './stall-watch.js';
import {
	checkDigests,
	findComplete,
	hashInPlace,
	requireChosen,
} from './verification.js';

/**
Fetches one file into its partial file and verifies it, through as many connections as it takes.
@throws RemudaError for what retrying does not help with, or did not; the partial file is kept where it can go on.
*/
export async function transferFile(options: TransferOptions): Promise<Transferred> {
	const transfer = new Transfer(options);
	return transfer.run();
}

// What came is not the file: none of it may be used again.
const spoilingCodes = new Set(['checksum_mismatch', 'wrong_size', 'not_a_model']);

class Transfer {
	readonly #options: TransferOptions;
	readonly #retries;
	#located: Located | undefined;
	#partial: PartialFile | undefined;
	#fetched = 0;
	/**
	What the user should know for as long as the file is being received.
	*/
	#note: string | undefined;
	/**
	Of the failure before.
	*/
	#lastCode: string | undefined;

	constructor(options: TransferOptions) {
		this.#options = options;
		this.#retries = createRetries(options.timing);
	}

	async #attempt(): Promise<Transferred> {
		const {events, signal, file} = this.#options;
		events.onStage('downloading');
		const identity = this.#located?.identity ?? await findComplete(this.#options) ?? await this.#ask();
		events.onIdentity(identity);
		const sha256 = await this.#findInPlace(identity);
		if (sha256 !== undefined) {
			return {identity, sha256, isInPlace: true};
		}

		const partial = await this.#openPartial(identity);
		if (partial.received < identity.sizeBytes) {
			await this.#fetch(partial);
		}

		events.onStage('verifying');
		events.onActivity(undefined);
		const digests = await partial.finish({signal});
		checkDigests(digests, identity, file.sha256);
		return {identity, sha256: digests.sha256, isInPlace: false};
	}

	/**
	Asks the hub what the file is now, and where.
	*/
	async #ask(): Promise<FileIdentity> {
		const {hub, repository, revision, file, events} = this.#options;
		events.onActivity('asking the hub');
		this.#located = await this.#watched(async (_, signal) => lookUp({
			hub, repository, revision: revision(), file, signal,
		}));
		requireChosen(this.#located.identity, file.sha256);
		return this.#located.identity;
	}

	async #findInPlace(identity: FileIdentity): Promise<string | undefined> {
		const {file, target, events, signal} = this.#options;
		if (this.#partial !== undefined) {
			return undefined;
		}

		const sha256 = await hashInPlace(target, {sizeBytes: identity.sizeBytes, sha256: file.sha256 ?? identity.sha256}, {
			signal,
			onStart() {
				events.onActivity('checking the file that is there already');
			},
		});
		if (sha256 !== undefined) {
			events.onReceived(identity.sizeBytes);
		}

		return sha256;
	}

	async #openPartial(identity: FileIdentity): Promise<PartialFile> {
		if (this.#partial !== undefined && isSameFile(this.#partial.identity, identity)) {
			return this.#partial;
		}

		const {folder, index, timing, events} = this.#options;
		await this.#partial?.close();
		this.#partial = undefined;
		this.#partial = await PartialFile.open({
			folder, index, identity, journalAge: timing.journal, onProgress: events.onReceived,
		});
		if (this.#partial.replaces) {
			this.#note = 'the file changed on the hub: started again';
		}

		return this.#partial;
	}

	async #fetch(partial: PartialFile): Promise<void> {
		const {hub, http, folder, timing, events} = this.#options;
		const {sizeBytes, path} = partial.identity;
		await requireSpace(folder, sizeBytes - partial.received);
		if (this.#located === undefined) {
			await this.#ask();
		}

		await this.#watched(async (watch, signal) => {
			const located = this.#located;
			if (located === undefined || !isSameFile(located.identity, partial.identity)) {
				throw fileChanged(located?.url.host ?? 'the hub');
			}

			const reply = await openRange({
				hub, http, located, from: partial.received, etag: partial.servedEtag, signal,
			});
			events.onHost(reply.response.url.host);
			await watch.exempt(this.#align(reply, partial));
			events.onActivity(this.#note);
			try {
				await receive({
					reply, partial, path, sizeBytes, flushAge: timing.flush, watch,
					onBytes: bytes => {
						this.#count(bytes);
					},
				});
			} finally {
				// However it ended: what came is kept.
				await watch.exempt(partial.flush());
			}
		});
	}

	/**
	What to do with bytes that are there when the server begins at 0 again.
	*/
	async #align(reply: RangeReply, partial: PartialFile): Promise<void> {
		const {received, servedEtag, identity} = partial;
		if (reply.start < received) {
			const isChanged = servedEtag !== undefined && reply.etag !== undefined && servedEtag !== reply.etag;
			const isVerifiable = [this.#options.file.sha256, identity.sha256, identity.gitSha1].some(hash => hash !== undefined);
			if (isChanged || !isVerifiable) {
				this.#note = isChanged ? 'the file changed on the server: started again' : 'the server cannot resume: started again';
				await partial.restart();
			} else {
				this.#note = `the server cannot resume: passing over the first ${formatBytes(received)}`;
			}
		}

		partial.servedEtag = reply.etag;
	}

	#count(bytes: number): void {
		this.#fetched += bytes;
		this.#options.events.onFetched(bytes);
		if (this.#retries.progress(this.#fetched)) {
			this.#options.events.onRetries(0);
		}
	}

	/**
	Makes ready for another attempt, and waits for its time; throws the error where there is none.
	*/
	async #recover(error: RemudaError): Promise<void> {
		const {events, unpin, signal} = this.#options;
		this.#located = undefined;
		if (error.code === 'revision_not_found' && unpin()) {
			return;
		}

		if (spoilingCodes.has(error.code)) {
			await this.#partial?.discard();
			this.#partial = undefined;
			events.onReceived(0);
		}

		const plan = this.#retries.next(error);
		if (plan === undefined) {
			throw error;
		}

		events.onRetries(plan.retry);
		await this.#makeReady(error.code);
		await countDown(plan, error, {signal, onActivity: events.onActivity});
	}

	async #makeReady(code: string): Promise<void> {
		if (code === 'partial_lost') {
			await this.#partial?.close();
			this.#partial = undefined;
			this.#note = 'the partial file was removed: started again';
		}

		// One odd answer is no reason to throw gigabytes away: the hub is asked first. It knows nothing of a change if it comes again.
		if (code === 'file_changed' && this.#lastCode === code) {
			await this.#partial?.restart();
			this.#note = 'the file changed on the server: started again';
		}

		this.#lastCode = code;
	}

	async #watched<Result>(run: (watch: StallWatch, signal: AbortSignal) => Promise<Result>): Promise<Result> {
		const {timing, signal} = this.#options;
		const watch = watchForStall(timing.stall, () => this.#located?.url.host ?? 'The hub');
		try {
			return await run(watch, AbortSignal.any([signal, watch.signal]));
		} finally {
			watch.stop();
		}
	}

	async run(): Promise<Transferred> {
		try {
			for (;;) {
				try {
					// eslint-disable-next-line no-await-in-loop -- one connection after the other
					return await this.#attempt();
				} catch (error) {
					this.#options.signal.throwIfAborted();
					// eslint-disable-next-line no-await-in-loop -- the same
					await this.#recover(toSetback(error));
				}
			}
		} finally {
			await this.#partial?.close();
		}
	}
}
