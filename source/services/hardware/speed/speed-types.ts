/**
What of a machine decides its speed; only names are needed, figures win over what the tables say of a name.
*/
export type SpeedMachine = {
	/**
	All GPUs that share the model's layers; none for the CPU alone.
	*/
	readonly gpus: readonly SpeedGpu[];
	readonly cpu?: SpeedCpu;
};

export type SpeedGpu = {
	readonly name: string;
	readonly memoryBytes?: number;
	/**
	Peak memory bandwidth in 10⁹ bytes per second.
	*/
	readonly bandwidthGBs?: number;
	/**
	FP32 in 10¹² operations per second.
	*/
	readonly teraflops?: number;
	readonly unifiedMemory?: boolean;
};

export type SpeedCpu = {
	readonly name: string;
	readonly physicalCores?: number;
	/**
	Peak in 10⁹ bytes per second.
	*/
	readonly memoryBandwidthGBs?: number;
	/**
	It was measured while something else used the memory too, so that it may be more.
	*/
	readonly measuredWhileBusy?: boolean;
	/**
	For example `DDR5-5600`; with `memoryChannels` (of 64 bits; two if not said) it gives the bandwidth.
	*/
	readonly memory?: string;
	readonly memoryChannels?: number;
	/**
	AVX-512.
	*/
	readonly wideVectors?: boolean;
};
