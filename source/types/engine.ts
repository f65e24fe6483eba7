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
	/**
	What was really applied.
	*/
	readonly plan: LoadPlan;
	/**
	Sentences: where and why the plan that was asked for could not be followed.
	*/
	readonly notes: readonly string[];
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
	/**
	What it was expected to take, and what it took in main memory and on GPUs; measured only where the system tells.
	*/
	readonly memory: {
		/**
		Where: its processor and memory.
		*/
		readonly machine: string;
		readonly estimatedBytes: number;
		/**
		Of it, the weights.
		*/
		readonly weightBytes: number;
		readonly measuredBytes?: number;
		readonly estimatedVramBytes?: number;
		readonly measuredVramBytes?: number;
	};
};
