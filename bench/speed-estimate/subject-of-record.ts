// What the estimator is asked, of a record: names and sizes, never a measured speed.
import {type SpeedModel, type SpeedPlan} from '../../source/types/speed-subject.js';
import {type SpeedGpu, type SpeedMachine} from '../../source/services/hardware/speed/speed-types.js';
import table from './known-models.json' with {type: 'json'};
import {type MeasuredRecord} from './records.js';

export type Subject = {
	readonly machine: SpeedMachine;
	readonly model: SpeedModel;
	readonly plan: SpeedPlan;
};

const knownModels = table.models.map(entry => {
	const [pattern, parameters, layers, kvBytes, architecture] = entry as [string, number, number, number, string | undefined];
	return {
		pattern: new RegExp(pattern, 'v'), parameters, layers, kvBytes, architecture: architecture ?? undefined,
	};
});

export function subjectOf(record: MeasuredRecord): Subject {
	return {machine: machineOf(record), model: modelOf(record), plan: planOf(record)};
}

function machineOf({hardware}: MeasuredRecord): SpeedMachine {
	const {gpu, gpuCount, vramGiBPerGpu, memoryBandwidthGBs, ramType} = hardware;
	if (gpu === undefined) {
		const name = hardware.cpu ?? hardware.key?.replace(/^CPU: /v, '') ?? '';
		return {gpus: [], cpu: {name, memory: ramType, memoryBandwidthGBs}};
	}

	const one: SpeedGpu = {
		name: gpu,
		memoryBytes: vramGiBPerGpu === undefined ? undefined : vramGiBPerGpu * (2 ** 30),
		bandwidthGBs: memoryBandwidthGBs,
		unifiedMemory: hardware.class === 'unified' || hardware.class === 'igpu' ? true : undefined,
	};
	const cpu = hardware.cpu === undefined ? undefined : {name: hardware.cpu, memory: ramType};
	return {gpus: Array.from({length: Math.max(1, gpuCount ?? 1)}, () => one), cpu};
}

function modelOf({model, quant, fileBytes, activeBytes, blockCount, kvCacheType}: MeasuredRecord): SpeedModel {
	const billions = model.paramsB ?? 8;
	const active = model.activeParamsB ?? model.streamedParamsB;
	const weightsBytes = fileBytes ?? (billions * 1e9 * bitsPerWeight(quant ?? '') / 8);
	const names = `${model.name ?? ''} ${model.base ?? ''}`.toLowerCase();
	const known = knownModels.find(({pattern, parameters}) => Math.abs(Math.log(parameters / billions)) < 0.2 && pattern.test(names));
	const ofCache = /q8|fp8/iv.test(kvCacheType ?? '') ? 0.53 : (/q4/iv.test(kvCacheType ?? '') ? 0.28 : 1);
	return {
		weightsBytes,
		activeBytes,
		parameters: billions * 1e9,
		activeParameters: active === undefined ? undefined : active * 1e9,
		mixtureOfExperts: model.moe,
		layers: blockCount ?? known?.layers,
		kvBytesPerToken: known === undefined ? undefined : known.kvBytes * ofCache,
		quantization: quant ?? 'Q4_K_M',
		architecture: known?.architecture ?? guessArchitecture(names),
	};
}

function guessArchitecture(names: string): string | undefined {
	return /gemma|qwen3\.[5-9]|lfm2|falcon-h1/v.exec(names)?.[0].replace(/^qwen.*$/v, 'qwen35');
}

function bitsPerWeight(quant: string): number {
	const bits = /\d/v.exec(quant)?.[0];
	return /f16/iv.test(quant) ? 16 : (/fp8|int8/iv.test(quant) ? 8 : Number(bits ?? 4) + 0.85);
}

function planOf({placement, gpuLayers, cpuMoeLayers, depthTokens, promptTokens, contextTokens, runtime, date}: MeasuredRecord): SpeedPlan {
	const isSplit = placement === 'partial-layers' || placement === 'experts-on-cpu' || (placement ?? '').startsWith('spills');
	const known = placement === 'cpu-only' ? 'cpu' : (placement === 'full-gpu' || placement === 'unified-memory' ? 'gpu' : 'auto');
	return {
		placement: isSplit ? 'split' : known,
		gpuLayers: placement === 'partial-layers' ? gpuLayers : undefined,
		expertLayersOnCpu: cpuMoeLayers,
		depthTokens: depthTokens ?? 0,
		promptTokens,
		contextSize: contextTokens,
		ollama: runtime?.name?.startsWith('ollama') === true,
		oldEngine: date === undefined ? undefined : date < '2025',
	};
}
