import {fileURLToPath} from 'node:url';
import {type Config} from '../../source/types/config.js';
import {type SamplingSettings} from '../../source/types/generation.js';
import {type InstalledModel} from '../../source/types/installed-model.js';

/**
The model that ships with Remuda, by path.
*/
export const starterModelPath = fileURLToPath(new URL('../../starter-model/tinychat-2.6M.Q8_0.gguf', import.meta.url));

/**
A model file as the inventory would list it; the starter model unless another path is given.
*/
export function installedModel(path: string = starterModelPath, overrides: Partial<InstalledModel> = {}): InstalledModel {
	return {
		id: 'starter',
		ref: 'starter',
		name: 'tinychat',
		quantization: 'Q8_0',
		source: 'starter',
		path,
		files: [{
			path, sizeBytes: 2_826_720, checksum: 'sha256:1fb88b192b73cdbec86acee2447a919dbc717c5c9c3104840322a675d34d3aa9', role: 'model',
		}],
		sizeBytes: 2_826_720,
		checksum: 'sha256:1fb88b192b73cdbec86acee2447a919dbc717c5c9c3104840322a675d34d3aa9',
		downloadedAt: '2026-01-01T00:00:00.000Z',
		useCount: 0,
		...overrides,
	};
}

/**
Settings of the engine for tests: the CPU, and the sandbox where there is one.
*/
export const engineSettings: Config['engine'] = {
	contextSize: 1024, gpu: 'off', sandbox: 'auto', threads: 0,
};

/**
Always the likeliest token, so that an answer is the same every time.
*/
export const greedy: SamplingSettings = {
	temperature: 0, topP: 1, topK: 0, minP: 0, repeatPenalty: 1, maxTokens: 200,
};
