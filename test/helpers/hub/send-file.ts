import {once} from 'node:events';
import {type ServerResponse} from 'node:http';
import {type Exchange, type Headers} from './exchange.js';
import {placeOf, type ActiveFault, type ActiveFaults} from './faults.js';
import {type HubFile} from './hub-file.js';
import {parseRange} from './parse-range.js';
import {createThrottle, type Throttle} from './throttle.js';

export type FileReply = {
	readonly file: HubFile;
	readonly etag: string;
	readonly headers: Headers;
	/**
	All of them are waited for before each piece.
	*/
	readonly throttles: readonly Throttle[];
};

/**
Answers with a file, or the range of it that was asked for, spoilt by whatever faults there are.
*/
export async function sendFile(exchange: Exchange, reply: FileReply): Promise<void> {
	const {request, response, faults} = exchange;
	const {file, etag, headers} = reply;
	const ifRange = request.headers['if-range'];
	const isMayRange = !faults.has('ignore-range') && (ifRange === undefined || ifRange === etag);
	const range = isMayRange ? parseRange(request.headers.range, file.sizeBytes) : undefined;
	const common = {
		'content-type': 'application/octet-stream', etag, 'accept-ranges': 'bytes', ...headers,
	};
	if (range === 'unsatisfiable') {
		response.writeHead(416, {...common, 'content-range': `bytes */${file.sizeBytes}`, 'content-length': 0});
		response.end();
		return;
	}

	const {start, end} = range ?? {start: 0, end: file.sizeBytes};
	response.writeHead(range === undefined ? 200 : 206, {
		...common,
		'content-length': faults.has('huge-length') ? 10_000_000_000 : end - start,
		...(range !== undefined && {'content-range': `bytes ${start}-${end - 1}/${file.sizeBytes}`}),
	});
	if (request.method === 'HEAD') {
		response.end();
		return;
	}

	await sendBytes(exchange, reply, start, end);
}

async function sendBytes(exchange: Exchange, {file, throttles}: FileReply, start: number, end: number): Promise<void> {
	const {response, faults, signal} = exchange;
	const cut = faults.get('reset') ?? faults.get('truncate') ?? faults.get('stall');
	const stop = cut === undefined ? end : Math.min(end, placeOf(cut, start));
	const slow = faults.get('slow');
	const slowFrom = slow === undefined ? stop : Math.min(stop, placeOf(slow, start));
	const hold = faults.get('hold');
	const heldFrom = hold === undefined ? start : Math.min(slowFrom, placeOf(hold, start));
	await sendPart(exchange, {
		file, start, end: heldFrom, brakes: throttles,
	});
	await untilReleased(hold, signal);
	await sendPart(exchange, {
		file, start: heldFrom, end: slowFrom, brakes: throttles,
	});
	await sendPart(exchange, {
		file, start: slowFrom, end: stop, brakes: [...throttles, createThrottle(slow?.bytesPerSecond ?? 1000)],
	});
	await finish(response, faults, signal);
}

async function untilReleased(hold: ActiveFault | undefined, signal: AbortSignal): Promise<void> {
	hold?.reach();
	if (hold?.removed.aborted === false) {
		await once(hold.removed, 'abort', {signal});
	}
}

async function sendPart({response, faults, signal}: Exchange, {file, start, end, brakes}: {
	readonly file: HubFile;
	readonly start: number;
	readonly end: number;
	readonly brakes: readonly Throttle[];
}): Promise<void> {
	let position = start;
	for await (const part of split(file.read(start, end), brakes)) {
		await Promise.all(brakes.map(async throttle => throttle.take(part.length, signal)));
		signal.throwIfAborted();
		if (!response.write(spoil(part, position, faults))) {
			await once(response, 'drain', {signal});
		}

		position += part.length;
	}
}

/**
Small pieces where a rate is kept, at least ten a second and at most 64 KiB, so that it is kept evenly and little is on its way when a connection ends.
@yields one piece after the other.
*/
async function * split(pieces: AsyncIterable<Uint8Array>, throttles: readonly Throttle[]): AsyncGenerator<Uint8Array> {
	for await (const piece of pieces) {
		const rate = Math.min(...throttles.map(throttle => throttle.rate() ?? Infinity));
		const size = Number.isFinite(rate) ? Math.max(1, Math.min(65_536, Math.ceil(rate / 10))) : piece.length;
		for (let offset = 0; offset < piece.length; offset += size) {
			yield piece.subarray(offset, offset + size);
		}
	}
}

function spoil(part: Uint8Array, position: number, faults: ActiveFaults): Uint8Array {
	const wrong = faults.get('wrong-bytes');
	const offset = Math.max(0, (wrong?.at ?? wrong?.afterBytes ?? 0) - position);
	if (wrong === undefined || offset >= part.length) {
		return part;
	}

	const copy = Uint8Array.from(part);
	copy[offset] = 255 - (copy[offset] ?? 0);
	return copy;
}

async function finish(response: ServerResponse, faults: ActiveFaults, signal: AbortSignal): Promise<void> {
	if (faults.has('reset')) {
		// What was written has to be on its way before the connection is torn down.
		await flushed(response);
		response.socket?.resetAndDestroy();
	} else if (faults.has('truncate') || faults.has('huge-length')) {
		await flushed(response);
		response.socket?.end();
	} else if (faults.has('stall')) {
		await once(signal, 'abort');
	} else {
		response.end();
	}
}

async function flushed(response: ServerResponse): Promise<void> {
	response.flushHeaders();
	const {socket} = response;
	await new Promise<void>(resolve => {
		if (socket === null) {
			resolve();
		} else {
			socket.write('', () => {
				resolve();
			});
		}
	});
}
