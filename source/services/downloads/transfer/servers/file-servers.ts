import {NetworkError} from '../../../../errors/network-error.js';
import {type Abortable} from '../../../../types/abortable.js';
import {type FileIdentity} from '../../partial/file-identity.js';
import {type Located} from '../look-up.js';
import {isTransient} from '../retry.js';
import {type TransferOptions} from '../transfer-options.js';
import {
	expectedOf,
	isAnnouncedBy,
	isVerifiable,
	type ExpectedFile,
} from './expected-file.js';
import {FileServer} from './file-server.js';

type Absence = {
	/**
	Milliseconds of `performance.now()`; Infinity for one that lied.
	*/
	readonly until: number;
	/**
	Bytes that had come in from all servers.
	*/
	readonly fetched: number;
};

const absenceMilliseconds = 60_000;
// A server is given another chance only when the download came on meanwhile: else it would go round in circles.
const leastProgress = 1_048_576;

/**
The hub and its mirrors, and which of them to ask for bytes.
*/
export class FileServers {
	static async open(options: TransferOptions): Promise<FileServers> {
		const {hub, timing} = options;
		const [endpoint, mirrors] = await Promise.all([hub.endpoint(), hub.mirrors()]);
		return new FileServers(options, (address, signal) => new FileServer({
			...options, address, isHub: address === endpoint, stall: timing.stall, signal,
		}), [endpoint, ...mirrors]);
	}

	readonly #options: TransferOptions;
	readonly #mirrors: readonly FileServer[];
	readonly #closing = new AbortController();
	readonly #absences = new Map<FileServer, Absence>();
	#fastest: FileServer | undefined;
	#fetched = 0;

	readonly hub: FileServer;

	private constructor(options: TransferOptions, create: (address: URL, signal: AbortSignal) => FileServer, [endpoint, ...mirrors]: readonly [URL, ...URL[]]) {
		const signal = AbortSignal.any([options.signal, this.#closing.signal]);
		this.#options = options;
		this.hub = create(endpoint, signal);
		this.#mirrors = mirrors.map(address => create(address, signal));
	}

	#isPresent(server: FileServer): boolean {
		const absence = this.#absences.get(server);
		return absence === undefined || (performance.now() >= absence.until && this.#fetched - absence.fetched >= leastProgress);
	}

	/**
	Those that can be asked, the best first.
	*/
	#usable(identity: FileIdentity): readonly FileServer[] {
		const mirrors = isVerifiable(this.#expected(identity)) ? this.#mirrors : [];
		const present = [this.hub, ...mirrors].filter(server => this.#isPresent(server));
		const withRanges = present.filter(({sendsRanges}) => sendsRanges !== false);
		const usable = withRanges.length > 0 ? withRanges : present;
		return this.#fastest !== undefined && usable.includes(this.#fastest) ? [this.#fastest, ...usable.filter(server => server !== this.#fastest)] : usable;
	}

	#expected(identity: FileIdentity): ExpectedFile {
		return expectedOf(identity, this.#options.file);
	}

	async #identifyByMirror(): Promise<FileIdentity | undefined> {
		const {file, signal} = this.#options;
		const present = this.#mirrors.filter(server => this.#isPresent(server));
		for (const mirror of present) {
			try {
				// eslint-disable-next-line no-await-in-loop -- in their order
				const {identity} = await mirror.locate({signal});
				const sizeBytes = file.sizeBytes > 0 ? file.sizeBytes : identity.sizeBytes;
				if (isAnnouncedBy({sizeBytes, sha256: file.sha256?.toLowerCase()}, identity)) {
					// What the hub's commit is, a mirror does not decide.
					return {...identity, commit: undefined};
				}
			} catch {
				signal.throwIfAborted();
			}
		}

		return undefined;
	}

	/**
	What the file is now: the hub says so. Where it cannot be reached, a mirror that has the very content that was chosen will do.
	@throws as `lookUp`.
	*/
	async identify(): Promise<FileIdentity> {
		const {file, signal, events} = this.#options;
		try {
			const {identity} = await this.hub.locate({signal});
			return identity;
		} catch (error) {
			signal.throwIfAborted();
			const identity = isTransient(error) && file.sha256 !== undefined ? await this.#identifyByMirror() : undefined;
			if (identity === undefined) {
				throw error;
			}

			this.#absences.set(this.hub, {until: performance.now() + absenceMilliseconds, fetched: this.#fetched});
			events.onEvent(`${this.hub.host} cannot be reached: a mirror has the same file`);
			return identity;
		}
	}

	/**
	The present address of a file at a server, which has to have that very file.
	@throws as `lookUp`, NetworkError `mirror_differs`.
	*/
	async locate(server: FileServer, identity: FileIdentity, options: Abortable): Promise<Located> {
		const located = await server.locate(options);
		if (!server.isHub && !isAnnouncedBy(this.#expected(identity), located.identity)) {
			throw new NetworkError(`${server.host} has another file of that name.`, {code: 'mirror_differs', hint: 'Take it off the mirrors: remuda config set downloads.mirrors'});
		}

		return located;
	}

	/**
	The server for the next range; undefined where there is none, or all that there are can serve no further connection yet. `lanesAt` tells how many are at a server.
	*/
	choose(identity: FileIdentity, lanesAt: (server: FileServer) => number): FileServer | undefined {
		const usable = this.#usable(identity);
		// As long as it is not known whether a server sends parts, it is asked once.
		const open = usable.filter(server => server.sendsRanges === true || lanesAt(server) === 0);
		return this.#options.mirrorUse() === 'all' ? open.toSorted((one, other) => lanesAt(one) - lanesAt(other))[0] : open.find(server => server === usable[0]);
	}

	/**
	Those to be measured against each other, where that is wanted and not done yet.
	*/
	contenders(identity: FileIdentity): readonly FileServer[] {
		const usable = this.#options.mirrorUse() === 'auto' && this.#fastest === undefined ? this.#usable(identity) : [];
		return usable.length > 1 ? usable : [];
	}

	prefer(server: FileServer): void {
		this.#fastest = server;
	}

	/**
	Whether there is another to go on with.
	*/
	hasOther(server: FileServer, identity: FileIdentity): boolean {
		return this.#usable(identity).some(other => other !== server);
	}

	/**
	Does not ask it again for a minute, or as long as it asked for, or, where it lied, ever.
	*/
	leave(server: FileServer, {isForGood, askedMilliseconds = 0}: {readonly isForGood: boolean; readonly askedMilliseconds?: number}): void {
		server.forgetAny();
		this.#absences.set(server, {until: isForGood ? Infinity : performance.now() + Math.max(absenceMilliseconds, askedMilliseconds), fetched: this.#fetched});
	}

	/**
	Does not ask any mirror again, but the hub, whatever it did.
	*/
	leaveMirrors(): void {
		this.#absences.delete(this.hub);
		for (const mirror of this.#mirrors) {
			this.leave(mirror, {isForGood: true});
		}
	}

	/**
	Counts bytes that came in, from wherever.
	*/
	count(bytes: number): void {
		this.#fetched += bytes;
	}

	close(): void {
		this.#closing.abort();
	}
}
