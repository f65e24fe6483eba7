import {type HubFile} from './hub-file.js';

export type FaultKind = 'status' | 'html' | 'reset' | 'truncate' | 'stall' | 'hold' | 'slow' | 'slow-headers' | 'delay'
	| 'wrong-bytes' | 'ignore-range' | 'huge-length' | 'other-file' | 'expired-url' | 'redirect';

/**
Something that goes wrong, on requests that it matches.
*/
export type Fault = {
	/**
	`status`: answers with `status`, `headers` and `body`.
	`html`: answers 200 with a page of HTML.
	`reset`, `truncate`: cuts the connection after `afterBytes` of the body, hard or as if the body were done.
	`stall`: sends nothing more after `afterBytes`, and keeps the connection.
	`hold`: sends nothing more after `afterBytes` until the fault is removed, then goes on.
	`slow`: sends `bytesPerSecond`.
	`slow-headers`: sends a byte of the headers every `milliseconds`, and never comes to their end.
	`delay`: waits `milliseconds` before it answers.
	`wrong-bytes`: changes a byte of each piece sent, from file position `afterBytes` on.
	`ignore-range`: answers a Range with 200 and the whole file.
	`huge-length`: says 10 GB and ends after the file.
	`other-file`: serves `file` in its place, with that one's hashes and sizes.
	`expired-url`: redirects to an address that is not valid any more.
	`redirect`: redirects to `location`.
	*/
	readonly kind: FaultKind;
	/**
	Which server. If not given: the second host for what happens to bytes on their way, both for `other-file`, else the hub.
	*/
	readonly on?: 'hub' | 'cdn';
	/**
	Part of the unescaped path of the request; every path if not given.
	*/
	readonly path?: string;
	readonly method?: string;
	/**
	How many requests it spoils; all until removed if not given.
	*/
	readonly times?: number;
	/**
	Requests it lets through before.
	*/
	readonly skip?: number;
	readonly afterBytes?: number;
	/**
	A position in the file, in place of `afterBytes`: the fault happens there, to requests whose range has that byte (or, for `slow`, later ones).
	*/
	readonly at?: number;
	readonly bytesPerSecond?: number;
	readonly milliseconds?: number;
	readonly status?: number;
	readonly headers?: Readonly<Record<string, string>>;
	readonly body?: string;
	readonly location?: string;
	readonly file?: HubFile;
};

export type FaultHandle = {
	/**
	How many requests it has spoilt.
	*/
	readonly count: () => number;
	/**
	Resolves when a `hold` first holds something back: all before it was sent.
	*/
	readonly reached: Promise<void>;
	readonly remove: () => void;
};

export type FaultedRequest = {
	readonly server: 'hub' | 'cdn';
	readonly method: string;
	readonly path: string;
	/**
	As the header has it.
	*/
	readonly range?: string;
};

export type Faults = {
	readonly add: (fault: Fault) => FaultHandle;
	/**
	The faults that a request meets; counts them as used.
	*/
	readonly take: (request: FaultedRequest) => ActiveFaults;
};

export type ActiveFault = Fault & {
	/**
	Aborted when the fault is removed.
	*/
	readonly removed: AbortSignal;
	/**
	To be called when its place is reached.
	*/
	readonly reach: () => void;
};

export type ActiveFaults = ReadonlyMap<FaultKind, ActiveFault>;

export function createFaults(): Faults {
	const entries = new Set<{readonly fault: ActiveFault; seen: number; used: number}>();
	return {
		add(fault) {
			const removal = new AbortController();
			const {promise: reached, resolve: reach} = Promise.withResolvers<void>();
			const entry = {fault: {...fault, removed: removal.signal, reach}, seen: 0, used: 0};
			entries.add(entry);
			return {
				count: () => entry.used,
				reached,
				remove() {
					entries.delete(entry);
					removal.abort();
				},
			};
		},
		take(request) {
			const {server, method, path} = request;
			const active = new Map<FaultKind, ActiveFault>();
			for (const entry of entries) {
				const {fault} = entry;
				const isMet = isOn(fault, server) && (fault.method ?? method) === method && path.includes(fault.path ?? '') && isWithin(fault, request);
				if (!isMet || active.has(fault.kind)) {
					continue;
				}

				entry.seen++;
				if (!(entry.seen > (fault.skip ?? 0) && entry.used < (fault.times ?? Infinity))) {
					continue;
				}

				entry.used++;
				active.set(fault.kind, fault);
			}

			return active;
		},
	};
}

const transferKinds: ReadonlySet<FaultKind> = new Set(['reset', 'truncate', 'stall', 'hold', 'slow', 'slow-headers', 'wrong-bytes', 'ignore-range', 'huge-length']);

function isOn({kind, on}: Fault, server: 'hub' | 'cdn'): boolean {
	return on !== undefined || kind !== 'other-file' ? (on ?? (transferKinds.has(kind) ? 'cdn' : 'hub')) === server : true;
}

function isWithin({at, kind}: Fault, {range, method}: FaultedRequest): boolean {
	if (at === undefined) {
		return true;
	}

	const {start = '0', end = ''} = /^bytes=(?<start>\d+)-(?<end>\d*)$/v.exec(range ?? '')?.groups ?? {};
	return method === 'GET' && (kind === 'slow' || at >= Number(start)) && (end === '' || at <= Number(end));
}

/**
Where in the file a fault happens to a body that begins at `start`.
*/
export function placeOf({at, afterBytes = 0}: Fault, start: number): number {
	return at === undefined ? start + afterBytes : Math.max(start, at);
}
