import {type ByteRange} from '../../partial/byte-ranges.js';
import {type FileServer} from '../servers/file-server.js';
import {type LaneRate} from './rate.js';
import {type Claim} from './plan-range.js';
import {type SegmentClaim} from './segments.js';

const settlingMilliseconds = 2000;

/**
A range that one connection is at, and how far it is. No byte belongs to two claims.
*/
export class LaneClaim implements Claim, SegmentClaim {
	readonly #rate: LaneRate;
	readonly #since = performance.now();
	readonly #relief = new AbortController();
	readonly server: FileServer;
	start: number;
	position: number;
	/**
	May come nearer while the connection is at it.
	*/
	end: number;
	/**
	That sends it; undefined before it does.
	*/
	host: string | undefined;
	/**
	Whether the server sends all of the file from its start, whatever of it is there.
	*/
	isWhole = false;

	constructor({start, end}: ByteRange, server: FileServer, rate: LaneRate) {
		this.start = start;
		this.position = start;
		this.end = end;
		this.server = server;
		this.#rate = rate;
	}

	get bytesPerSecond(): number | undefined {
		return this.#rate.bytesPerSecond();
	}

	get isSettled(): boolean {
		return performance.now() - this.#since >= settlingMilliseconds;
	}

	/**
	Aborts when another connection has taken over.
	*/
	get relief(): AbortSignal {
		return this.#relief.signal;
	}

	/**
	Bytes that came for it.
	*/
	get received(): number {
		return this.position - this.start;
	}

	/**
	Gives the end of it away, or all that has not come yet.
	*/
	shorten(end: number): void {
		this.end = end;
		if (end === this.position) {
			this.#relief.abort();
		}
	}

	/**
	Makes it the claim of the whole file.
	*/
	becomeWhole(sizeBytes: number): void {
		this.isWhole = true;
		this.start = 0;
		this.position = 0;
		this.end = sizeBytes;
	}
}
