import {type RegistryModel} from '../../types/registry-model.js';

export type RegistryAction = {readonly type: 'registry/loaded'; readonly models: readonly RegistryModel[]};

export function reduceRegistry(_models: readonly RegistryModel[], action: RegistryAction): readonly RegistryModel[] {
	return action.models;
}
