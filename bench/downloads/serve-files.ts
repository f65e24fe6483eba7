// A hub and its second host in one process of their own: serves generated files, whole or in ranges, as fast as a Node server can or at a rate per connection.
// Usage: serve-files.ts SIZE COUNT [BYTES_PER_SECOND_AND_CONNECTION]
import {Buffer} from 'node:buffer';
import {createHash, randomFillSync} from 'node:crypto';
import {once} from 'node:events';
import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import {type AddressInfo} from 'node:net';
import process from 'node:process';
import {setTimeout as delay} from 'node:timers/promises';

/**
What the parent is told once it serves.
*/
export type Served = {
	readonly hubUrl: string;
	/**
	The second host's address of a file, without the hub's redirect.
	*/
	readonly fileUrls: readonly string[];
	readonly sizeBytes: number;
	/**
	Of each file; all have the same content.
	*/
	readonly sha256: string;
};

const blockBytes = 4_194_304;
const [size = 0, count = 1, rate = 0] = process.argv.slice(2).map(Number);
const block = randomFillSync(Buffer.alloc(blockBytes));
block.write('GGUF');
const sha256 = hashOfFile();
const etag = `"${sha256}"`;

function hashOfFile(): string {
	const hash = createHash('sha256');
	for (let left = size; left > 0; left -= blockBytes) {
		hash.update(block.subarray(0, Math.min(left, blockBytes)));
	}

	return hash.digest('hex');
}

function rangeOf({headers: {range}}: IncomingMessage): {readonly start: number; readonly end: number} | undefined {
	const {start, last} = /^bytes=(?<start>\d+)-(?<last>\d*)$/v.exec(range ?? '')?.groups ?? {};
	return start === undefined ? undefined : {start: Number(start), end: last === undefined || last === '' ? size : Math.min(size, Number(last) + 1)};
}

async function paced(begin: number, sent: number): Promise<void> {
	if (rate > 0) {
		await delay(Math.max(0, begin + (sent / rate * 1000) - performance.now()));
	}
}

async function send(request: IncomingMessage, response: ServerResponse): Promise<void> {
	const range = rangeOf(request);
	const {start, end} = range ?? {start: 0, end: size};
	response.writeHead(range === undefined ? 200 : 206, {
		'content-length': end - start,
		'content-type': 'application/octet-stream',
		'accept-ranges': 'bytes',
		etag,
		...(range !== undefined && {'content-range': `bytes ${start}-${end - 1}/${size}`}),
	});
	if (request.method === 'HEAD') {
		response.end();
		return;
	}

	const begin = performance.now();
	const largest = rate === 0 ? blockBytes : Math.ceil(rate / 50);
	for (let position = start; position < end && !response.destroyed;) {
		const offset = position % blockBytes;
		const piece = block.subarray(offset, Math.min(blockBytes, offset + Math.min(largest, end - position)));
		position += piece.length;
		if (!response.write(piece)) {
			// eslint-disable-next-line no-await-in-loop -- as fast as the client reads
			await once(response, 'drain');
		}

		// eslint-disable-next-line no-await-in-loop -- and no faster than allowed
		await paced(begin, position - start);
	}

	response.end();
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
	try {
		await send(request, response);
	} catch {
		response.destroy();
	}
}

const storage = createServer((request, response) => {
	void answer(request, response);
});
storage.listen(0, '127.0.0.1');
await once(storage, 'listening');
const fileUrls = Array.from({length: count}, (_, index) => `http://127.0.0.1:${(storage.address() as AddressInfo).port}/model-${index}.gguf?signature=of-the-bench`);

const hub = createServer(({url = ''}, response) => {
	const index = Number(/model-(?<index>\d+)\.gguf/v.exec(url)?.groups?.index ?? 0);
	response.writeHead(302, {
		location: fileUrls[index] ?? '', etag, 'x-repo-commit': 'c'.repeat(40), 'x-linked-etag': etag, 'x-linked-size': size, 'content-length': 0,
	});
	response.end();
});
hub.listen(0, '127.0.0.1');
await once(hub, 'listening');
const served: Served = {
	hubUrl: `http://127.0.0.1:${(hub.address() as AddressInfo).port}`, fileUrls, sizeBytes: size, sha256,
};
process.send?.(served);
process.once('disconnect', () => {
	process.exit();
});
