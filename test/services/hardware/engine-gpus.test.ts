import assert from 'node:assert/strict';
import {test} from 'node:test';
import {engineGpus} from '../../../source/services/hardware/engine-gpus.js';
import {roomOf} from '../../../source/services/hardware/fit/room.js';
import {markHidden} from '../../../source/services/hardware/gpus/visible-devices.js';
import {type GpuReport} from '../../../source/types/hardware.js';

const card = (name: string, vramFreeBytes: number, changes: Partial<GpuReport> = {}): GpuReport => ({
	name, vendor: 'NVIDIA', unifiedMemory: false, vramFreeBytes, ...changes,
});
const integrated: GpuReport = {
	name: 'AMD Radeon Graphics', vendor: 'AMD', unifiedMemory: true, sharedMemoryBytes: 32e9,
};
const namesOf = (...gpus: readonly GpuReport[]) => engineGpus(gpus).map(({name}) => name);
const memory = (availableBytes: number) => ({
	totalBytes: 64e9, availableBytes, swapTotalBytes: 0, swapFreeBytes: 0,
});

for (const [what, gpus, names] of [
	['a card goes before what shares more memory', [integrated, card('RTX 3050', 7e9)], ['RTX 3050']],
	['what shares the memory counts once', [integrated, {...integrated, sharedMemoryBytes: 8e9}], ['AMD Radeon Graphics']],
	['the vendor with most free', [card('GT 1030', 2e9), card('RX 7900', 20e9, {vendor: 'AMD'})], ['RX 7900']],
	['none with nothing free', [card('RTX 4090', 24e9), card('GT 710', 1e9)], ['RTX 4090']],
	['not even beside what shares the memory', [integrated, card('GT 710', 1e9)], []],
	['none too old', [card('Tesla K80', 12e9, {computeCapability: '3.7'}), card('Tesla M40', 12e9, {computeCapability: '5.2'})], ['Tesla M40']],
	['none that no backend drives', [card('Odd', 24e9, {vendor: 'unknown vendor'}), card('Adreno', 24e9, {vendor: 'Qualcomm'})], []],
	['none that is hidden', [card('A', 24e9, {isHidden: true}), card('B', 8e9)], ['B']],
	['of instances the largest', [card('A100 MIG 1g.10gb', 10e9), card('A100 MIG 3g.40gb', 40e9), card('A100 MIG 1g.10gb', 10e9)], ['A100 MIG 3g.40gb']],
	['whole ones before instances', [card('A100 MIG 3g.40gb', 40e9), card('A100', 20e9)], ['A100']],
] as const) {
	test(`the GPUs that the engine uses: ${what}`, () => {
		assert.deepEqual(namesOf(...gpus), names);
	});
}

test('what the firmware set aside for a GPU is room besides main memory', () => {
	const strixHalo: GpuReport = {
		...integrated, vramTotalBytes: 96e9, vramFreeBytes: 95e9, sharedMemoryBytes: 16e9, sharedMemoryFreeBytes: 10e9,
	};
	assert.deepEqual([roomOf({gpus: [strixHalo], memory: memory(28e9)}).gpus?.freeBytes, roomOf({gpus: [strixHalo], memory: memory(28e9)}).gpus?.reservedBytes], [105e9, 95e9]);
	assert.equal(roomOf({gpus: [strixHalo], memory: memory(4e9)}).gpus?.freeBytes, 99e9);
});

test('GPUs that CUDA_VISIBLE_DEVICES leaves out are hidden, where it can be told which those are', () => {
	const alike = ['A100', 'A100', 'A100'].map(name => ({vendor: 'NVIDIA', name}));
	const unlike = ['A100', 'H100'].map(name => ({vendor: 'NVIDIA', name}));
	const hidden = (gpus: typeof alike, environment: NodeJS.ProcessEnv) => markHidden(gpus, environment).gpus.map(({isHidden}) => isHidden === true);
	assert.deepEqual(hidden(alike, {}), [false, false, false]);
	assert.deepEqual(hidden(alike, {CUDA_VISIBLE_DEVICES: '2,0'}), [false, true, false]);
	assert.deepEqual(hidden(alike, {CUDA_VISIBLE_DEVICES: '0,-1,1'}), [false, true, true]);
	assert.deepEqual(hidden(unlike, {CUDA_VISIBLE_DEVICES: ''}), [true, true]);
	assert.deepEqual(hidden(unlike, {CUDA_VISIBLE_DEVICES: '1', CUDA_DEVICE_ORDER: 'PCI_BUS_ID'}), [true, false]);
	assert.match(markHidden(unlike, {CUDA_VISIBLE_DEVICES: '1'}).warning ?? '', /cannot be told/v);
	assert.match(markHidden(alike, {CUDA_VISIBLE_DEVICES: 'GPU-8932f937'}).warning ?? '', /cannot be told/v);
});
