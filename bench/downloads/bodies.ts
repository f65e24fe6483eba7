// What it costs to receive a body and do nothing with it: the client for large bodies against undici, plain and over TLS.
// Usage: bodies.ts [BYTES] [ROUNDS] [CONNECTIONS]
import {fork} from 'node:child_process';
import {once} from 'node:events';
import path from 'node:path';
import process from 'node:process';
import {createHttp} from '../../source/services/network/create-http.js';
import {authorityFile} from '../../test/helpers/network/secure-server.js';
import {type ServedBodies} from './serve-bodies.js';

const [bytes = 1_000_000_000, rounds = 5, connections = 1] = process.argv.slice(2).map(Number);
const child = fork(path.join(import.meta.dirname, 'serve-bodies.ts'), {execArgv: ['--import', 'tsx']});
const [served] = await once(child, 'message') as [ServedBodies];
const http = createHttp({environment: () => ({}), caCertificates: () => authorityFile});

async function drain(origin: string, isBulk: boolean): Promise<void> {
	await Promise.all(Array.from({length: connections}, async () => {
		const response = await http.request({url: new URL(`/${Math.round(bytes / connections)}`, origin), isBulk, signal: new AbortController().signal});
		await response.drain(() => undefined);
	}));
}

/**
CPU seconds of this process for a gigabyte, and gigabytes in a second.
*/
async function measure(origin: string, isBulk: boolean): Promise<{readonly cpu: number; readonly rate: number}> {
	const before = process.cpuUsage();
	const begin = performance.now();
	await drain(origin, isBulk);
	const {user, system} = process.cpuUsage(before);
	return {cpu: (user + system) / 1000 / bytes * 1e6, rate: bytes / 1e6 / (performance.now() - begin)};
}

function median(values: readonly number[]): string {
	return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)]!.toFixed(2);
}

for (const [way, origin] of Object.entries(served)) {
	const results = {own: [] as Array<{readonly cpu: number; readonly rate: number}>, undici: [] as Array<{readonly cpu: number; readonly rate: number}>};
	for (let round = 0; round <= rounds; round++) {
		for (const [client, isBulk] of [['own', true], ['undici', false]] as const) {
			const result = await measure(origin, isBulk); // eslint-disable-line no-await-in-loop -- in turns
			if (round > 0) {
				results[client].push(result);
			}
		}
	}

	for (const [client, measured] of Object.entries(results)) {
		console.log(`${way.padEnd(6)} ${client.padEnd(6)} ${median(measured.map(({cpu}) => cpu))} s of CPU for a GB, ${median(measured.map(({rate}) => rate))} GB/s`);
	}
}

await http.close();
child.disconnect();
