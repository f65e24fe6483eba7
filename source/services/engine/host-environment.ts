// What a native library may need: where programs and libraries are, the language, and the settings of GPU drivers.
const passedNames = new Set([
	'PATH',
	'HOME',
	'USERPROFILE',
	'TMPDIR',
	'TEMP',
	'TMP',
	'LANG',
	'LD_LIBRARY_PATH',
	'SYSTEMROOT',
	'WINDIR',
	'APPDATA',
	'LOCALAPPDATA',
	'PROGRAMDATA',
	'PROGRAMFILES',
	'PROGRAMFILES(X86)',
	'NUMBER_OF_PROCESSORS',
]);
const passedPrefixes = [
	'LC_', 'DYLD_', 'CUDA_', 'NVIDIA_', 'VK_', 'VULKAN_', 'GGML_', 'MESA_', 'AMD_', 'RADV_', 'HSA_', 'ROCR_', 'ZES_', 'ONEAPI_', 'MTL_', 'METAL_', 'PROCESSOR_',
];

/**
The environment of the engine host: an allow list, because a hostile model file may take the host over. Tokens, proxies and all else stay behind.
*/
export function hostEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
	return Object.fromEntries(Object.entries(environment).filter(([name]) => isPassed(name.toUpperCase())));
}

function isPassed(name: string): boolean {
	return passedNames.has(name) || passedPrefixes.some(prefix => name.startsWith(prefix));
}
