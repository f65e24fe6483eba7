import {type Abortable} from '../../../../types/abortable.js';
import {type PartialFile} from '../../partial/partial-file.js';
import {totalBytes, type ByteRange} from '../../partial/byte-ranges.js';
import {type RangeReply} from '../check-reply.js';
import {type FileServer} from '../servers/file-server.js';
import {type FileServers} from '../servers/file-servers.js';
import {type TransferOptions} from '../transfer-options.js';
import {createBestRate} from './best-rate.js';
import {claimRange} from './claim-range.js';
import {fetchClaim} from './fetch-claim.js';
import {LaneClaim} from './lane-claim.js';
import {createLaneLimit} from './lane-limit.js';
import {LaneTroubles} from './lane-troubles.js';
import {noServer, rangesIgnored} from './lane-words.js';
import {Lane} from './lane.js';
import {measureServers} from './measure-servers.js';
import {usefulLanes} from './plan-range.js';
import {alignWhole, newBytes} from './whole-file.js';

export type LanePoolOptions = {
	readonly transfer: TransferOptions;
	readonly partial: PartialFile;
	readonly servers: FileServers;
	/**
	Whether wrong bytes would be found out.
	*/
	readonly isVerifiable: boolean;
	/**
	Whether different ETags mean different bytes.
	*/
	readonly comparesEtags: boolean;
	/**
	Told of every piece as it comes in.
	*/
	readonly onBytes: (bytes: number) => void;
	/**
	Something that the user should know for as long as the file is being received.
	*/
	readonly onNote: (note: string) => void;
	/**
	Called some times a second, and when a connection begins or ends.
	*/
	readonly onChange: (lanes: readonly Lane[]) => void;
};

const tickMilliseconds = 200;

/**
The connections of one file: as many as there may be, each at a range of its own, until nothing is missing.
*/
export class LanePool {
	readonly #options: LanePoolOptions;
	readonly #stop = new AbortController();
	readonly #lanes = new Set<Lane>();
	readonly #bestRate = createBestRate();
	readonly #limit;
	readonly #troubles;
	/**
	What makes sense for what was missing at the start.
	*/
	readonly #useful: number;
	readonly #done = Promise.withResolvers<void>();
	#fetched = 0;
	#failure: {readonly error: unknown} | undefined;
	/**
	No other connection begins meanwhile.
	*/
	#isMeasuring = true;

	constructor(options: LanePoolOptions) {
		const {partial, transfer} = options;
		this.#options = options;
		this.#limit = createLaneLimit(transfer.timing.stall);
		this.#troubles = new LaneTroubles({
			identity: partial.identity,
			servers: options.servers,
			limit: this.#limit,
			events: transfer.events,
			lanes: () => [...this.#lanes],
			fetched: () => this.#fetched,
			onFailed: error => {
				this.#fail(error);
			},
		});
		this.#useful = usefulLanes(totalBytes(partial.missing), Infinity, transfer.timing.smallestChunk);
	}

	/**
	Those that will go on when they are done.
	*/
	get #staying(): readonly Lane[] {
		return [...this.#lanes].filter(lane => !lane.isLeaving);
	}

	get #claims(): readonly LaneClaim[] {
		return [...this.#lanes].map(({claim}) => claim).filter(claim => claim !== undefined);
	}

	get #target(): number {
		const isWhole = this.#claims.some(claim => claim.isWhole);
		return isWhole ? 1 : Math.max(1, Math.min(this.#useful, this.#options.transfer.connections(), this.#limit.current()));
	}

	/**
	Whether it is open that a server serves at all: as long as one connection waits or tries again and none is answered, another would only be refused as well.
	*/
	get #isProbing(): boolean {
		const lanes = [...this.#lanes];
		return lanes.some(lane => lane.isInTrouble) && lanes.every(({claim}) => claim?.host === undefined);
	}

	#next(lane: Lane): LaneClaim | undefined {
		return claimRange(lane, {
			...this.#options, claims: this.#claims, target: this.#target, bestRate: this.#bestRate,
		});
	}

	/**
	Brings the number of connections to what it should be.
	*/
	#adjust(): void {
		if (this.#isMeasuring || this.#stop.signal.aborted) {
			return;
		}

		// Those at the front stay, because the hash waits for them.
		for (const lane of this.#staying.toSorted((one, other) => startOf(one) - startOf(other)).slice(this.#target)) {
			lane.retire();
		}

		// Those that are leaving are connections still.
		while (this.#lanes.size < this.#target && !this.#isProbing) {
			const lane = this.#createLane();
			this.#lanes.add(lane);
			const claim = this.#next(lane);
			if (claim === undefined) {
				this.#lanes.delete(lane);
				return;
			}

			void this.#run(lane, claim);
		}
	}

	#createLane(): Lane {
		const {timing} = this.#options.transfer;
		return new Lane({
			next: lane => this.#next(lane),
			fetch: async (claim, lane, options) => this.#fetch(claim, lane, options),
			answer: (lane, claim, error) => {
				const wait = this.#troubles.answer(lane, claim, error);
				this.#tell();
				return wait;
			},
		}, {timing, signal: this.#stop.signal});
	}

	async #run(lane: Lane, claim: LaneClaim): Promise<void> {
		try {
			await lane.run(claim);
		} catch (error) {
			this.#fail(error);
		}

		this.#lanes.delete(lane);
		this.#adjust();
		this.#tell();
		if (this.#lanes.size === 0) {
			this.#done.resolve();
		}
	}

	#fail(error: unknown): void {
		this.#failure ??= {error};
		this.#stop.abort(error);
	}

	async #fetch(claim: LaneClaim, lane: Lane, {signal}: Abortable): Promise<void> {
		const {partial, servers, onBytes} = this.#options;
		await fetchClaim({
			...this.#options,
			claim,
			signal,
			onReply: async reply => {
				await this.#welcome(reply, claim);
			},
			onBytes: bytes => {
				this.#fetched += bytes;
				servers.count(bytes);
				lane.count(bytes, newBytes(claim, bytes, partial));
				onBytes(bytes);
			},
		});
	}

	/**
	A server has answered: now it is known whether it can be asked for several ranges at once.
	*/
	async #welcome(reply: RangeReply, claim: LaneClaim): Promise<void> {
		const {server} = claim;
		server.sendsRanges = !reply.isWhole;
		if (reply.isWhole && this.#lanes.size > 1) {
			throw rangesIgnored(server.host);
		}

		claim.host = reply.response.url.host;
		if (reply.isWhole) {
			await alignWhole(claim, this.#options);
		} else {
			this.#adjust();
		}

		this.#tell();
	}

	#tell(): void {
		this.#options.onChange([...this.#lanes]);
	}

	#tick(): void {
		const now = performance.now();
		for (const lane of this.#lanes) {
			lane.rate.sample(now);
		}

		this.#bestRate.sample(this.#claims.map(({bytesPerSecond}) => bytesPerSecond ?? 0));
		this.#limit.relax(now, this.#fetched);
		this.#adjust();
		this.#tell();
	}

	async #measure(): Promise<void> {
		const {partial, servers, transfer} = this.#options;
		await measureServers(servers, partial, {
			signal: this.#stop.signal,
			fetchSample: async (server, range, options) => this.#fetchSample(server, range, options),
			onWinner: ({host}) => {
				this.#troubles.log(`${host} is the fastest server`);
			},
		});
		transfer.signal.throwIfAborted();
	}

	async #fetchSample(server: FileServer, range: ByteRange, options: Abortable): Promise<void> {
		const lane = this.#createLane();
		lane.claim = new LaneClaim(range, server, lane.rate);
		this.#lanes.add(lane);
		try {
			await this.#fetch(lane.claim, lane, options);
		} finally {
			this.#lanes.delete(lane);
		}
	}

	/**
	Resolves once nothing is missing; rejects with the failure that nothing helped against. In both cases all connections have ended, and what came is in the file.
	*/
	async run(): Promise<void> {
		const {signal} = this.#options.transfer;
		const abort = () => {
			this.#fail(signal.reason);
		};

		signal.throwIfAborted();
		signal.addEventListener('abort', abort);
		const timer = setInterval(() => {
			this.#tick();
		}, tickMilliseconds);
		try {
			await this.#measure();
			this.#isMeasuring = false;
			this.#adjust();
			if (this.#lanes.size > 0) {
				await this.#done.promise;
			}
		} finally {
			clearInterval(timer);
			signal.removeEventListener('abort', abort);
		}

		if (this.#failure !== undefined) {
			throw this.#failure.error;
		}

		if (this.#options.partial.missing.length > 0) {
			throw noServer();
		}
	}
}

function startOf({claim}: Lane): number {
	return claim?.start ?? Infinity;
}
