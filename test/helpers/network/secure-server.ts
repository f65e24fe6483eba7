import {readFile} from 'node:fs/promises';
import {type RequestListener} from 'node:http';
import {createServer} from 'node:https';
import path from 'node:path';
import {listen, type Listening} from './listen.js';

const folder = path.resolve(import.meta.dirname, '../../fixtures/certificates');

/**
The file of the authority that signed the certificates of `secureServer`.
*/
export const authorityFile = path.join(folder, 'authority.pem');

/**
The certificate of `secureServer` and its key, as PEM.
*/
export async function serverCertificate(): Promise<{readonly cert: string; readonly key: string}> {
	const [cert, key] = await Promise.all(['server.pem', 'server-key.pem'].map(async name => readFile(path.join(folder, name), 'utf8')));
	return {cert: cert!, key: key!};
}

/**
An https server on loopback whose certificate is for `hub.invalid`, `mirror.invalid`, `cdn.invalid`, `localhost` and `127.0.0.1`, by an authority that no system knows.
*/
export async function secureServer(answer: RequestListener): Promise<Listening> {
	return listen(createServer(await serverCertificate(), answer));
}
