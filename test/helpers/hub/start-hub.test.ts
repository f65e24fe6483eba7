import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {Buffer} from 'node:buffer';
import {buffer} from 'node:stream/consumers';
import {stat, writeFile} from 'node:fs/promises';
import {test} from 'node:test';
import fc from 'fast-check';
import {request} from 'undici';
import {describeGguf} from '../../../source/services/formats/gguf/describe-gguf.js';
import {readGgufHeader} from '../../../source/services/formats/gguf/read-gguf-header.js';
import {temporaryFolder} from '../temporary-folder.js';
import {generateFile, generateGguf} from './generate-file.js';
import {fileOfBytes, fileOfMetadata, type HubFile} from './hub-file.js';
import {startHub, type HubServer} from './start-hub.js';
import {tinychatRepository} from './tinychat-repository.js';

const repository = 'remuda/tinychat-2.6M-GGUF';
const file = 'tinychat-2.6M.Q2_K.gguf';
const size = 1_123_808;
const sha256 = '71fe6c5861c81d43b8a1bc09b3f476d4792c6d9f3c46d2da8cb8fabf71d6497b';

async function signedUrl(hub: HubServer): Promise<string> {
	const {statusCode, headers, body} = await request(`${hub.url}/${repository}/resolve/main/${file}`);
	await body.dump();
	assert.equal(statusCode, 302);
	return String(headers.location);
}

async function fetchFrom(url: string, headers: Record<string, string> = {}): Promise<{readonly status: number; readonly headers: Record<string, unknown>; readonly bytes: Uint8Array}> {
	const reply = await request(url, {headers});
	return {status: reply.statusCode, headers: reply.headers, bytes: await reply.body.bytes()};
}

async function bytesOf(source: HubFile, start: number, end: number): Promise<Uint8Array> {
	return buffer(source.read(start, end));
}

test('a download goes over a signed address of the second host to the right bytes', async () => {
	await using hub = await startHub({repositories: [tinychatRepository()]});
	const url = await signedUrl(hub);
	assert.equal(new URL(url).origin, hub.cdnUrl);
	const {status, bytes} = await fetchFrom(url);
	assert.equal(status, 200);
	assert.equal(createHash('sha256').update(bytes).digest('hex'), sha256);
});

test('ranges: in part, open at the end, of the end, beyond it, and bound to an ETag', async () => {
	await using hub = await startHub({repositories: [tinychatRepository()]});
	const url = await signedUrl(hub);
	const part = await fetchFrom(url, {range: 'bytes=10-19'});
	assert.equal(part.status, 206);
	assert.equal(part.headers['content-range'], `bytes 10-19/${size}`);
	assert.equal(part.bytes.length, 10);
	const rest = await fetchFrom(url, {range: `bytes=${size - 5}-`});
	assert.equal(rest.bytes.length, 5);
	assert.deepEqual(await fetchFrom(url, {range: 'bytes=-5'}).then(({bytes}) => bytes), rest.bytes);
	const beyond = await fetchFrom(url, {range: `bytes=${size}-`});
	assert.equal(beyond.status, 416);
	assert.equal(beyond.headers['content-range'], `bytes */${size}`);
	const same = await fetchFrom(url, {range: 'bytes=10-19', 'if-range': String(part.headers.etag)});
	assert.equal(same.status, 206);
	const changed = await fetchFrom(url, {range: 'bytes=10-19', 'if-range': '"another"'});
	assert.equal(changed.status, 200);
	assert.equal(changed.bytes.length, size);
});

test('a signed address expires, and cannot be changed', async () => {
	await using hub = await startHub({repositories: [tinychatRepository()]});
	const url = await signedUrl(hub);
	const other = await fetchFrom(url.replace('Q2_K', 'Q8_0'));
	assert.equal(other.status, 403);
	hub.fault({kind: 'expired-url', times: 1});
	const expired = await fetchFrom(await signedUrl(hub));
	assert.equal(expired.status, 403);
	assert.match(Buffer.from(expired.bytes).toString(), /expired/v);
});

test('a token at the second host is refused and fails the end of the test', async () => {
	const hub = await startHub({repositories: [tinychatRepository()]});
	const {status} = await fetchFrom(await signedUrl(hub), {authorization: 'Bearer hf_secret'});
	assert.equal(status, 400);
	assert.throws(() => {
		hub.assertNoTokenAtCdn();
	}, /token came to the second host/v);
	await assert.rejects(hub.close(), {name: 'AssertionError'});
});

test('a fault spoils as many requests as it says, after those that it lets through', async () => {
	await using hub = await startHub({repositories: [tinychatRepository()]});
	const url = await signedUrl(hub);
	const fault = hub.fault({
		kind: 'status', on: 'cdn', status: 503, skip: 1, times: 2,
	});
	const replies = [await fetchFrom(url), await fetchFrom(url), await fetchFrom(url), await fetchFrom(url)];
	assert.deepEqual(replies.map(({status}) => status), [200, 503, 503, 200]);
	assert.equal(fault.count(), 2);
});

for (const kind of ['reset', 'truncate', 'huge-length'] as const) {
	test(`the connection ends before its time: ${kind}`, async () => {
		await using hub = await startHub({repositories: [tinychatRepository()]});
		hub.fault({kind, afterBytes: 1000});
		await assert.rejects(signedUrl(hub).then(fetchFrom), {name: kind === 'reset' ? 'Error' : 'SocketError'});
	});
}

test('bytes go wrong on their way', async () => {
	await using hub = await startHub({repositories: [tinychatRepository()]});
	const url = await signedUrl(hub);
	hub.fault({kind: 'ignore-range', times: 1});
	const whole = await fetchFrom(url, {range: 'bytes=10-19'});
	assert.equal(whole.status, 200);
	hub.fault({kind: 'wrong-bytes', afterBytes: 500_000, times: 1});
	const wrong = await fetchFrom(url);
	assert.deepEqual(wrong.bytes.subarray(0, 500_000), whole.bytes.subarray(0, 500_000));
	assert.notDeepEqual(wrong.bytes, whole.bytes);
	hub.fault({kind: 'html', on: 'cdn', times: 1});
	const page = await fetchFrom(url);
	assert.match(String(page.headers['content-type']), /html/v);
	hub.fault({kind: 'stall', afterBytes: 10, times: 1});
	await assert.rejects(request(url, {bodyTimeout: 50}).then(async ({body}) => body.bytes()), {name: 'BodyTimeoutError'});
});

test('a fault at a position of the file meets the requests that ask for it, and happens there', async () => {
	await using hub = await startHub({repositories: [tinychatRepository()]});
	const url = await signedUrl(hub);
	const cut = hub.fault({kind: 'reset', at: 700_000});
	const before = await fetchFrom(url, {range: 'bytes=0-699999'});
	assert.equal(before.bytes.length, 700_000);
	const behind = await fetchFrom(url, {range: 'bytes=700001-'});
	assert.equal(behind.bytes.length, size - 700_001);
	assert.equal(cut.count(), 0);
	await assert.rejects(fetchFrom(url, {range: 'bytes=600000-'}), {code: 'ECONNRESET'});
	await assert.rejects(fetchFrom(url), {code: 'ECONNRESET'});
	assert.equal(cut.count(), 2);
	cut.remove();
	hub.fault({kind: 'wrong-bytes', at: 700_000, times: 1});
	const wrong = await fetchFrom(url, {range: 'bytes=600000-'});
	assert.deepEqual(wrong.bytes.subarray(0, 100_000), before.bytes.subarray(600_000));
	const right = await fetchFrom(url, {range: 'bytes=600000-'});
	assert.notEqual(wrong.bytes[100_000], right.bytes[100_000]);
	hub.fault({kind: 'slow', at: 700_000, bytesPerSecond: 10});
	let received = 0;
	const {body} = await request(url);
	for await (const piece of body) {
		received += (piece as Uint8Array).length;
		if (received > 700_002) {
			break;
		}
	}

	// More than what comes one by one would have to come at once.
	assert.ok(received < 701_000, `${received} bytes came`);
});

test('a held answer goes on when it is released', async () => {
	await using hub = await startHub({repositories: [tinychatRepository()]});
	const hold = hub.fault({kind: 'hold', at: 700_000});
	let received = 0;
	let isReleased = false;
	let wasEarly = false;
	const {body} = await request(await signedUrl(hub));
	for await (const piece of body) {
		received += (piece as Uint8Array).length;
		wasEarly ||= received > 700_000 && !isReleased;
		if (received !== 700_000) {
			continue;
		}

		isReleased = true;
		hold.remove();
	}

	assert.ok(isReleased);
	assert.ok(!wasEarly);
	assert.equal(received, size);
});

test('headers that drip never end', async () => {
	await using hub = await startHub({repositories: [tinychatRepository()]});
	hub.fault({kind: 'slow-headers', on: 'hub', milliseconds: 5});
	await assert.rejects(request(hub.url, {headersTimeout: 100}), {name: 'HeadersTimeoutError'});
});

test('downloads over the limit are refused as long as the others go on', async () => {
	await using hub = await startHub({
		repositories: [tinychatRepository()], connectionBytesPerSecond: 1_000_000, connectionLimit: {count: 2, status: 503, headers: {'retry-after': '1'}},
	});
	const url = await signedUrl(hub);
	const replies = await Promise.all([fetchFrom(url), fetchFrom(url), fetchFrom(url)]);
	assert.deepEqual(replies.map(({status}) => status).toSorted((a, b) => a - b), [200, 200, 503]);
	assert.equal(replies.find(({status}) => status === 503)?.headers['retry-after'], '1');
	const later = await fetchFrom(url, {range: 'bytes=0-9'});
	assert.equal(later.status, 206);
});

test('a published commit moves main and leaves the old one where it was', async () => {
	await using hub = await startHub({repositories: [tinychatRepository()]});
	const before = await request(`${hub.url}/${repository}/resolve/main/${file}`, {method: 'HEAD'});
	hub.publish(tinychatRepository({files: {[file]: fileOfBytes('new content')}}));
	const after = await request(`${hub.url}/${repository}/resolve/main/${file}`, {method: 'HEAD'});
	const commit = String(before.headers['x-repo-commit']);
	const old = await request(`${hub.url}/${repository}/resolve/${commit}/${file}`, {method: 'HEAD'});
	assert.notEqual(after.headers['x-repo-commit'], commit);
	assert.equal(after.headers['x-linked-size'], '11');
	assert.equal(old.headers['x-linked-etag'], `"${sha256}"`);
});

test('what is only described cannot be had', async () => {
	await using hub = await startHub({repositories: [{id: 'o/r', files: {'a.gguf': fileOfMetadata({sizeBytes: 5e9, sha256})}}]});
	const {status, bytes} = await fetchFrom(`${hub.url}/o/r/resolve/main/a.gguf`);
	assert.equal(status, 403);
	assert.match(Buffer.from(bytes).toString(), /only the tinychat models/v);
});

test('a rate is kept over all connections together', async () => {
	await using hub = await startHub({repositories: [tinychatRepository()], bytesPerSecond: 10_000_000});
	const url = await signedUrl(hub);
	const start = performance.now();
	await Promise.all([fetchFrom(url), fetchFrom(url)]);
	// 2.2 MB at 10 MB/s take 0.2 s; less than half of it would mean that each has a rate of its own.
	assert.ok(performance.now() - start > 120);
});

test('generated files have the same bytes however they are read', async () => {
	const generated = generateFile({sizeBytes: 3_000_000, seed: 7});
	const all = await bytesOf(generated, 0, generated.sizeBytes);
	assert.equal(createHash('sha256').update(all).digest('hex'), await generated.sha256());
	// The noise repeats every MiB; the number of the page does not.
	assert.notDeepEqual(all.subarray(0, 4096), all.subarray(1_048_576, 1_052_672));
	await fc.assert(fc.asyncProperty(fc.nat(all.length), fc.nat(300_000), async (start, length) => {
		const end = Math.min(all.length, start + length);
		assert.deepEqual(await bytesOf(generated, start, end), Buffer.from(all.subarray(start, end)));
	}), {numRuns: 50});
});

test('a generated GGUF file has exactly its size and reads as a model', async () => {
	await using folder = await temporaryFolder();
	const generated = generateGguf({sizeBytes: 1_000_001, seed: 1});
	const path = folder.join('generated.gguf');
	await writeFile(path, generated.read(0, generated.sizeBytes));
	const {size: written} = await stat(path);
	assert.equal(written, 1_000_001);
	const header = await readGgufHeader(path, {signal: new AbortController().signal});
	const {architecture, weightBytes} = describeGguf(header);
	assert.equal(architecture?.name, 'llama');
	assert.ok(weightBytes > 998_000);
	assert.ok(weightBytes < written);
});
