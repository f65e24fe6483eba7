import {type RemudaError} from '../../../errors/remuda-error.js';
import {formatBytes} from '../../../format/bytes.js';
import {requireSpace} from '../disk/free-space.js';
import {PartialFile} from '../partial/partial-file.js';
import {isSameFile, type FileIdentity} from '../partial/file-identity.js';
import {type Transferred, type TransferOptions} from './transfer-options.js';
import {countDown} from './count-down.js';
import {createReport} from './lanes/create-report.js';
import {LanePool} from './lanes/lane-pool.js';
import {describeRetry} from './lanes/lane-words.js';
import {createRetries, isTransient} from './retry.js';
import {isVerifiable} from './servers/expected-file.js';
import {FileServers} from './servers/file-servers.js';
import {toSetback} from './setbacks.js';
import {
	checkDigests,
	findComplete,
	hashInPlace,
	requireChosen,
} from './verification.js';

/**
Fetches one file into its partial file and verifies it, through as many connections and servers as it takes.
@throws RemudaError for what retrying does not help with, or did not; the partial file is kept where it can go on.
*/
export async function transferFile(options: TransferOptions): Promise<Transferred> {
	const servers = await FileServers.open(options);
	try {
		const transfer = new Transfer(options, servers);
		return await transfer.run();
	} finally {
		servers.close();
		options.events.onSegments([]);
	}
}

// What came is not the file: none of it may be used again.
const spoilingCodes = new Set(['checksum_mismatch', 'wrong_size', 'not_a_model']);
// What the connections of a file cannot answer themselves, but starting over may.
const restartCodes = new Set(['file_changed', 'partial_lost']);

class Transfer {
	readonly #options: TransferOptions;
	readonly #servers: FileServers;
	readonly #retries;
	#identity: FileIdentity | undefined;
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
	#hasRestarted = false;
	/**
	Whether the connections have tried all there is to try.
	*/
	#isExhausted = false;

	constructor(options: TransferOptions, servers: FileServers) {
		this.#options = options;
		this.#servers = servers;
		this.#retries = createRetries(options.timing);
	}

	async #attempt(): Promise<Transferred> {
		const {events, signal, file} = this.#options;
		events.onStage('downloading');
		this.#identity ??= await findComplete(this.#options) ?? await this.#ask();
		const identity = this.#identity;
		events.onIdentity(identity);
		const sha256 = await this.#findInPlace(identity);
		if (sha256 !== undefined) {
			return {identity, sha256, isInPlace: true};
		}

		const partial = await this.#openPartial(identity);
		if (partial.missing.length > 0) {
			await this.#fetch(partial);
		}

		events.onStage('verifying');
		events.onActivity(undefined);
		const digests = await partial.finish({signal});
		checkDigests(digests, identity, file.sha256);
		return {identity, sha256: digests.sha256, isInPlace: false};
	}

	/**
	Asks the hub what the file is now.
	*/
	async #ask(): Promise<FileIdentity> {
		this.#options.events.onActivity('asking the hub');
		const identity = await this.#servers.identify();
		requireChosen(identity, this.#options.file.sha256);
		return identity;
	}

	async #findInPlace(identity: FileIdentity): Promise<string | undefined> {
		const {file, target, events, hasher, signal} = this.#options;
		if (this.#partial !== undefined) {
			return undefined;
		}

		const sha256 = await hashInPlace(target, {sizeBytes: identity.sizeBytes, sha256: file.sha256 ?? identity.sha256}, {
			hasher,
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

		const {folder, index, timing, hasher, events} = this.#options;
		await this.#partial?.close();
		this.#partial = undefined;
		this.#partial = await PartialFile.open({
			folder, index, identity, journalAge: timing.journal, hasher, onProgress: events.onReceived,
		});
		if (this.#partial.replaces) {
			this.#takeNote('the file changed on the hub: started again');
		}

		return this.#partial;
	}

	async #fetch(partial: PartialFile): Promise<void> {
		const {folder, file, events} = this.#options;
		const {identity} = partial;
		await requireSpace(folder, identity.sizeBytes - partial.received);
		const pool = new LanePool({
			transfer: this.#options,
			partial,
			servers: this.#servers,
			isVerifiable: isVerifiable({...identity, sha256: file.sha256 ?? identity.sha256}),
			onBytes: bytes => {
				this.#count(bytes);
			},
			onNote: note => {
				this.#takeNote(note);
			},
			onChange: createReport(partial, events, () => this.#note),
		});
		try {
			await pool.run();
		} catch (error) {
			this.#isExhausted = !restartCodes.has(toSetback(error).code) && isTransient(error);
			throw error;
		}
	}

	#count(bytes: number): void {
		this.#fetched += bytes;
		this.#options.events.onFetched(bytes);
		if (this.#retries.progress(this.#fetched)) {
			this.#options.events.onRetries(0);
		}
	}

	#takeNote(note: string): void {
		this.#note = note;
		this.#options.events.onEvent(note);
	}

	/**
	Makes ready for another attempt, and waits for its time; throws the error where there is none.
	*/
	async #recover(error: RemudaError): Promise<void> {
		const {events, unpin, signal} = this.#options;
		if (error.code === 'checksum_mismatch' && await this.#forgetMirrors()) {
			return;
		}

		this.#identity = undefined;
		this.#servers.hub.forgetAny();
		if (error.code === 'revision_not_found' && unpin()) {
			return;
		}

		if (spoilingCodes.has(error.code)) {
			await this.#partial?.discard();
			this.#partial = undefined;
			events.onReceived(0);
		}

		const plan = this.#isExhausted ? undefined : this.#retries.next(error);
		if (plan === undefined) {
			throw error;
		}

		events.onRetries(plan.retry);
		events.onEvent(describeRetry({...plan, error}));
		await this.#makeReady(error);
		await countDown(plan, error, {signal, onActivity: events.onActivity});
	}

	/**
	Where mirrors brought a part of what is wrong, that part goes first, and is fetched from the hub.
	*/
	async #forgetMirrors(): Promise<boolean> {
		const {origin} = this.#servers.hub;
		const forgotten = await this.#partial?.forgetOf(server => server !== origin) ?? 0;
		if (forgotten === 0) {
			return false;
		}

		this.#servers.leaveMirrors();
		this.#takeNote(`the file is wrong: fetching ${formatBytes(forgotten)} that came from mirrors from the hub`);
		return true;
	}

	async #makeReady(error: RemudaError): Promise<void> {
		const {code} = error;
		const isAgain = code === this.#lastCode;
		this.#lastCode = code;
		if (code === 'partial_lost') {
			await this.#partial?.close();
			this.#partial = undefined;
			this.#takeNote('the partial file was removed: started again');
		}

		// One odd answer is no reason to throw gigabytes away: the hub is asked first. It knows nothing of a change if it comes again.
		if (code === 'file_changed' && isAgain) {
			await this.#restart(error);
		}
	}

	/**
	Starts again, once: a server that is never of one mind would have it go on for ever.
	*/
	async #restart(error: RemudaError): Promise<void> {
		if (this.#hasRestarted) {
			throw error;
		}

		this.#hasRestarted = true;
		this.#lastCode = undefined;
		await this.#partial?.restart();
		this.#takeNote('the file changed on the server: started again');
	}

	async run(): Promise<Transferred> {
		try {
			for (;;) {
				try {
					// eslint-disable-next-line no-await-in-loop -- one attempt after the other
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
