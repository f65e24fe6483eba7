import {requireSpace} from '../disk/free-space.js';
import {PartialFile} from '../partial/partial-file.js';
import {isSameFile, type FileIdentity} from '../partial/file-identity.js';
import {type Transferred, type TransferOptions} from './transfer-options.js';
import {createReport} from './lanes/create-report.js';
import {LanePool} from './lanes/lane-pool.js';
import {Recovery} from './recovery.js';
import {isTransient} from './retry.js';
import {expectedOf, isVerifiable} from './servers/expected-file.js';
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

// What the connections of a file cannot answer themselves, but starting over may.
const restartCodes = new Set(['file_changed', 'partial_lost']);

class Transfer {
	readonly #options: TransferOptions;
	readonly #servers: FileServers;
	readonly #recovery: Recovery;
	#partial: PartialFile | undefined;
	#fetched = 0;
	/**
	What the user should know for as long as the file is being received.
	*/
	#note: string | undefined;

	constructor(options: TransferOptions, servers: FileServers) {
		this.#options = options;
		this.#servers = servers;
		this.#recovery = new Recovery({
			transfer: options,
			servers,
			onNote: note => {
				this.#takeNote(note);
			},
		});
	}

	async #attempt(): Promise<Transferred> {
		const {events, signal, file} = this.#options;
		events.onStage('downloading');
		const identity = await findComplete(this.#options) ?? await this.#ask();
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
		requireChosen(identity, this.#options.file);
		return identity;
	}

	async #findInPlace(identity: FileIdentity): Promise<string | undefined> {
		const {file, target, events, hasher, signal} = this.#options;
		if (this.#partial !== undefined) {
			return undefined;
		}

		const sha256 = await hashInPlace(target, expectedOf(identity, file), {
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

		const {folder, index, timing, hasher, events, lost} = this.#options;
		await this.#partial?.close();
		this.#partial = undefined;
		this.#partial = await PartialFile.open({
			folder, index, identity, journalAge: timing.journal, hasher, lost, onProgress: events.onReceived,
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
			isVerifiable: isVerifiable(expectedOf(identity, file)),
			comparesEtags: this.#recovery.comparesEtags,
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
			if (isTransient(error) && !restartCodes.has(toSetback(error).code)) {
				this.#recovery.exhaust();
			}

			throw error;
		}
	}

	#count(bytes: number): void {
		this.#fetched += bytes;
		this.#options.events.onFetched(bytes);
		if (this.#recovery.progress(this.#fetched)) {
			this.#options.events.onRetries(0);
		}
	}

	#takeNote(note: string): void {
		this.#note = note;
		this.#options.events.onEvent(note);
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
					this.#partial = await this.#recovery.recover(toSetback(error), this.#partial);
				}
			}
		} finally {
			await this.#partial?.close();
		}
	}
}
