import {Buffer} from 'node:buffer';
import {type z} from 'zod';
import {NetworkError} from '../../errors/network-error.js';
import {formatBytes} from '../../format/bytes.js';
import {sanitizeLine} from '../../format/sanitize.js';
import {type HttpResponse} from './http.js';
import {redactUrl} from './redact-url.js';

/**
The body as text, if it has at most `limit` bytes.
@throws NetworkError `reply_too_large`.
*/
export async function readText(response: HttpResponse, limit: number): Promise<string> {
	const chunks: Uint8Array[] = [];
	let size = 0;
	for await (const chunk of response.body) {
		size += chunk.length;
		if (size > limit) {
			throw new NetworkError(`The reply of ${redactUrl(response.url)} is larger than ${formatBytes(limit)}.`, {code: 'reply_too_large', hint: 'Check HF_ENDPOINT: a hub does not answer so.'});
		}

		chunks.push(chunk);
	}

	return Buffer.concat(chunks).toString('utf8');
}

/**
The body as JSON that fits `schema`.
@throws NetworkError `unexpected_reply`, `reply_too_large`.
*/
export async function readJson<Value>(response: HttpResponse, {schema, limit}: {readonly schema: z.ZodType<Value>; readonly limit: number}): Promise<Value> {
	const type = response.headers['content-type'] ?? '';
	if (!/[+\/]json\b/iv.test(type)) {
		await response.discard();
		throw unexpected(response, `it sent ${type === '' ? 'no content type' : sanitizeLine(type).slice(0, 100)} instead of JSON`);
	}

	const text = await readText(response, limit);
	let json: unknown;
	try {
		json = JSON.parse(text);
	} catch (error) {
		throw unexpected(response, 'its JSON is broken', error);
	}

	const parsed = schema.safeParse(json);
	if (!parsed.success) {
		const [issue] = parsed.error.issues;
		throw unexpected(response, `its JSON is not what was expected at ${sanitizeLine(issue?.path.join('.') ?? '')}`, parsed.error);
	}

	return parsed.data;
}

function unexpected(response: HttpResponse, what: string, cause?: unknown): NetworkError {
	return new NetworkError(`${redactUrl(response.url)} did not answer as a hub does: ${what}.`, {
		code: 'unexpected_reply',
		hint: 'Check HF_ENDPOINT; a login page of the network may also be in the way.',
		cause,
	});
}
