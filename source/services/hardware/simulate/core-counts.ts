import {type CpuSpecification} from '../speed/cpu-specifications.js';

type Cores = {
	readonly physicalCores: number;
	readonly logicalCores: number;
	/**
	Beyond those of its family.
	*/
	readonly furtherInstructionSets: readonly string[];
};

const avx512 = ['avx512', 'avx512-vbmi', 'avx512-vnni', 'avx512-bf16'];

// As the makers list them; of chips that are sold with several numbers the largest. The first match counts.
const counts: ReadonlyArray<readonly [pattern: RegExp, physicalCores: number, logicalCores: number, furtherInstructionSets?: readonly string[]]> = [
	[/\bm1 ultra\b/v, 20, 20],
	[/\bm1 (?:pro|max)\b/v, 10, 10],
	[/\bm1\b/v, 8, 8],
	[/\bm2 ultra\b/v, 24, 24, ['i8mm']],
	[/\bm2 (?:pro|max)\b/v, 12, 12, ['i8mm']],
	[/\bm2\b/v, 8, 8, ['i8mm']],
	[/\bm3 ultra\b/v, 32, 32],
	[/\bm3 max\b/v, 16, 16, ['i8mm']],
	[/\bm3 pro\b/v, 12, 12, ['i8mm']],
	[/\bm3\b/v, 8, 8, ['i8mm']],
	[/\bm4 max\b/v, 16, 16],
	[/\bm4 pro\b/v, 14, 14],
	[/\bm4\b/v, 10, 10],
	[/ryzen ai max\+? (?:pro )?395/v, 16, 32, avx512],
	[/ryzen ai 9 (?:hx )?37[05]/v, 12, 24, avx512],
	[/ryzen 9 [79]950x/v, 16, 32, avx512],
	[/ryzen 9 [79]900/v, 12, 24, avx512],
	[/ryzen 7 (?:7700|7800x3d|9700x|9800x3d|7840|8840)/v, 8, 16, avx512],
	[/ryzen 5 (?:7600|9600)/v, 6, 12, avx512],
	[/ryzen 9 [35]950x/v, 16, 32],
	[/ryzen 9 [35]900/v, 12, 24],
	[/ryzen 7 (?:3700x|3800x|5700x|5800x)/v, 8, 16],
	[/ryzen 5 (?:3600|5600)/v, 6, 12],
	[/threadripper.*7995wx/v, 96, 192, avx512],
	[/threadripper 7980x/v, 64, 128, avx512],
	[/threadripper 7970x/v, 32, 64, avx512],
	[/threadripper 3990x/v, 64, 128],
	[/threadripper 3970x/v, 32, 64],
	[/epyc 9965/v, 192, 384, avx512],
	[/epyc 9755/v, 128, 256, avx512],
	[/epyc 9754/v, 128, 256, avx512],
	[/epyc 9654/v, 96, 192, avx512],
	[/epyc 9554/v, 64, 128, avx512],
	[/epyc 7(?:742|763|713)\b/v, 64, 128],
	[/i9-1[34]900/v, 24, 32],
	[/i9-12900/v, 16, 24],
	[/i7-14700(?!hx)/v, 20, 28],
	[/i7-13700(?!h)/v, 16, 24],
	[/i7-12700(?!h)/v, 12, 20],
	[/i5-1[34](?:500|600)(?!h)/v, 14, 20],
	[/i5-12600k/v, 10, 16],
	[/i5-1[34]400/v, 10, 16],
	[/i5-12[456]00(?!h)/v, 6, 12],
	[/ultra 9 285k/v, 24, 24],
	[/ultra 7 265k/v, 20, 20],
	[/ultra 5 245k/v, 14, 14],
	[/raspberry pi/v, 4, 4],
	[/gb10|dgx spark/v, 20, 20],
	[/nvidia grace|gh200/v, 72, 72],
];

/**
The cores and threads of a processor by its name; undefined where they are not known. The table of speeds has fewer: those that the engine gains from.
*/
export function coresOfName(name: string): Cores | undefined {
	const called = name.toLowerCase();
	const found = counts.find(([pattern]) => pattern.test(called));
	return found && {physicalCores: found[1], logicalCores: found[2], furtherInstructionSets: found[3] ?? []};
}

/**
Whether a processor is one of Arm's kind.
*/
export function isArm({instructions}: Pick<CpuSpecification, 'instructions'>): boolean {
	return ['i8mm', 'dotprod', 'neon'].includes(instructions);
}
