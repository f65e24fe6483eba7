/**
What this machine is; plain data, so that a fit can be computed for any other machine too.
*/
export type HardwareReport = {
	readonly cpu: {
		readonly model: string;
		readonly physicalCores: number;
		readonly logicalCores: number;
		readonly speedGhz?: number;
		/**
		For example `avx2`; only those that matter to llama.cpp.
		*/
		readonly instructionSets: readonly string[];
	};
	readonly memory: MemoryReport;
	readonly gpus: readonly GpuReport[];
	readonly disks: readonly DiskReport[];
	readonly operatingSystem: {
		readonly platform: string;
		readonly name: string;
		readonly release: string;
		readonly architecture: string;
		readonly hostname: string;
	};
	/**
	Said, never fatal: a probe that failed or ran out of time.
	*/
	readonly warnings: readonly string[];
};

export type MemoryReport = {
	readonly totalBytes: number;
	/**
	Free, plus what the kernel gives back; never more than a container's limit leaves.
	*/
	readonly availableBytes: number;
	readonly swapTotalBytes: number;
	readonly swapFreeBytes: number;
};

export type GpuReport = {
	readonly name: string;
	readonly vendor: string;
	readonly vramTotalBytes?: number;
	readonly vramFreeBytes?: number;
	readonly driver?: string;
	/**
	Shares the memory of the CPU.
	*/
	readonly unifiedMemory: boolean;
};

export type DiskReport = {
	readonly mount: string;
	readonly kind?: string;
	readonly totalBytes: number;
	readonly freeBytes: number;
};

/**
One sample of what changes while one looks.
*/
export type HardwareMeters = {
	/**
	0–100.
	*/
	readonly cpuLoadPercent: number;
	readonly coreLoadPercents: readonly number[];
	readonly memory: MemoryReport;
	readonly gpus: readonly GpuReport[];
	readonly disks: readonly DiskReport[];
};
