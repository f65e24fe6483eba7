import {type InstalledModel} from '../../types/installed-model.js';
import {type Storage} from '../storage/storage.js';
import {installedModelSchema} from './installed-model-schema.js';
import {type Manifest} from './manifest.js';

/**
The manifest in a storage.
*/
export function createManifest({storage}: {readonly storage: Pick<Storage, 'records'>}): Manifest {
	const records = storage.records<InstalledModel>('manifest', installedModelSchema);
	return {
		async list() {
			const models = await records.list();
			return models.toSorted((a, b) => Date.parse(b.downloadedAt) - Date.parse(a.downloadedAt));
		},
		get: records.get,
		put: async model => records.put(model.id, model),
		async update(id, change) {
			await records.update(id, model => model && change(model));
		},
		async delete(id) {
			await records.delete(id);
		},
	};
}
