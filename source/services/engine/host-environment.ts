// What a native library may need: where programs and libraries are, the language, and the settings of GPU drivers.
// Tokens, proxies and everything else stay behind.
const passed = /^(?:path|home|userprofile|tmpdir|temp|tmp|lang|lc_.+|ld_library_path|dyld_.+|(?:cuda|nvidia|vk|vulkan|ggml|mesa|amd|hsa|rocr|radv|zes|oneapi|mtl|metal)_.+|systemroot|windir|appdata|localappdata|programdata|programfiles.*|number_of_processors|processor_.+)$/iv;

/**
The environment of the engine host: an allow list, because a hostile model file may take the host over.
*/
export function hostEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
	return Object.fromEntries(Object.entries(environment).filter(([name]) => passed.test(name)));
}
