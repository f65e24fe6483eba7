// A hub and its second host in one process of their own: serves one generated file as fast as a Node server can.
import {Buffer} from 'node:buffer';
import {createHash, randomFillSync} from 'node:crypto';
import {once} from 'node:events';
import {createServer, type ServerResponse} from 'node:http';
import {type AddressInfo} from 'node:net';
import process from 'node:process';

const blockBytes = 4_194_304;
const size = Number(process.argv[2]);
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

async function send(response: ServerResponse): Promise<void> {
	response.writeHead(200, {'content-length': size, 'content-type': 'application/octet-stream', etag});
	for (let left = size; left > 0; left -= blockBytes) {
		if (!response.write(block.subarray(0, Math.min(left, blockBytes)))) {
			// eslint-disable-next-line no-await-in-loop -- as fast as the client reads
			await once(response, 'drain');
		}
	}

	response.end();
}

const storage = createServer((_, response) => {
	send(response).catch(() => response.destroy());
});
storage.listen(0, '127.0.0.1');
await once(storage, 'listening');
const location = `http://127.0.0.1:${(storage.address() as AddressInfo).port}/model.gguf?signature=of-the-bench`;

const hub = createServer((_, response) => {
	response.writeHead(302, {
		location, etag, 'x-repo-commit': 'c'.repeat(40), 'x-linked-etag': etag, 'x-linked-size': size, 'content-length': 0,
	});
	response.end();
});
hub.listen(0, '127.0.0.1');
await once(hub, 'listening');
process.send?.({hubUrl: `http://127.0.0.1:${(hub.address() as AddressInfo).port}`, fileUrl: location, sha256});
process.once('disconnect', () => {
	process.exit();
});
