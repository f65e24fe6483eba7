import {type LoadPlan} from '../../types/load-plan.js';

// More than any model has.
const allLayers = 999;

/**
The command that starts llama.cpp's own server with a plan, for what Remuda's engine cannot do. The path is quoted for a POSIX shell.
*/
export function llamaServerCommand(modelPath: string, plan: LoadPlan): string {
	const {contextSize, gpuLayers, batchSize, threads, kvCacheType, flashAttention, memoryMap, memoryLock, expertLayersInMemory} = plan;
	return [
		'llama-server',
		'--model',
		quote(modelPath),
		'--ctx-size',
		contextSize,
		...(expertLayersInMemory > 0 ? ['--n-gpu-layers', allLayers, '--n-cpu-moe', expertLayersInMemory] : (gpuLayers === 'auto' ? [] : ['--n-gpu-layers', gpuLayers])),
		'--batch-size',
		batchSize,
		'--ubatch-size',
		batchSize,
		'--threads',
		threads,
		'--cache-type-k',
		kvCacheType,
		'--cache-type-v',
		kvCacheType,
		'--flash-attn',
		flashAttention === 'auto' ? 'auto' : (flashAttention ? 'on' : 'off'),
		...(memoryMap ? [] : ['--no-mmap']),
		...(memoryLock ? ['--mlock'] : []),
	].join(' ');
}

function quote(text: string): string {
	return /^[\w\-.\/]+$/v.test(text) ? text : `'${text.replaceAll('\'', String.raw`'\''`)}'`;
}
