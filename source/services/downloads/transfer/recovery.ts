import {type RemudaError} from '../../../errors/remuda-error.js';
import {formatBytes} from '../../../format/bytes.js';
import {type PartialFile} from '../partial/partial-file.js';
import {countDown} from './count-down.js';
import {describeRetry} from './lanes/lane-words.js';
import {createRetries} from './retry.js';
import {expectedOf, isVerifiable} from './servers/expected-file.js';
import {type FileServers} from './servers/file-servers.js';
import {type TransferOptions} from './transfer-options.js';

export type RecoveryOptions = {
	readonly transfer: TransferOptions;
	readonly servers: FileServers;
	/**
	Something that the user should know for as long as the file is being received.
	*/
	readonly onNote: (note: string) => void;
};

// Wrong bytes are in the file: none of it may be used again. What was refused before a byte of it was taken is not among them.
const spoilingCodes = new Set(['checksum_mismatch', 'wrong_size', 'not_a_model']);

/**
What is done between two attempts at a file.
*/
export class Recovery {
	readonly #options: RecoveryOptions;
	readonly #retries;
	/**
	Of the failure before, as long as nothing came in since.
	*/
	#lastCode: string | undefined;
	#hasRestarted = false;
	/**
	Whether the connections have tried all there is to try.
	*/
	#isExhausted = false;

	/**
	Whether different ETags mean different bytes. Storage that moves, or that is several machines, gives the same bytes others.
	*/
	comparesEtags = true;

	constructor(options: RecoveryOptions) {
		this.#options = options;
		this.#retries = createRetries(options.transfer.timing);
	}

	/**
	Where mirrors brought a part of what is wrong, that part goes first, and is fetched from the hub.
	*/
	async #forgetMirrors(partial: PartialFile | undefined): Promise<boolean> {
		const {servers, onNote} = this.#options;
		const forgotten = await partial?.forgetOf(server => server !== servers.hub.origin) ?? 0;
		if (forgotten === 0) {
			return false;
		}

		servers.leaveMirrors();
		onNote(`the file is wrong: fetching ${formatBytes(forgotten)} that came from mirrors from the hub`);
		return true;
	}

	async #makeReady(error: RemudaError, partial: PartialFile | undefined): Promise<PartialFile | undefined> {
		const {code} = error;
		const isAgain = code === this.#lastCode;
		this.#lastCode = code;
		if (code === 'partial_lost') {
			await partial?.close();
			this.#options.onNote('the partial file was removed: started again');
			return undefined;
		}

		// One odd answer is no reason to doubt what is there: the hub is asked first. It knows nothing of a change if it comes again.
		if (code === 'file_changed' && isAgain) {
			await this.#doubt(error, partial);
		}

		return partial;
	}

	/**
	The servers keep saying that the file is another one, the hub does not. Where there is a hash, it decides in the end. Else the file is started again, once: a server that is never of one mind would have it go on for ever.
	*/
	async #doubt(error: RemudaError, partial: PartialFile | undefined): Promise<void> {
		if (partial !== undefined && isVerifiable(expectedOf(partial.identity, this.#options.transfer.file))) {
			this.comparesEtags = false;
			return;
		}

		if (this.#hasRestarted) {
			throw error;
		}

		this.#hasRestarted = true;
		this.#lastCode = undefined;
		await partial?.restart();
		this.#options.onNote('the file changed on the server: started again');
	}

	/**
	Tells how many bytes came in since the start; true when failures before them do not count any more.
	*/
	progress(fetchedBytes: number): boolean {
		const isProgress = this.#retries.progress(fetchedBytes);
		if (isProgress) {
			this.#lastCode = undefined;
		}

		return isProgress;
	}

	/**
	To be called when the connections have tried all there is to try.
	*/
	exhaust(): void {
		this.#isExhausted = true;
	}

	/**
	Makes ready for another attempt, and waits for its time; throws the error where there is none.
	@returns the partial file to go on with; undefined where it is to be opened anew.
	*/
	async recover(error: RemudaError, partial: PartialFile | undefined): Promise<PartialFile | undefined> {
		const {servers, transfer: {events, unpin, signal}} = this.#options;
		if (error.code === 'checksum_mismatch' && await this.#forgetMirrors(partial)) {
			return partial;
		}

		servers.hub.forgetAny();
		if (error.code === 'revision_not_found' && unpin()) {
			return partial;
		}

		if (spoilingCodes.has(error.code)) {
			await partial?.discard();
			events.onReceived(0);
		}

		const plan = this.#isExhausted ? undefined : this.#retries.next(error);
		if (plan === undefined) {
			throw error;
		}

		events.onRetries(plan.retry);
		events.onEvent(describeRetry({...plan, error}));
		const next = await this.#makeReady(error, partial);
		await countDown(plan, error, {signal, onActivity: events.onActivity});
		return next;
	}
}
