import assert from 'node:assert/strict';
import {test} from 'node:test';
import {estimateMemory} from '../../../source/services/hardware/estimate-memory.js';
import {judgeFit} from '../../../source/services/hardware/judge-fit.js';
import {gpuMarginBytes, memoryMarginBytes} from '../../../source/services/hardware/margins.js';
import {type GpuReport, type MemoryReport} from '../../../source/types/hardware.js';

const subject = {weightBytes: 5_000_000_000, contextLength: 4096};
const need = estimateMemory(subject).totalBytes;

const machine = (availableBytes: number, ...gpus: readonly GpuReport[]): {memory: MemoryReport; gpus: readonly GpuReport[]} => ({
	memory: {
		totalBytes: 64e9, availableBytes, swapTotalBytes: 0, swapFreeBytes: 0,
	},
	gpus,
});
const gpu = (changes: Partial<GpuReport>): GpuReport => ({
	name: 'RTX', vendor: 'NVIDIA', unifiedMemory: false, ...changes,
});

test('the margins are 2 GB of memory and 1 GiB of a GPU', () => {
	assert.deepEqual([memoryMarginBytes, gpuMarginBytes], [2_000_000_000, 1_073_741_824]);
});

for (const [what, availableBytes, level, shortBytes] of [
	['the need and the margin exactly', need + memoryMarginBytes, 'memory', 0],
	['a byte less', need + memoryMarginBytes - 1, 'tight', 0],
	['the need exactly', need, 'tight', 0],
	['a byte less than the need', need - 1, 'none', 1],
	['nothing', 0, 'none', need],
] as const) {
	test(`a model on a machine with ${what} available is “${level}”`, () => {
		const verdict = judgeFit(subject, machine(availableBytes));
		assert.equal(verdict.level, level);
		assert.equal(verdict.shortBytes, shortBytes);
		assert.equal(verdict.availableBytes, availableBytes);
		assert.equal(verdict.marginBytes, memoryMarginBytes);
		assert.equal(verdict.need.totalBytes, need);
		assert.match(verdict.reason, /^[A-Z].*\.$/v);
	});
}

for (const [what, gpus, level] of [
	['the need and the margin free', [gpu({vramTotalBytes: 24e9, vramFreeBytes: need + gpuMarginBytes})], 'gpu'],
	['a byte less free', [gpu({vramTotalBytes: 24e9, vramFreeBytes: need + gpuMarginBytes - 1})], 'memory'],
	['enough in all but not free', [gpu({vramTotalBytes: 24e9, vramFreeBytes: 1e9})], 'memory'],
	['enough in all, free not known', [gpu({vramTotalBytes: 24e9})], 'gpu'],
	['nothing known', [gpu({})], 'memory'],
	['enough only together', [gpu({vramFreeBytes: 4e9}), gpu({vramFreeBytes: 4e9})], 'memory'],
	['enough on the second', [gpu({vramFreeBytes: 4e9}), gpu({vramFreeBytes: 40e9})], 'gpu'],
	['the memory of the CPU', [gpu({unifiedMemory: true})], 'gpu'],
] as const) {
	test(`a model beside a GPU with ${what} is “${level}”`, () => {
		assert.equal(judgeFit(subject, machine(32e9, ...gpus)).level, level);
	});
}

test('a GPU that shares the memory of the CPU has no more of it', () => {
	const apple = gpu({unifiedMemory: true, vramFreeBytes: 64e9});
	assert.equal(judgeFit(subject, machine(need, apple)).level, 'tight');
});

test('the reason is one sentence with the figures', () => {
	const card = gpu({name: 'RTX 4090', vramFreeBytes: 24e9});
	assert.equal(judgeFit(subject, machine(32e9, card)).reason, 'Fits wholly on the GPU RTX 4090: about 5.93 GB needed, 24.0 GB free.');
	assert.equal(judgeFit(subject, machine(32e9)).reason, 'Fits in memory: about 5.93 GB needed, 32.0 GB available.');
	assert.equal(judgeFit(subject, machine(7e9)).reason, 'Fits only by using the 2.00 GB kept free for other programs: about 5.93 GB needed, 7.00 GB available.');
	assert.equal(judgeFit(subject, machine(4e9)).reason, 'Does not fit: about 5.93 GB needed, 4.00 GB available, 1.93 GB short.');
});
