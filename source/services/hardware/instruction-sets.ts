// Names in /proc/cpuinfo and in macOS's sysctl, and what llama.cpp calls them (ggml/src/ggml-cpu).
const known: ReadonlyArray<readonly [flag: string, name: string]> = [
	['sse4_2', 'sse4.2'],
	['sse4.2', 'sse4.2'],
	['avx', 'avx'],
	['avx1.0', 'avx'],
	['f16c', 'f16c'],
	['fma', 'fma'],
	['bmi2', 'bmi2'],
	['avx2', 'avx2'],
	['avx_vnni', 'avx-vnni'],
	['avx512f', 'avx512'],
	['avx512_vbmi', 'avx512-vbmi'],
	['avx512vbmi', 'avx512-vbmi'],
	['avx512_vnni', 'avx512-vnni'],
	['avx512_bf16', 'avx512-bf16'],
	['amx_int8', 'amx-int8'],
	['asimd', 'neon'],
	['neon', 'neon'],
	['asimddp', 'dotprod'],
	['i8mm', 'i8mm'],
	['sve', 'sve'],
	['sve2', 'sve2'],
	['sme', 'sme'],
];

/**
Of all CPU flags those that llama.cpp has code for, each once, in a fixed order.
*/
export function instructionSetsOf(flags: string): string[] {
	const present = new Set(flags.toLowerCase().split(/\s+/v));
	return [...new Set(known.filter(([flag]) => present.has(flag)).map(([, name]) => name))];
}
