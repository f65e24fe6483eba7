import assert from 'node:assert/strict';
import {test} from 'node:test';
import {loadBetween} from '../../../source/services/hardware/cpu-meter.js';
import {mergeGpus, parseControllers} from '../../../source/services/hardware/graphics-controllers.js';
import {instructionSetsOf} from '../../../source/services/hardware/instruction-sets.js';
import {parseMounts, volumesOf} from '../../../source/services/hardware/mounts.js';
import {parseNvidiaSmi} from '../../../source/services/hardware/nvidia-smi.js';

const mebibyte = 1024 ** 2;

test('nvidia-smi: several GPUs, one a line', () => {
	assert.deepEqual(parseNvidiaSmi('NVIDIA GeForce RTX 3090, 24576, 24245, 535.129.03\nNVIDIA H200, 143771, 143160, 570.86.15\n'), [
		{
			name: 'NVIDIA GeForce RTX 3090', vendor: 'NVIDIA', vramTotalBytes: 24_576 * mebibyte, vramFreeBytes: 24_245 * mebibyte, driver: '535.129.03', unifiedMemory: false,
		},
		{
			name: 'NVIDIA H200', vendor: 'NVIDIA', vramTotalBytes: 143_771 * mebibyte, vramFreeBytes: 143_160 * mebibyte, driver: '570.86.15', unifiedMemory: false,
		},
	]);
});

test('nvidia-smi: a GPU that shares the memory of the CPU has none of its own', () => {
	assert.deepEqual(parseNvidiaSmi('NVIDIA GB10, [N/A], [N/A], 580.95.05\r\n'), [{
		name: 'NVIDIA GB10', vendor: 'NVIDIA', driver: '580.95.05', unifiedMemory: true,
	}]);
});

for (const output of ['', '\n', 'No devices were found\n', 'NVIDIA-SMI has failed because it couldn\'t communicate with the NVIDIA driver.', '<html>, a, b', ',,,\n']) {
	test(`nvidia-smi: ${JSON.stringify(output)} is no GPU`, () => {
		assert.deepEqual(parseNvidiaSmi(output), []);
	});
}

test('nvidia-smi: odd numbers and escape sequences do no harm', () => {
	assert.deepEqual(parseNvidiaSmi('\u{1B}[31mEvil\u{7}, [Unknown Error], -5, [N/A]'), [{name: 'Evil', vendor: 'NVIDIA', unifiedMemory: true}]);
});

const controllers = JSON.stringify([
	{
		vendor: 'Advanced Micro Devices, Inc. [AMD/ATI]', model: 'Navi 31 [Radeon RX 7900 XTX]', vram: 24_576, vramDynamic: false, bus: 'Onboard',
	},
	{
		vendor: 'NVIDIA Corporation', model: 'GA102 [GeForce RTX 3090]', vram: 24_576, driverVersion: '535.129.03',
	},
	{
		vendor: 'Apple', model: 'Apple M3 Max', vram: null, vramDynamic: true, cores: 40,
	},
	{vendor: 'Red Hat, Inc.', model: 'Virtio 1.0 GPU', vram: null},
	{vendor: 7, model: '', vram: 'many'},
]);

test('controllers: dedicated, shared and unknown memory', () => {
	assert.deepEqual(parseControllers(controllers).map(({name, vramTotalBytes, unifiedMemory}) => [name, vramTotalBytes, unifiedMemory]), [
		['Navi 31 [Radeon RX 7900 XTX]', 24_576 * mebibyte, false],
		['GA102 [GeForce RTX 3090]', 24_576 * mebibyte, false],
		['Apple M3 Max', undefined, true],
		['Virtio 1.0 GPU', undefined, false],
		['unknown GPU', undefined, false],
	]);
	assert.throws(() => parseControllers('{"controllers": 1}'), /no list of GPUs/v);
});

test('a GPU that nvidia-smi knows is not listed twice, and one that it does not know stays', () => {
	const smi = parseNvidiaSmi('NVIDIA GeForce RTX 3090, 24576, 24245, 535.129.03');
	const found = parseControllers(controllers);
	assert.deepEqual(mergeGpus(smi, found).map(({name}) => name), ['NVIDIA GeForce RTX 3090', 'Navi 31 [Radeon RX 7900 XTX]', 'Apple M3 Max', 'Virtio 1.0 GPU', 'unknown GPU']);
	assert.deepEqual(mergeGpus(undefined, found), found);
	assert.deepEqual(mergeGpus([], found), found);
});

test('instruction sets are those that llama.cpp has code for', () => {
	assert.deepEqual(instructionSetsOf('fpu vme sse sse4_2 avx f16c fma avx2 avx512f avx512_vnni'), ['sse4.2', 'avx', 'f16c', 'fma', 'avx2', 'avx512', 'avx512-vnni']);
	assert.deepEqual(instructionSetsOf('fp asimd aes asimddp i8mm'), ['neon', 'dotprod', 'i8mm']);
	assert.deepEqual(instructionSetsOf('FPU SSE4.2 AVX1.0 AVX2'), ['sse4.2', 'avx', 'avx2']);
	assert.deepEqual(instructionSetsOf(''), []);
});

const desktop = parseMounts([
	'sysfs /sys sysfs rw 0 0',
	'/dev/nvme0n1p2 / ext4 rw,relatime 0 0',
	'tmpfs /run tmpfs rw 0 0',
	'/dev/nvme0n1p1 /boot/efi vfat rw 0 0',
	'/dev/loop3 /snap/core/1 squashfs ro 0 0',
	String.raw`/dev/sda1 /mnt/big\040disk xfs rw 0 0`,
	'/dev/nvme0n1p2 /home/me/bind ext4 rw 0 0',
	'server:/models /mnt/nas nfs4 rw 0 0',
	'',
].join('\n'));

test('the volume of the models comes first, then the other disks, each once', () => {
	assert.deepEqual(volumesOf(desktop, '/home/me/.remuda/models').map(({mount}) => mount), ['/', '/mnt/big disk']);
	assert.deepEqual(volumesOf(desktop, '/mnt/big disk/models').map(({mount}) => mount), ['/mnt/big disk', '/']);
	assert.deepEqual(volumesOf(desktop, '/mnt/big disk').map(({mount}) => mount), ['/mnt/big disk', '/']);
	assert.deepEqual(volumesOf(desktop, '/mnt/big disk2').map(({mount}) => mount), ['/', '/mnt/big disk']);
});

test('a network volume is asked only where the models are on it', () => {
	assert.deepEqual(volumesOf(desktop, '/mnt/nas/models').map(({mount, kind}) => [mount, kind]), [['/mnt/nas', 'nfs4'], ['/', 'ext4'], ['/mnt/big disk', 'xfs']]);
});

test('in a container the root is a disk, and single files from the host are none', () => {
	const container = parseMounts('overlay / overlay rw 0 0\n/dev/vda1 /etc/hosts ext4 rw 0 0\n/dev/vda1 /data ext4 rw 0 0');
	assert.deepEqual(volumesOf(container, '/root/models').map(({mount}) => mount), ['/', '/data']);
});

test('of two mounts on one place the last one counts', () => {
	const mounts = parseMounts('/dev/a / ext4 rw 0 0\n/dev/b /data ext4 rw 0 0\n/dev/c /data xfs rw 0 0');
	assert.deepEqual(volumesOf(mounts, '/data').map(({device}) => device), ['/dev/c', '/dev/a']);
});

test('the load is what was busy between two readings', () => {
	const core = (busy: number, total: number) => ({busy, total});
	assert.deepEqual(loadBetween([core(10, 100), core(0, 100)], [core(60, 200), core(100, 200)]), {cpuLoadPercent: 75, coreLoadPercents: [50, 100]});
	assert.deepEqual(loadBetween([core(10, 100)], [core(10, 100)]), {cpuLoadPercent: 0, coreLoadPercents: [0]});
	assert.deepEqual(loadBetween([core(10, 100)], [core(5, 90), core(5, 10)]), {cpuLoadPercent: 0, coreLoadPercents: [0, 0]});
});
