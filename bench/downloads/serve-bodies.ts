// In a process of its own: answers every request, plain and over TLS, with as many zero bytes as its path says.
import {Buffer} from 'node:buffer';
import {once} from 'node:events';
import {createServer, type RequestListener} from 'node:http';
import {createServer as createSecureServer} from 'node:https';
import {type AddressInfo} from 'node:net';
import process from 'node:process';
import {pipeline} from 'node:stream/promises';
import {serverCertificate} from '../../test/helpers/network/secure-server.js';

export type ServedBodies = {
	readonly plain: string;
	readonly secure: string;
};

const block = Buffer.alloc(1_048_576);

function * blocks(bytes: number) {
	for (let left = bytes; left > 0; left -= block.length) {
		yield block.subarray(0, Math.min(left, block.length));
	}
}

const answer: RequestListener = ({url = '/0'}, response) => {
	const bytes = Number(url.slice(1));
	response.writeHead(200, {'content-length': bytes});
	pipeline(blocks(bytes), response).catch(() => undefined);
};

const certificate = await serverCertificate();
const plain = createServer(answer).listen(0, '127.0.0.1');
const secure = createSecureServer(certificate, answer).listen(0, '127.0.0.1');
await Promise.all([once(plain, 'listening'), once(secure, 'listening')]);
const served: ServedBodies = {
	plain: `http://127.0.0.1:${(plain.address() as AddressInfo).port}`,
	secure: `https://127.0.0.1:${(secure.address() as AddressInfo).port}`,
};
process.send?.(served);
process.once('disconnect', () => {
	process.exit();
});
