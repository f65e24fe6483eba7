import {type HubFile} from './hub-file.js';

/**
Something that goes wrong, on requests that it matches.
*/
export type Fault = {
	/**
	`status`: answers with `status`, `headers` and `body`.
	`html`: answers 200 with a page of HTML.
	`reset`, `truncate`: cuts the connection after `afterBytes` of the body, hard or as if the body were done.
	`stall`: sends nothing more after `afterBytes`, and keeps the connection.
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
	readonly kind: 'status' | 'html' | 'reset' | 'truncate' | 'stall' | 'slow' | 'slow-headers' | 'delay' | 'wrong-bytes' | 'ignore-range' | 'huge-length' | 'other-file' | 'expired-url' | 'redirect';
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
	A position in the file, in place of `afterBytes`: the fault meets only requests whose range has that byte, and it happens there.
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

export type ActiveFaults = ReadonlyMap<Fault['kind'], Fault>;

export function createFaults(): Faults {
	const entries = new Set<{readonly fault: Fault; seen: number; used: number}>();
	return {
		add(fault) {
			const entry = {fault, seen: 0, used: 0};
			entries.add(entry);
			return {
				count: () => entry.used,
				remove() {
					entries.delete(entry);
				},
			};
		},
		take(request) {
			const {server, method, path} = request;
			const active = new Map<Fault['kind'], Fault>();
			for (const entry of entries) {
				const {fault} = entry;
				const isMet = isOn(fault, server) && (fault.method ?? method) === method && path.includes(fault.path ?? '') && isWithin(fault.at, request);
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

const transferKinds: ReadonlySet<Fault['kind']> = new Set(['reset', 'truncate', 'stall', 'slow', 'slow-headers', 'wrong-bytes', 'ignore-range', 'huge-length']);

function isOn({kind, on}: Fault, server: 'hub' | 'cdn'): boolean {
	return on !== undefined || kind !== 'other-file' ? (on ?? (transferKinds.has(kind) ? 'cdn' : 'hub')) === server : true;
}

function isWithin(position: number | undefined, {range, method}: FaultedRequest): boolean {
	if (position === undefined) {
		return true;
	}

	const {start = '0', end = ''} = /^bytes=(?<start>\d+)-(?<end>\d*)$/v.exec(range ?? '')?.groups ?? {};
	return method === 'GET' && position >= Number(start) && (end === '' || position <= Number(end));
}

/**
Where in the file a fault happens to a body that begins at `start`.
*/
export function placeOf({at, afterBytes = 0}: Fault, start: number): number {
	return at === undefined ? start + afterBytes : Math.max(start, at);
}
