import {createConfigStore} from '../../../source/services/config/create-config-store.js';
import {type ConfigStore} from '../../../source/services/config/config-store.js';
import {resolvePaths} from '../../../source/services/config/resolve-paths.js';
import {createDownloads} from '../../../source/services/downloads/create-downloads.js';
import {downloadRecordSchema} from '../../../source/services/downloads/queue/download-record.js';
import {type Downloads} from '../../../source/services/downloads/downloads.js';
import {type Timing} from '../../../source/services/downloads/timing.js';
import {createManifest} from '../../../source/services/manifest/create-manifest.js';
import {type Manifest} from '../../../source/services/manifest/manifest.js';
import {openNetwork} from '../../../source/services/network/open-network.js';
import {openStorage} from '../../../source/services/storage/open-storage.js';

export type SessionOptions = {
	readonly home: string;
	readonly endpoint: string;
	readonly token?: string;
	readonly timing?: Partial<Timing>;
	readonly now?: () => number;
};

/**
What one run of the program has: the queue with everything under it, over a home that outlives it.
*/
export type Session = AsyncDisposable & {
	readonly downloads: Downloads;
	readonly manifest: Manifest;
	readonly config: ConfigStore;
};

export async function openSession({home, endpoint, token, timing, now}: SessionOptions): Promise<Session> {
	const environment = {
		REMUDA_HOME: home, HF_ENDPOINT: endpoint, HF_TOKEN: token, HF_TOKEN_PATH: '/nowhere', no_proxy: '*',
	};
	const paths = resolvePaths(environment);
	const config = await createConfigStore({path: paths.config});
	const network = openNetwork(environment, config);
	const storage = openStorage({path: paths.database});
	const manifest = createManifest({storage});
	const downloads = createDownloads({
		withNetwork: async (_id, run) => run(network),
		records: storage.records('downloads', downloadRecordSchema),
		manifest,
		paths,
		config,
		// Patience is for real lines; what fails is to be seen.
		timing: {
			retryBase: 10, stall: 1000, againAfter: [], ...timing,
		},
		...(now !== undefined && {now}),
	});
	return {
		downloads,
		manifest,
		config,
		async [Symbol.asyncDispose]() {
			await downloads.close();
			await network.http.close();
			await storage.close();
		},
	};
}
