import assert from 'node:assert/strict';
import {once} from 'node:events';
import {connect, createServer, type Socket} from 'node:net';
import {createInterface} from 'node:readline';
import {test} from 'node:test';
import {createConnection} from '../../../../source/services/downloads/worker/connection.js';
import {toLine} from '../../../../source/services/downloads/worker/difference.js';
import {protocolVersion} from '../../../../source/services/downloads/worker/protocol.js';
import {type Download} from '../../../../source/types/download.js';
import {temporaryFolder} from '../../../helpers/temporary-folder.js';

function downloadWith(receivedBytes: number): Download {
	return {
		id: 'a',
		request: {
			ref: 'hf:o/r:Q4', modelId: 'a', name: 'A', source: 'hugging-face', repository: 'o/r', revision: 'main', quantization: 'Q4', files: [{path: 'f.gguf', sizeBytes: 1, role: 'model'}],
		},
		status: 'downloading',
		priority: 'normal',
		keepTrying: true,
		receivedBytes,
		totalBytes: 1_000_000,
		fetchedBytes: 0,
		resumedBytes: 0,
		hosts: [],
		connections: 0,
		retries: 0,
		files: [],
		segments: [],
		// Long enough that some of them fill what the system keeps for a socket.
		events: [{at: '2026-01-01T00:00:00.000Z', text: `${receivedBytes} `.repeat(20_000)}],
		activeSeconds: 0,
		createdAt: '2026-01-01T00:00:00.000Z',
	};
}

/**
Both ends of a socket.
*/
async function openPair(place: string): Promise<{readonly inner: Socket; readonly outer: Socket} & Disposable> {
	const server = createServer();
	server.listen(place);
	await once(server, 'listening');
	const outer = connect(place);
	const [inner] = await once(server, 'connection') as [Socket];
	return {
		inner,
		outer,
		[Symbol.dispose]() {
			inner.destroy();
			outer.destroy();
			server.close();
		},
	};
}

test('a client that does not listen is told the last state once it does, and what waits for it stays small', async () => {
	await using folder = await temporaryFolder();
	using pair = await openPair(folder.join('socket'));
	const {inner, outer} = pair;
	let count = 0;
	let list: readonly Download[] = [downloadWith(count)];
	const connection = createConnection({
		socket: inner,
		models: '/models',
		list: () => list,
		carryOut: async () => ({}),
		onRetire() {
			throw new Error('Nobody asked for it.');
		},
	});
	outer.write(toLine({type: 'hello', protocol: protocolVersion}));
	await once(inner, 'data');
	const sizes: number[] = [];
	// Until nothing more is put on the line for a while, although there are news all the time.
	for (let written = -1; written !== inner.bytesWritten || sizes.length < 30; count++) {
		written = inner.bytesWritten;
		list = [downloadWith(count)];
		connection.tell();
		sizes.push(inner.writableLength);
		// eslint-disable-next-line no-await-in-loop -- longer than the gap between two tellings
		await new Promise(resolve => {
			setTimeout(resolve, inner.writableNeedDrain ? 1 : 110);
		});
	}

	assert.ok(Math.max(...sizes) < 1_000_000, `${Math.max(...sizes)} bytes waited`);
	const told: number[] = [];
	for await (const line of createInterface({input: outer})) {
		const {downloads} = JSON.parse(line) as {downloads?: ReadonlyArray<{set: {receivedBytes: number}}>};
		told.push(...(downloads ?? []).map(({set}) => set.receivedBytes));
		if (told.at(-1) === count - 1) {
			break;
		}
	}

	assert.ok(told.length < count, `${told.length} of ${count} states were told`);
});
