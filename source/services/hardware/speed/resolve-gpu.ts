import {type SpeedGpu} from './speed-types.js';
import {findGpu, guessVendor, type GpuSpecification} from './gpu-specifications.js';
import {positive} from './positive.js';

export type ResolvedGpu = {
	readonly name: string;
	readonly vendor: 'nvidia' | 'amd' | 'apple' | 'intel';
	readonly bandwidthGBs: number;
	/**
	FP32, 10¹² operations per second.
	*/
	readonly teraflops: number;
	/**
	Share of the FP32 rate at which quantized weights are unpacked, relative to Ampere.
	*/
	readonly unpackingRate: number;
	/**
	Rate of the matrix units relative to Ampere's, in FP32 rates.
	*/
	readonly matrixRate: number;
	readonly memoryGiB?: number;
	readonly mobile: boolean;
	/**
	A GPU in a processor with an ordinary memory bus.
	*/
	readonly smallIntegrated: boolean;
	/**
	From before 2018.
	*/
	readonly legacy: boolean;
	/**
	Of the first two generations of Apple silicon.
	*/
	readonly earlyApple: boolean;
	readonly unifiedMemory: boolean;
	/**
	Figures not known for this name.
	*/
	readonly assumed: boolean;
};

// Integer operations per FP32 operation, relative to Ampere and Ada (half of whose FP32 units do integers).
// Turing, Volta and GA100 have an integer unit beside each FP32 unit, Blackwell's units do both.
const unpackingRates: Readonly<Record<string, number>> = {
	Pascal: 1, Volta: 2, Turing: 2, 'Ampere GA100': 2, Blackwell: 1.5, 'Blackwell 2.0': 1.5,
};

// Dense FP16 matrix operations per FP32 operation, relative to consumer Ampere's.
// Cards without matrix units do them as shader operations.
const matrixRates: Readonly<Record<string, number>> = {
	Pascal: 0.35,
	Maxwell: 0.3,
	'Maxwell 2.0': 0.3,
	Kepler: 0.2,
	Volta: 2,
	Turing: 1.5,
	'Ampere GA100': 3,
	Hopper: 1.7,
	'GCN 4.0': 0.7,
	'GCN 5.0': 1,
	'GCN 5.1': 1,
	'RDNA 1.0': 1.3,
	'RDNA 2.0': 1.3,
	'RDNA 4.0': 1.4,
};

// Where nothing but the bandwidth is known: 10¹² operations per 10⁹ bytes, of the maker's usual cards.
const usualCompute = {
	nvidia: 0.038, amd: 0.055, apple: 0.034, intel: 0.04,
} as const;

// A GPU of a phone or a small board: with nothing known of it, the memory of such a device.
const unknownBandwidthGBs = 40;

const legacyArchitecture = /^(?:Pascal|Maxwell|Kepler|Fermi|GCN [1-4])/v;

/**
All figures of a GPU; what the caller gives wins over the table.
*/
export function resolveGpu(gpu: SpeedGpu): ResolvedGpu {
	const memoryBytes = positive(gpu.memoryBytes);
	const memoryGiB = memoryBytes === undefined ? undefined : memoryBytes / (2 ** 30);
	const found = findGpu(gpu.name, memoryGiB);
	const vendor = makerOf(gpu.name, found);
	const rates = ratesOf(gpu, vendor, found);
	const isShared = gpu.unifiedMemory ?? found?.unifiedMemory ?? (found === undefined);
	return {
		...rates,
		...generationOf(found?.architecture ?? ''),
		name: gpu.name,
		vendor,
		memoryGiB: memoryGiB ?? found?.memoryGiB,
		unifiedMemory: isShared,
		smallIntegrated: isShared && (vendor === 'amd' || vendor === 'intel') && rates.bandwidthGBs < 200,
		mobile: /laptop|mobile|max-q|jetson/iv.test(gpu.name),
		earlyApple: vendor === 'apple' && /\bm[12]\b/iv.test(gpu.name),
	};
}

function ratesOf(gpu: SpeedGpu, vendor: ResolvedGpu['vendor'], found: GpuSpecification | undefined): Pick<ResolvedGpu, 'assumed' | 'bandwidthGBs' | 'teraflops'> {
	const given = positive(gpu.bandwidthGBs);
	const isLike = found?.assumed ?? true;
	const bandwidthGBs = given ?? found?.bandwidthGBs ?? unknownBandwidthGBs;
	// The compute of a card that is only similar goes with that card's bandwidth.
	const listed = isLike && given !== undefined ? undefined : found?.teraflops;
	return {bandwidthGBs, teraflops: positive(gpu.teraflops) ?? listed ?? (bandwidthGBs * usualCompute[vendor]), assumed: given === undefined && isLike};
}

function generationOf(architecture: string): Pick<ResolvedGpu, 'legacy' | 'matrixRate' | 'unpackingRate'> {
	return {
		unpackingRate: unpackingRates[architecture] ?? 1, matrixRate: matrixRates[architecture] ?? 1, legacy: legacyArchitecture.test(architecture),
	};
}

// Others are taken for Intel's: small, integrated, with a driver that starts kernels slowly.
function makerOf(name: string, found: GpuSpecification | undefined): ResolvedGpu['vendor'] {
	const vendor = found?.vendor ?? guessVendor(name);
	return isMaker(vendor) ? vendor : 'intel';
}

function isMaker(vendor: string): vendor is ResolvedGpu['vendor'] {
	return Object.hasOwn(usualCompute, vendor);
}
