import {type Action} from '../../source/state/actions.js';
import {type JudgedMachine} from '../../source/state/reducers/hardware.js';
import {type AppState} from '../../source/state/state.js';
import {type HardwareReport} from '../../source/types/hardware.js';
import {registryModel, speed, verdict} from './models.js';

/**
A machine with a GPU and little free memory.
*/
export const machine: HardwareReport = {
	cpu: {
		model: 'AMD Ryzen 9 7950X 16-Core Processor', physicalCores: 16, logicalCores: 32, instructionSets: ['avx2', 'avx512f'],
	},
	memory: {
		totalBytes: 64e9, availableBytes: 12e9, swapTotalBytes: 8e9, swapFreeBytes: 2e9,
	},
	gpus: [{
		name: 'NVIDIA GeForce RTX 4070', vendor: 'NVIDIA', vramTotalBytes: 12e9, vramFreeBytes: 9e9, driver: '570.86.15', unifiedMemory: false,
	}],
	disks: [{
		mount: '/', kind: 'nvme', totalBytes: 1e12, freeBytes: 90e9,
	}],
	operatingSystem: {
		platform: 'linux', name: 'Ubuntu 24.04', release: '6.8.0', architecture: 'x64', hostname: 'ranch',
	},
	warnings: ['nvidia-smi: no answer within 2 s.'],
};

const needs = {
	lines: [
		{
			label: 'weights', bytes: 4e9, part: 'weights', place: 'memory',
		},
		{
			label: 'KV cache at 4,096 tokens', bytes: 470e6, part: 'cache', place: 'memory',
		},
		{
			label: 'compute buffer', bytes: 530e6, part: 'compute', place: 'memory',
		},
	],
	totalBytes: 5e9,
	gpuBytes: 0,
	memoryBytes: 5e9,
	heldBytes: 1e9,
	reclaimableBytes: 0,
	approximate: false,
} as const;

/**
The hardware tab after a look at the machine: one model fits, one would be tight, one is too big, and thirty more.
*/
export function hardwareScene(report: HardwareReport = machine): readonly Action[] {
	const models = [
		registryModel({id: 'alpha', name: 'Alpha Coder 7B (Q4_K_M)', recommended: true}),
		registryModel({id: 'wide', name: '日本語モデル 👩‍💻 (Q8_0)'}),
		registryModel({id: 'huge', name: 'Huge 70B (Q4_K_M)', fileSize: 40e9}),
		...Array.from({length: 30}, (_, index) => registryModel({id: `m${index}`, name: `Model ${index}`})),
	];
	const verdicts = new Map([['alpha', {...verdict('gpu'), need: needs}], ['wide', verdict('tight', 9e9)], ['huge', verdict('none', 44e9)]]);
	return [
		{type: 'registry/loaded', models},
		{type: 'screen/tab-opened', tab: 'hardware'},
		{
			type: 'hardware/probe-succeeded',
			machine: {
				report,
				description: 'RTX 4070, Ryzen 9 7950X, 64 GB',
				fits: models.map(({id}) => ({modelId: id, verdict: {...verdicts.get(id) ?? verdict('memory'), ...(id !== 'huge' && {speed: speed(id === 'alpha' ? 61 : 8.4)})}})),
				selection: {modelId: 'alpha', reason: '12.0 GB of memory are available: Alpha Coder 7B (Q4_K_M), the choice for that much; it needs 5.00 GB.'},
			},
		},
		{type: 'hardware/sandbox-found', sandbox: {kind: 'bubblewrap', detail: 'files and network are closed'}},
	];
}

/**
A larger machine than that of the scene, as somebody described it: all runs on its GPU.
*/
export function simulated({hardware}: AppState): JudgedMachine {
	const description = 'RTX 5090, 128 GB';
	return {
		report: {
			...machine,
			gpus: [{
				...machine.gpus[0]!, name: 'RTX 5090', vramTotalBytes: 32e9, vramFreeBytes: 32e9,
			}],
			warnings: [],
			simulated: {description, assumptions: ['Desktop card.', 'Two channels of DDR5.']},
		},
		description,
		fits: (hardware.real?.fits ?? []).map(({modelId}) => ({modelId, verdict: {...verdict('gpu'), speed: speed(180)}})),
		selection: {modelId: 'alpha', reason: 'Alpha Coder 7B would be chosen.'},
	};
}
