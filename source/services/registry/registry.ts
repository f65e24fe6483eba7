import {type RegistryModel} from '../../types/registry-model.js';

/**
The curated list that ships with Remuda.
*/
export type Registry = {
	readonly models: readonly RegistryModel[];
	readonly find: (id: string) => RegistryModel | undefined;
};
