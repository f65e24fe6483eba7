import {X509Certificate} from 'node:crypto';
import {open, stat} from 'node:fs/promises';
import {homedir} from 'node:os';
import path from 'node:path';
import {NetworkError} from '../../errors/network-error.js';
import {sanitizeLine} from '../../format/sanitize.js';
import {type Environment} from './environment.js';

/**
A file with certificates, and the name of the setting or variable that asks for it.
*/
export type CertificateFile = {
	readonly path: string;
	readonly source: string;
};

// A bundle of all authorities there are has a quarter of a megabyte; more is some other file.
const maximumBytes = 4_194_304;

/**
The files whose certificates are trusted besides the system's: `network.ca_certificates` of the config, SSL_CERT_FILE and NODE_EXTRA_CA_CERTS.

Node reads the last one itself, but only as it was when the process started.
*/
export function certificateFiles(environment: Environment, configured: string | undefined): readonly CertificateFile[] {
	const candidates = [
		['network.ca_certificates', configured],
		['SSL_CERT_FILE', environment.SSL_CERT_FILE],
		['NODE_EXTRA_CA_CERTS', environment.NODE_EXTRA_CA_CERTS],
	] as const;
	const home = environment.HOME ?? homedir();
	return candidates.flatMap(([source, file = '']) => file === '' ? [] : [{source, path: path.resolve(file.startsWith('~/') ? path.join(home, file.slice(2)) : file)}]);
}

/**
Changes whenever one of the files does.
*/
export async function stampOf(files: readonly CertificateFile[]): Promise<string> {
	const stamps = await Promise.all(files.map(async file => {
		try {
			const {ctimeMs, size, ino} = await stat(file.path);
			return [file.path, ctimeMs, size, ino];
		} catch {
			// Reading it will say what is wrong.
			return [file.path];
		}
	}));
	return JSON.stringify(stamps);
}

/**
The certificates in the files, each as PEM.
@throws NetworkError `ca_unreadable`, `ca_invalid`.
*/
export async function readCertificates(files: readonly CertificateFile[]): Promise<readonly string[]> {
	const certificates = await Promise.all(files.map(async file => parse(await readText(file), file)));
	return certificates.flat();
}

async function readText(file: CertificateFile): Promise<string> {
	try {
		// Looked at before it is opened, because opening a named pipe waits for a writer.
		const status = await stat(file.path);
		if (!status.isFile() || status.size > maximumBytes) {
			throw invalid(file, 'is not a file of certificates');
		}

		await using handle = await open(file.path, 'r');
		const {buffer, bytesRead} = await handle.read({buffer: new Uint8Array(maximumBytes), position: 0});
		return new TextDecoder().decode(buffer.subarray(0, bytesRead));
	} catch (error) {
		if (error instanceof NetworkError) {
			throw error;
		}

		const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
		throw new NetworkError(`The certificates in ${sanitizeLine(file.path)} cannot be read${code}.`, {
			code: 'ca_unreadable',
			hint: `${file.source} names this file: put it there and make it readable, or unset ${file.source}.`,
			cause: error,
		});
	}
}

function parse(text: string, file: CertificateFile): readonly string[] {
	const blocks = text.match(/-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----/gsv) ?? [];
	if (blocks.length === 0) {
		throw invalid(file, 'holds no certificate');
	}

	for (const [index, block] of blocks.entries()) {
		try {
			// eslint-disable-next-line no-new -- only whether it can be read
			new X509Certificate(block);
		} catch (error) {
			throw invalid(file, blocks.length === 1 ? 'holds a broken certificate' : `holds a broken certificate, number ${index + 1} of ${blocks.length}`, error);
		}
	}

	return blocks;
}

function invalid(file: CertificateFile, what: string, cause?: unknown): NetworkError {
	return new NetworkError(`${sanitizeLine(file.path)} ${what}.`, {
		code: 'ca_invalid',
		hint: `${file.source} names this file: it must hold certificates as PEM, which begin with -----BEGIN CERTIFICATE-----. If yours is DER: openssl x509 -inform der -in FILE -out FILE.pem`,
		cause,
	});
}
