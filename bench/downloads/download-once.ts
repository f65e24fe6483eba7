// Downloads files with the service and tells its parent how long it took. Argument: as JSON, what `Order` says.
import {writeFile} from 'node:fs/promises';
import process from 'node:process';
import {createServices} from '../../source/services/create-services.js';
import {type Served} from './serve-files.js';

type Order = Served & {
	readonly home: string;
	readonly count: number;
	readonly connections: number;
};

const {home, hubUrl, sha256, sizeBytes, count, connections} = JSON.parse(process.argv[2]!) as Order;
await writeFile(`${home}/config.json`, JSON.stringify({version: 1, max_concurrent_downloads: count, downloads: {connections_per_file: connections}}));
const {signal} = new AbortController();
const {downloads, sources, close} = await createServices({environment: {HOME: home, REMUDA_HOME: home, HF_ENDPOINT: hubUrl}, downloads: 'in-process'});
await downloads.start();
// The program has asked the hub for the model before it downloads it: what that loads is loaded.
await sources.details({kind: 'hugging-face', repository: 'bench/model'}, {signal}).catch(() => undefined);
const before = process.cpuUsage();
const start = performance.now();
const done = await Promise.all(Array.from({length: count}, async (_, index) => {
	const {id} = await downloads.add({
		ref: `hf:bench/model-${index}:Q8_0`,
		modelId: `bench-${index}`,
		name: 'bench',
		source: 'hugging-face',
		repository: `bench/model-${index}`,
		revision: 'main',
		quantization: 'Q8_0',
		files: [{
			path: `model-${index}.gguf`, sizeBytes, sha256, role: 'model',
		}],
	});
	return downloads.settled(id, {signal});
}));
const milliseconds = performance.now() - start;
const {user, system} = process.cpuUsage(before);
const failed = done.find(({status}) => status !== 'completed');
if (failed !== undefined) {
	throw new Error(failed.error?.message ?? failed.status);
}

process.send?.({milliseconds, cpuMilliseconds: (user + system) / 1000, peakBytes: process.resourceUsage().maxRSS * 1024});
await close();
process.disconnect?.();
