import {closeInSteps} from './close-in-steps.js';
import {createBenchmarks} from './bench/create-benchmarks.js';
import {createConversations} from './chat/create-conversations.js';
import {createConfigStore} from './config/create-config-store.js';
import {resolvePaths} from './config/resolve-paths.js';
import {type DownloadsOptions} from './downloads/create-downloads.js';
import {type Downloads} from './downloads/downloads.js';
import {preloadRecommended} from './downloads/preload/preload-recommended.js';
import {downloadRecordSchema} from './downloads/queue/download-record.js';
import {createDownloadsClient} from './downloads/worker/create-downloads-client.js';
import {createEngine} from './engine/create-engine.js';
import {createHardware} from './hardware/create-hardware.js';
import {createInventory} from './inventory/create-inventory.js';
import {createLoadPlans} from './load-plans/create-load-plans.js';
import {planModelOf, planModelOfRegistry} from './load-plans/plan-model.js';
import {createManifest} from './manifest/create-manifest.js';
import {type Environment} from './network/environment.js';
import {openNetwork} from './network/open-network.js';
import {createEngineProvider} from './providers/engine-provider.js';
import {loadRegistry} from './registry/load-registry.js';
import {createConsents} from './safety/create-consents.js';
import {type Services} from './services.js';
import {createSources} from './sources/create-sources.js';
import {openStorage} from './storage/open-storage.js';

export type ServicesOptions = {
	readonly environment: Environment;
	/**
	Who works the queue of downloads: the worker process that all processes of a home share, or this process, which suits a test that needs no other.
	*/
	readonly downloads?: 'worker' | 'in-process';
};

/**
Puts the services together. Nothing is touched but the config and the registry: database, network, engine and queue come up when they are first used.
@throws UsageError for a config, IntegrityError for a registry that cannot be used.
*/
export async function createServices({environment, downloads: worked = 'worker'}: ServicesOptions): Promise<Services> {
	const config = await createConfigStore({path: resolvePaths(environment).config});
	const paths = resolvePaths(environment, config.current());
	const registry = await loadRegistry(paths.registry);
	const storage = openStorage({path: paths.database});
	const manifest = createManifest({storage});
	const network = openNetwork(environment, config);
	const records = storage.records('downloads', downloadRecordSchema);
	const downloads = worked === 'worker'
		? createDownloadsClient({environment, paths, records})
		: await createDownloadsHere({
			withNetwork: async (_id, run) => run(network), records, manifest, paths, config,
		});
	const inventory = createInventory({
		manifest, storage, paths, isPartialNeeded: downloads.isPartialNeeded,
	});
	const referenceOf = async (id: string) => {
		const installed = await manifest.get(id);
		return installed?.ref ?? downloads.list().find(({request}) => request.modelId === id)?.request.ref;
	};

	const sources = createSources({...network, registry, referenceOf});
	const consents = createConsents({storage});
	const hardware = createHardware({paths, storage});
	const engine = createEngine({settings: () => config.current().engine});
	const loadPlans = createLoadPlans({
		benchmarks: async () => benchmarks.history(),
		storage,
		hardware,
		settings: () => config.current().engine,
		async offered() {
			const installed = await manifest.list();
			return [
				...installed.map(model => ({...planModelOf(model), family: model.family, installed: true})),
				...registry.models.filter(({deprecated}) => !deprecated).map(model => ({...planModelOfRegistry(model), family: model.family, installed: false})),
			];
		},
	});
	const benchmarks = createBenchmarks({
		engine, inventory, hardware, storage, loadPlans,
	});
	return {
		paths,
		config,
		registry,
		sources,
		downloads,
		inventory,
		hardware,
		engine,
		loadPlans,
		provider: createEngineProvider({engine, inventory, loadPlans}),
		consents,
		conversations: createConversations({storage}),
		benchmarks,
		preload: async ({signal}) => preloadRecommended({
			config, downloads, registry, hardware, inventory, sources, consents, storage, signal,
		}),
		async close() {
			await closeInSteps([
				{limit: 8000, closers: [downloads.close, engine.close]},
				{limit: 1000, closers: [network.http.close]},
				{limit: 1000, closers: [storage.close]},
			]);
		},
	};
}

async function createDownloadsHere(options: DownloadsOptions): Promise<Downloads> {
	// What transfers files is not even loaded by who leaves that to the worker.
	const {createDownloads} = await import('./downloads/create-downloads.js');
	return createDownloads(options);
}
