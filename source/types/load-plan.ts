/**
How a model is loaded.
*/
export type LoadPlan = {
	/**
	Tokens.
	*/
	readonly contextSize: number;
	/**
	Layers put on the GPU; 0 is none, `auto` leaves it to the engine.
	*/
	readonly gpuLayers: number | 'auto';
	readonly batchSize: number;
	/**
	Never all cores: under Node that costs most of the speed.
	*/
	readonly threads: number;
	readonly memoryMap: boolean;
	readonly memoryLock: boolean;
};
