import * as z from 'zod/mini';
import {type Abortable} from '../../../types/abortable.js';
import {type Download} from '../../../types/download.js';
import {type ConfigStore} from '../../config/config-store.js';
import {type Hardware} from '../../hardware/hardware.js';
import {type Inventory} from '../../inventory/inventory.js';
import {type Registry} from '../../registry/registry.js';
import {type Consents} from '../../safety/consents.js';
import {licenseTermsOf} from '../../safety/license-terms.js';
import {type Sources} from '../../sources/sources.js';
import {type Storage} from '../../storage/storage.js';
import {type Downloads} from '../downloads.js';
import {choosePreload} from './choose-preload.js';

/**
A model that was preloaded once; one that was cancelled then does not come back.
*/
const preloadSchema = z.object({id: z.string(), at: z.iso.datetime()});

export type PreloadOptions = Abortable & {
	readonly config: Pick<ConfigStore, 'current'>;
	/**
	Started: its list is the queue.
	*/
	readonly downloads: Pick<Downloads, 'list' | 'add'>;
	readonly registry: Pick<Registry, 'models'>;
	readonly hardware: Pick<Hardware, 'probe'>;
	readonly inventory: Pick<Inventory, 'list'>;
	readonly sources: Pick<Sources, 'resolve'>;
	readonly consents: Pick<Consents, 'has'>;
	readonly storage: Pick<Storage, 'records'>;
	readonly clock?: () => Date;
};

/**
Adds the model recommended for this machine to the queue, to be fetched in quiet hours after all else, where the user has set both; once per model. One whose licence asks for consent is not taken: nobody is there to give it.

Resolves with the download that was added. Rejects as `sources.resolve` and `downloads.add` do; the next call tries again.
*/
export async function preloadRecommended(options: PreloadOptions): Promise<Download | undefined> {
	const {config, downloads, registry, inventory, sources, storage, signal, clock = () => new Date()} = options;
	const settings = config.current().downloads;
	// Before anything is asked of the machine.
	if (!settings.preloadRecommended || settings.quietHours === '') {
		return undefined;
	}

	const preloads = storage.records('preloads', preloadSchema);
	const [hardware, installed, before] = await Promise.all([options.hardware.probe({signal}), inventory.list(), preloads.list()]);
	const queued = downloads.list().map(({request}) => request.modelId);
	const choice = choosePreload({
		downloads: settings,
		models: registry.models,
		hardware,
		known: new Set([...[...installed, ...before].map(({id}) => id), ...queued]),
	});
	if (choice === undefined) {
		return undefined;
	}

	const request = await sources.resolve({kind: 'id', id: choice.model.id}, {signal});
	if (!await options.consents.has(licenseTermsOf(request))) {
		return undefined;
	}

	signal.throwIfAborted();
	const added = await downloads.add(request, {priority: 'low', hours: choice.hours});
	await preloads.put(choice.model.id, {id: choice.model.id, at: clock().toISOString()});
	return added;
}
