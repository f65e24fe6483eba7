// Downloads one file with the service and tells its parent how long it took: HOME HUB_URL SHA256 BYTES
import process from 'node:process';
import {createConfigStore} from '../../source/services/config/create-config-store.js';
import {resolvePaths} from '../../source/services/config/resolve-paths.js';
import {createDownloads} from '../../source/services/downloads/create-downloads.js';
import {downloadRecordSchema} from '../../source/services/downloads/queue/download-record.js';
import {createManifest} from '../../source/services/manifest/create-manifest.js';
import {createHttp} from '../../source/services/network/create-http.js';
import {createHub} from '../../source/services/network/create-hub.js';
import {openStorage} from '../../source/services/storage/open-storage.js';

const [home = '', endpoint = '', sha256 = '', size = ''] = process.argv.slice(2);
const environment = {REMUDA_HOME: home, HF_ENDPOINT: endpoint};
const paths = resolvePaths(environment);
const config = await createConfigStore({path: paths.config});
const http = createHttp({environment});
const storage = openStorage({path: paths.database});
const hub = createHub({http, environment, configuredEndpoint: () => endpoint});
const downloads = createDownloads({
	http,
	hub,
	records: storage.records('downloads', downloadRecordSchema),
	manifest: createManifest({storage}),
	paths,
	config,
});
await downloads.start();
// The program has asked the hub for the model before it downloads it: what that loads is loaded.
const warmUp = await hub.request({url: 'bench/model/resolve/main/model.gguf', method: 'HEAD', signal: new AbortController().signal});
await warmUp.discard();
const before = process.cpuUsage();
const start = performance.now();
const {id} = await downloads.add({
	ref: 'hf:bench/model:Q8_0',
	modelId: 'bench',
	name: 'bench',
	source: 'hugging-face',
	repository: 'bench/model',
	revision: 'main',
	quantization: 'Q8_0',
	files: [{
		path: 'model.gguf', sizeBytes: Number(size), sha256, role: 'model',
	}],
});
const {status, error} = await downloads.settled(id, {signal: new AbortController().signal});
const milliseconds = performance.now() - start;
const {user, system} = process.cpuUsage(before);
if (status !== 'completed') {
	throw new Error(error?.message ?? status);
}

process.send?.({milliseconds, cpuMilliseconds: (user + system) / 1000});
await downloads.close();
await http.close();
await storage.close();
process.disconnect?.();
