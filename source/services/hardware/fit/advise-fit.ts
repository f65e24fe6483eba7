import {formatBytes} from '../../../format/bytes.js';
import {formatInteger} from '../../../format/number.js';
import {type FitPlan, type FitSubject, type FitVerdict} from '../../../types/fit.js';
import {cacheTypeOf, hasFlashAttention} from '../memory/attention.js';
import {memoryMarginBytes} from '../margins.js';
import {type Room} from './room.js';
import {type Arrangement, memoryBytesOf} from './arrange.js';

// A smaller quantization than that of the same model is not worth having.
const leastShare = 0.3;

/**
What would help, as sentences; nothing where the model fits as wanted.
*/
export function adviseFit({level, need, gpuLayers, wantedContextLength, expertLayersInMemory, streamable}: Omit<FitVerdict, 'reason' | 'advice'>, {subject, plan, room, canFitWith, fewerLayers}: {
	readonly subject: FitSubject;
	readonly plan: FitPlan;
	readonly room: Room;
	/**
	Whether it would fit at the wanted context with the margin kept.
	*/
	readonly canFitWith: (changes: FitPlan) => boolean;
	/**
	Where the plan says how many layers are on the GPU: how the most that fit there would do.
	*/
	readonly fewerLayers: Arrangement | undefined;
}): readonly string[] {
	const isShort = ['tight', 'less-context', 'none'].includes(level);
	const tokens = `${formatInteger(wantedContextLength)} tokens`;
	if (isShort && fewerLayers?.fits === true && fewerLayers.gpuLayers < gpuLayers) {
		return [`With ${formatInteger(fewerLayers.gpuLayers)} layers on the GPU it fits at ${tokens}.`];
	}

	const {architecture, weightBytes} = subject;
	const canShrink = architecture !== undefined && hasFlashAttention(architecture, plan) && cacheTypeOf(architecture, plan) === 'f16';
	const othersBytes = memoryBytesOf(need, room) - need.lines.filter(({part, place}) => place === 'memory' && (part === 'weights' || part === 'experts')).reduce((sum, {bytes}) => sum + bytes, 0);
	const roomForWeights = room.memoryBytes - memoryMarginBytes - othersBytes;
	return [
		...(isShort && canShrink && canFitWith({kvCacheType: 'q8_0'}) ? [`With the KV cache in q8_0 it fits at ${tokens}.`] : []),
		...(isShort && roomForWeights >= weightBytes * leastShare && roomForWeights < weightBytes ? [`A quantization of at most ${formatBytes(roomForWeights)} would fit.`] : []),
		...(level === 'none' && roomForWeights < weightBytes * leastShare ? ['Choose a model with fewer parameters, or close other programs.'] : []),
		...(expertLayersInMemory === undefined ? [] : [`llama.cpp with --n-cpu-moe ${expertLayersInMemory} keeps the experts of ${expertLayersInMemory} layers in memory and everything else on the GPU${subject.weights === undefined ? ', as far as its architecture tells' : ''}; Remuda’s engine cannot.`]),
		...(streamable === undefined ? [] : [streamable.cost]),
	];
}
