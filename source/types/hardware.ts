/**
What this machine is; plain data, so that a fit can be computed for any other machine too.
*/
export type HardwareReport = {
	readonly cpu: CpuReport;
	readonly memory: MemoryReport;
	/**
	Measured on this machine; missing until somebody had it measured.
	*/
	readonly memoryBandwidth?: MemoryBandwidth;
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
	What stands between Remuda and the hardware, the outermost first; empty on bare metal, missing where it was not looked for.
	*/
	readonly virtualization?: readonly Virtualization[];
	readonly thermal?: ThermalReport;
	/**
	Said, never fatal: a probe that failed or ran out of time.
	*/
	readonly warnings: readonly string[];
	/**
	This is a machine that somebody described, not the one that Remuda runs on.
	*/
	readonly simulated?: Simulation;
};

export type CpuReport = {
	readonly model: string;
	readonly physicalCores: number;
	readonly logicalCores: number;
	/**
	Threads that may run at once: logical cores, less what a container's quota, a set of cores or an affinity takes away. All logical ones where it is missing.
	*/
	readonly usableCores?: number;
	readonly speedGhz?: number;
	/**
	For example `avx2`; only those that matter to llama.cpp. Empty where they are not known.
	*/
	readonly instructionSets: readonly string[];
};

export type MemoryReport = {
	/**
	Never more than a container's limit.
	*/
	readonly totalBytes: number;
	/**
	Free, plus what the kernel gives back; never more than a container's limit leaves.
	*/
	readonly availableBytes: number;
	readonly swapTotalBytes: number;
	readonly swapFreeBytes: number;
	/**
	Of the control group that this process is in, where it allows less than the machine has.
	*/
	readonly limitBytes?: number;
	/**
	For example `DDR5-5600`; only an administrator may read it on most systems.
	*/
	readonly kind?: string;
	/**
	Of 64 bits; from the number of modules.
	*/
	readonly channels?: number;
};

export type MemoryBandwidth = {
	/**
	Read by all its threads together, sustained; a benchmark such as STREAM would come near it. The peak on paper is higher.
	*/
	readonly bytesPerSecond: number;
	readonly threads: number;
	/**
	ISO 8601; missing where it was not measured but said, of a simulated machine.
	*/
	readonly measuredAt?: string;
	/**
	The machine was busy meanwhile, so it delivers more.
	*/
	readonly whileBusy?: boolean;
};

export type GpuReport = {
	readonly name: string;
	readonly vendor: string;
	/**
	Of its own. Of a GPU with unified memory the part that the firmware set aside for it.
	*/
	readonly vramTotalBytes?: number;
	readonly vramFreeBytes?: number;
	readonly driver?: string;
	/**
	Shares the memory of the CPU.
	*/
	readonly unifiedMemory: boolean;
	/**
	How much of the CPU's memory a GPU with unified memory may use at most, where the driver has a limit.
	*/
	readonly sharedMemoryBytes?: number;
	/**
	What of that limit is not used up.
	*/
	readonly sharedMemoryFreeBytes?: number;
	/**
	The environment keeps it from the engine (`CUDA_VISIBLE_DEVICES`).
	*/
	readonly isHidden?: boolean;
	/**
	Peak of its memory, from the table of known GPUs by exact name.
	*/
	readonly bandwidthBytesPerSecond?: number;
	/**
	NVIDIA's, for example `8.9`.
	*/
	readonly computeCapability?: string;
	/**
	Of an Apple GPU.
	*/
	readonly cores?: number;
	/**
	0–100.
	*/
	readonly utilizationPercent?: number;
	readonly temperatureCelsius?: number;
};

export type DiskReport = {
	readonly mount: string;
	/**
	The file system.
	*/
	readonly kind?: string;
	readonly medium?: 'solid-state' | 'spinning';
	readonly totalBytes: number;
	readonly freeBytes: number;
};

export type Virtualization = {
	readonly kind: 'machine' | 'container' | 'wsl';
	/**
	For example `kvm` or `docker`; `unknown` where only the fact shows.
	*/
	readonly name: string;
};

export type ThermalReport = {
	/**
	The hottest sensor of the CPU.
	*/
	readonly cpuCelsius?: number;
	/**
	The processor has been slowed down for heat since it was started.
	*/
	readonly throttled?: boolean;
};

export type Simulation = {
	/**
	As it was typed.
	*/
	readonly description: string;
	/**
	Sentences: what the description left open, and where that was taken from.
	*/
	readonly assumptions: readonly string[];
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
	readonly thermal?: ThermalReport;
};
