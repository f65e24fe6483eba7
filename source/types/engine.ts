import {type LoadPlan} from './load-plan.js';

/**
What keeps a hostile model file from harming the machine.
*/
export type SandboxReport = {
	readonly kind: 'bubblewrap' | 'none';
	/**
	One sentence: what it protects, or why there is none.
	*/
	readonly detail: string;
};

/**
The model that is loaded now.
*/
export type LoadedModel = {
	readonly modelId: string;
	readonly plan: LoadPlan;
	/**
	Tokens the model was trained for.
	*/
	readonly trainedContextLength: number;
	/**
	Where it runs, for example `CPU` or `CUDA: NVIDIA GeForce RTX 4090`.
	*/
	readonly device: string;
	readonly loadMs: number;
	/**
	Process id of the engine host.
	*/
	readonly processId: number;
};
