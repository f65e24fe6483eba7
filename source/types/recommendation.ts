import {type RegistryModel} from './registry-model.js';
import {type Fit} from './speed.js';

/**
The model chosen for this machine by its available memory, or why there is none. `reason` is one sentence for a person.
*/
export type ModelSelection = {
	readonly kind: 'selected';
	readonly model: RegistryModel;
	readonly reason: string;
} | {
	readonly kind: 'insufficient';
	readonly availableBytes: number;
	/**
	Available memory from which on something would be chosen.
	*/
	readonly requiredBytes: number;
	readonly reason: string;
};

/**
A registry model that fits, with its verdict.
*/
export type ModelRecommendation = {
	readonly model: RegistryModel;
	readonly verdict: Fit;
};
