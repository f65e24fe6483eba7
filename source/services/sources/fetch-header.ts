import path from 'node:path';
import {NetworkError} from '../../errors/network-error.js';
import {type Abortable} from '../../types/abortable.js';
import {type ByteSource} from '../formats/gguf/byte-source.js';
import {type GgufHeader} from '../formats/gguf/gguf-header.js';
import {readGgufHeaderFrom} from '../formats/gguf/read-gguf-header.js';
import {followRedirects} from '../network/follow-redirects.js';
import {resolvePath} from '../network/hub-path.js';
import {type Hub} from '../network/hub.js';
import {type Http, type HttpResponse} from '../network/http.js';

export type RemoteModelFile = {
	readonly repository: string;
	readonly revision: string;
	readonly path: string;
	readonly sizeBytes: number;
};

type Connections = {readonly hub: Hub; readonly http: Http};

// Headers have 0.1 to 20 MB, nearly all of it the vocabulary; so ranges grow.
const firstRangeBytes = 512 * 1024;
const largestRangeBytes = 8 * 1024 * 1024;
const mostBytes = 256 * 1024 * 1024;

/**
Reads the header of a model file on the hub, by ranges, with none of its weights.
@throws NetworkError `header_too_large`, and as `Hub.request`; what the hub's statuses mean; IntegrityError as for a local file.
*/
export async function fetchHeader(connections: Connections, file: RemoteModelFile, {signal}: Abortable): Promise<GgufHeader> {
	return readGgufHeaderFrom(path.posix.basename(file.path), toByteSource(connections, file, {signal}), {signal});
}

function toByteSource(connections: Connections, file: RemoteModelFile, {signal}: Abortable): ByteSource {
	let window: {readonly start: number; readonly bytes: Uint8Array} = {start: 0, bytes: new Uint8Array()};
	let rangeBytes = firstRangeBytes;
	let fetchedBytes = 0;
	return {
		size: file.sizeBytes,
		async read(into, position) {
			if (position >= file.sizeBytes) {
				return 0;
			}

			if (position < window.start || position >= window.start + window.bytes.length) {
				const end = Math.min(file.sizeBytes, position + rangeBytes);
				const bytes = await fetchRange(connections, file, {start: position, end, signal});
				window = {start: position, bytes};
				fetchedBytes += bytes.length;
				rangeBytes = Math.min(largestRangeBytes, rangeBytes * 2);
				if (fetchedBytes > mostBytes) {
					throw new NetworkError(`The header of ${path.posix.basename(file.path)} does not end.`, {code: 'header_too_large', hint: 'Choose another file: no model needs so much.'});
				}
			}

			const piece = window.bytes.subarray(position - window.start).subarray(0, into.length);
			into.set(piece);
			return piece.length;
		},
	};
}

type Range = Abortable & {
	readonly start: number;
	/**
	After the last byte.
	*/
	readonly end: number;
};

async function fetchRange(connections: Connections, file: RemoteModelFile, range: Range): Promise<Uint8Array> {
	const response = await request(connections, file, range);
	if (response.status !== 200 && response.status !== 206) {
		throw await connections.hub.toError(response, {repository: file.repository, revision: file.revision, filePath: file.path});
	}

	return readBody(response, {skip: response.status === 200 ? range.start : 0, length: range.end - range.start, name: path.posix.basename(file.path)});
}

async function request({hub, http}: Connections, {repository, revision, path: filePath}: RemoteModelFile, {start, end, signal}: Range): Promise<HttpResponse> {
	const headers = {range: `bytes=${start}-${end - 1}`, 'accept-encoding': 'identity'};
	return followRedirects(
		await hub.request({url: resolvePath({repository, revision, filePath}), headers, signal}),
		async url => http.request({url, headers, signal}),
	);
}

/**
So many bytes of a body, after those of a server that does not do ranges; leaving early closes the connection.
*/
async function readBody(response: HttpResponse, {skip, length, name}: {readonly skip: number; readonly length: number; readonly name: string}): Promise<Uint8Array> {
	const bytes = new Uint8Array(length);
	let position = -skip;
	for await (const chunk of response.body) {
		const piece = chunk.subarray(Math.max(0, -position));
		if (position + chunk.length > 0) {
			bytes.set(piece.subarray(0, length - Math.max(0, position)), Math.max(0, position));
		}

		position += chunk.length;
		if (position >= length) {
			return bytes;
		}
	}

	throw new NetworkError(`${response.url.host} sent less of ${name} than was asked for.`, {code: 'connection_lost', hint: 'Try again.'});
}
