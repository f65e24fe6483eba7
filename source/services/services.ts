import {type Abortable} from '../types/abortable.js';
import {type Download} from '../types/download.js';
import {type Benchmarks} from './bench/benchmarks.js';
import {type Conversations} from './chat/conversations.js';
import {type ConfigStore} from './config/config-store.js';
import {type Paths} from './config/paths.js';
import {type Downloads} from './downloads/downloads.js';
import {type Engine} from './engine/engine.js';
import {type Hardware} from './hardware/hardware.js';
import {type Inventory} from './inventory/inventory.js';
import {type LoadPlans} from './load-plans/load-plans.js';
import {type Provider} from './providers/provider.js';
import {type Registry} from './registry/registry.js';
import {type Consents} from './safety/consents.js';
import {type Sources} from './sources/sources.js';

/**
All that the program can do; the screen and the commands use the same.
*/
export type Services = {
	readonly paths: Paths;
	readonly config: ConfigStore;
	readonly registry: Registry;
	readonly sources: Sources;
	readonly downloads: Downloads;
	readonly inventory: Inventory;
	readonly hardware: Hardware;
	readonly engine: Engine;
	readonly loadPlans: LoadPlans;
	/**
	Generates with any model that Remuda can reach.
	*/
	readonly provider: Provider;
	/**
	Licences that the user has accepted.
	*/
	readonly consents: Consents;
	readonly conversations: Conversations;
	readonly benchmarks: Benchmarks;
	/**
	Adds the recommended model to the queue for quiet hours, where the config asks for that; to be called once the downloads have started.
	*/
	readonly preload: (options: Abortable) => Promise<Download | undefined>;
	/**
	Settles running work and frees everything; never takes longer than 10 s.
	*/
	readonly close: () => Promise<void>;
};
