import {readFile} from 'node:fs/promises';
import path from 'node:path';
import {toLine, type FoundGpu} from './found-gpu.js';

/**
The GPU of an NVIDIA Jetson, by the name of the board; undefined elsewhere. Older ones have no nvidia-smi, and the newer one calls it `Orin (nvgpu)`.
*/
export async function readJetson(systemRoot: string): Promise<FoundGpu | undefined> {
	try {
		const model = await readFile(path.join(systemRoot, 'proc/device-tree/model'), 'utf8');
		const name = toLine(model.replaceAll('\0', '').replace(/ developer kit.*$/iv, '').replace(/ engineering reference.*$/iv, ''));
		return name !== undefined && /jetson/iv.test(name) ? {vendor: 'NVIDIA', name, unifiedMemory: true} : undefined;
	} catch {
		return undefined;
	}
}
