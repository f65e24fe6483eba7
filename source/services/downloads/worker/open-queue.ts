import {createConfigStore} from '../../config/create-config-store.js';
import {type Paths} from '../../config/paths.js';
import {resolvePaths} from '../../config/resolve-paths.js';
import {createManifest} from '../../manifest/create-manifest.js';
import {type Environment} from '../../network/environment.js';
import {openNetwork} from '../../network/open-network.js';
import {openStorage} from '../../storage/open-storage.js';
import {createDownloads} from '../create-downloads.js';
import {type Downloads} from '../downloads.js';
import {downloadRecordSchema} from '../queue/download-record.js';
import {requireHome} from './require-home.js';
import {createAskerNetworks, type AskerNetworks} from './asker-networks.js';

/**
The queue of a home with all that it needs in this process.
*/
export type OpenQueue = AsyncDisposable & {
	readonly paths: Paths;
	readonly downloads: Downloads;
	/**
	Somebody asks for a download, which goes the ways of their environment.
	*/
	readonly onAsker: AskerNetworks['ask'];
};

/**
Opens a queue. Nothing is asked of the network, and no record read, before it is started. At the end of the scope network and database are closed; the downloads have to be before.
@throws UsageError for a config that cannot be used.
*/
export async function openQueue(environment: Environment): Promise<OpenQueue> {
	const config = await createConfigStore({path: resolvePaths(environment).config});
	const paths = resolvePaths(environment, config.current());
	const storage = openStorage({path: paths.database});
	const networks = createAskerNetworks({environment, open: own => openNetwork(own, config)});
	return {
		paths,
		downloads: createDownloads({
			async withNetwork(id, run) {
				// What begins makes its folders: not those of a home that was removed.
				await requireHome(paths.home);
				return networks.withNetwork(id, run);
			},
			records: storage.records('downloads', downloadRecordSchema), manifest: createManifest({storage}), paths, config,
		}),
		onAsker: networks.ask,
		async [Symbol.asyncDispose]() {
			await networks.close();
			await storage.close();
		},
	};
}
