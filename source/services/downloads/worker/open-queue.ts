import {createConfigStore} from '../../config/create-config-store.js';
import {type Paths} from '../../config/paths.js';
import {resolvePaths} from '../../config/resolve-paths.js';
import {createManifest} from '../../manifest/create-manifest.js';
import {createHttp} from '../../network/create-http.js';
import {createHub} from '../../network/create-hub.js';
import {type Environment} from '../../network/environment.js';
import {openStorage} from '../../storage/open-storage.js';
import {createDownloads} from '../create-downloads.js';
import {type Downloads} from '../downloads.js';
import {downloadRecordSchema} from '../queue/download-record.js';
import {withAsker} from './asker-environment.js';

/**
The queue of a home with all that it needs in this process.
*/
export type OpenQueue = AsyncDisposable & {
	readonly paths: Paths;
	readonly downloads: Downloads;
	/**
	What is asked of the network from now on goes the ways of another environment.
	*/
	readonly onAsker: (environment: Environment) => void;
};

/**
Opens a queue. Nothing is asked of the network, and no record read, before it is started. At the end of the scope network and database are closed; the downloads have to be before.
@throws UsageError for a config that cannot be used.
*/
export async function openQueue(environment: Environment): Promise<OpenQueue> {
	let current = environment;
	const config = await createConfigStore({path: resolvePaths(environment).config});
	const paths = resolvePaths(environment, config.current());
	const storage = openStorage({path: paths.database});
	const http = createHttp({environment: () => current, caCertificates: () => config.current().network.caCertificates});
	const hub = createHub({
		http, environment: () => current, configuredEndpoint: () => config.current().huggingFaceEndpoint, configuredMirrors: () => config.current().downloads.mirrors,
	});
	return {
		paths,
		downloads: createDownloads({
			hub, http, records: storage.records('downloads', downloadRecordSchema), manifest: createManifest({storage}), paths, config,
		}),
		onAsker(asker) {
			current = withAsker(environment, asker);
		},
		async [Symbol.asyncDispose]() {
			await http.close();
			await storage.close();
		},
	};
}
