import assert from 'node:assert/strict';
import {test} from 'node:test';
import {parseAmdSmi, parseRocmSmi} from '../../../../source/services/hardware/gpus/amd-tools.js';
import {findAmdName} from '../../../../source/services/hardware/gpus/device-names.js';
import {pciAddress} from '../../../../source/services/hardware/gpus/found-gpu.js';
import {parseControllers} from '../../../../source/services/hardware/gpus/graphics-controllers.js';
import {identifyGpu, marketNames} from '../../../../source/services/hardware/gpus/identify-gpu.js';
import {mergeGpus} from '../../../../source/services/hardware/gpus/merge-gpus.js';
import {divide, parseNvidiaSmi} from '../../../../source/services/hardware/gpus/nvidia-smi.js';
import {appleWorkingSetBytes, parseSystemProfiler} from '../../../../source/services/hardware/gpus/system-profiler.js';

const mebibyte = 1024 ** 2;

for (const output of ['', '\n', 'No devices were found\n', 'Unable to determine the device handle for GPU0000:01:00.0: Unknown Error\n', '<html>, a, b', ',,,\n']) {
	test(`nvidia-smi: ${JSON.stringify(output)} is no GPU`, () => {
		assert.deepEqual(parseNvidiaSmi(output), []);
	});
}

test('nvidia-smi: odd numbers and escape sequences do no harm', () => {
	assert.deepEqual(parseNvidiaSmi('\u{1B}[31mEvil\u{7}, [Unknown Error], -5, [N/A], 9e99, 400 W, [GPU requires reset], ../../etc'), [{vendor: 'NVIDIA', name: 'Evil', unifiedMemory: false}]);
});

test('nvidia-smi: a GPU that is divided, but into nothing yet, stays', () => {
	assert.deepEqual(divide(parseNvidiaSmi('NVIDIA A30, 24576, 1000, 535.1, 8.0, 0, 30, 00000000:01:00.0, Enabled'), 'GPU 0: NVIDIA A30 (UUID: GPU-1)\n').map(({name, vramTotalBytes}) => [name, vramTotalBytes]), [['NVIDIA A30', 24_576 * mebibyte]]);
});

test('addresses on the PCI bus are the same however a tool writes them', () => {
	assert.deepEqual(['01:00.0', '0000:01:00.0', '00000000:01:00.0', '0000000F:01:00.0', '0000:C1:00.0', 'nowhere', undefined].map(text => pciAddress(text)), ['0000:01:00.0', '0000:01:00.0', '0000:01:00.0', '000f:01:00.0', '0000:c1:00.0', undefined, undefined]);
});

const controllers = JSON.stringify([
	{
		vendor: 'Advanced Micro Devices, Inc. [AMD/ATI]', model: 'Navi 31 [Radeon RX 7900 XTX]', vram: 24_576, busAddress: '03:00.0',
	},
	{
		vendor: 'Apple', model: 'Apple M3 Max', vram: null, vramDynamic: true, cores: 40,
	},
	{vendor: 'Intel Corporation', model: 'UHD Graphics 770', vram: 256},
	{vendor: 'Red Hat, Inc.', model: 'Virtio 1.0 GPU', vram: null},
	{vendor: 'Microsoft Corporation', model: 'Basic Render Driver'},
	{vendor: 7, model: '', vram: 'many'},
]);

test('controllers: dedicated, shared and unknown memory, and none that only shows a picture', () => {
	assert.deepEqual(parseControllers(controllers).map(({name, vendor, vramTotalBytes, address}) => [name, vendor, vramTotalBytes, address]), [
		['Navi 31 [Radeon RX 7900 XTX]', 'AMD', 24_576 * mebibyte, '0000:03:00.0'],
		['Apple M3 Max', 'Apple', undefined, undefined],
		['UHD Graphics 770', 'Intel', undefined, undefined],
		[undefined, 'unknown vendor', undefined, undefined],
	]);
	assert.throws(() => parseControllers('{"controllers": 1}'), /no list of GPUs/v);
});

test('a GPU that two tools know is one, and the first tool wins', () => {
	const [nvidia, amd, other] = [{vendor: 'NVIDIA', name: 'NVIDIA H200', address: '0000:01:00.0'}, {vendor: 'AMD', address: '0000:03:00.0', vramTotalBytes: 5}, {vendor: 'Intel', name: 'Arc'}];
	const listed = [{
		vendor: 'NVIDIA', name: 'GH100', address: '0000:01:00.0', driver: '1',
	}, {vendor: 'NVIDIA', name: 'other', address: '0000:02:00.0'}, {
		vendor: 'AMD', name: 'Navi 31', address: '0000:03:00.0', vramTotalBytes: 7,
	}, other];
	assert.deepEqual(mergeGpus([[nvidia], [amd], listed]), [{...nvidia, driver: '1'}, {...amd, name: 'Navi 31'}, other]);
	assert.deepEqual(mergeGpus([[], [], listed]), listed);
	// Without an address, all of a maker are taken for those that are known already.
	assert.deepEqual(mergeGpus([[], [amd], [{vendor: 'AMD', name: 'x'}]]), [amd]);
});

test('rocm-smi: neither a system record nor a number is a GPU\'s name', () => {
	assert.deepEqual(parseRocmSmi('{"card0": {"Card series": "0x1586", "Card model": "N/A"}, "system": {"Driver version": "6"}}'), [{vendor: 'AMD'}]);
	assert.throws(() => parseRocmSmi('ERROR: No GPUs found'), /no JSON/v);
	assert.throws(() => parseRocmSmi('[1]'), /no list of GPUs/v);
});

test('amd-smi: the list of ROCm 6.0, with bare numbers and N/A', () => {
	assert.deepEqual(parseAmdSmi('[{"gpu": 0, "asic": {"market_name": "Navi 31 [Radeon RX 7900 XTX]"}, "bus": {"bdf": "0000:03:00.0"}, "vram": {"size": 24560}}, {"gpu": 1, "asic": {"market_name": "N/A"}, "bus": "N/A", "vram": {"size": {"value": "N/A", "unit": "MB"}}}]'), [
		{
			vendor: 'AMD', name: 'Navi 31 [Radeon RX 7900 XTX]', address: '0000:03:00.0', vramTotalBytes: 24_560 * mebibyte,
		},
		{vendor: 'AMD'},
	]);
	assert.throws(() => parseAmdSmi('{"error": "no"}'), /no list of GPUs/v);
});

test('the name of a card by its revision', () => {
	const list = '# comment\n1.0.0\n744C,\tC8,\tAMD Radeon RX 7900 XTX\n744C,\tCC,\tAMD Radeon RX 7900 XT\n';
	assert.equal(findAmdName(list, '744c', 'cc'), 'AMD Radeon RX 7900 XT');
	assert.equal(findAmdName(list, '744c', '00'), undefined);
	assert.deepEqual(marketNames('Navi 31 [Radeon RX 7900 XT/7900 XTX/7900M]'), ['Radeon RX 7900 XT', 'Radeon RX 7900 XTX', 'Radeon RX 7900M']);
	assert.deepEqual(marketNames('NVIDIA H200'), ['NVIDIA H200']);
});

test('a laptop\'s card has its own bandwidth, and an unknown card none', () => {
	const bandwidthOf = (name: string) => identifyGpu({vendor: 'NVIDIA', name}).bandwidthBytesPerSecond;
	assert.equal(bandwidthOf('NVIDIA GeForce RTX 4090'), 1010e9);
	assert.equal(bandwidthOf('NVIDIA GeForce RTX 4090 Laptop GPU'), 576e9);
	assert.equal(bandwidthOf('NVIDIA GeForce RTX 9999'), undefined);
});

test('graphics in a processor share its memory, whatever part of it Windows shows as theirs', () => {
	const isUnified = (vendor: string, name: string, vramTotalBytes: number) => identifyGpu({vendor, name, vramTotalBytes}).unifiedMemory;
	assert.equal(isUnified('Intel', 'Intel(R) UHD Graphics 770', 1024 * mebibyte), true);
	assert.equal(isUnified('AMD', 'AMD Radeon(TM) Graphics', 2048 * mebibyte), true);
	assert.equal(isUnified('Intel', 'Intel(R) Arc(TM) A770 Graphics', 16_384 * mebibyte), false);
	assert.equal(isUnified('AMD', 'AMD Radeon RX 7600', 8192 * mebibyte), false);
});

// Keys as system_profiler of macOS 11 to 26 prints them; shortened.
const displays = (model: string, cores: string, vendor = 'sppci_vendor_Apple') => JSON.stringify({
	SPDisplaysDataType: [{
		_name: model, spdisplays_mtlgpufamilysupport: 'spdisplays_metal3', spdisplays_ndrvs: [{_name: 'Color LCD'}], spdisplays_vendor: vendor, sppci_bus: 'spdisplays_builtin', sppci_cores: cores, sppci_device_type: 'spdisplays_gpu', sppci_model: model,
	}],
});

const macs: ReadonlyArray<readonly [model: string, cores: string, gibibytes: number, bandwidthGBs: number, sharedGibibytes: number]> = [
	['Apple M1', '8', 16, 68.25, 32 / 3],
	['Apple M2 Max', '38', 64, 400, 48],
	['Apple M3 Max', '30', 36, 300, 24],
	['Apple M3 Max', '40', 128, 400, 96],
	['Apple M4', '10', 24, 120, 16],
	['Apple M4 Pro', '20', 48, 273, 36],
];

for (const [model, cores, gibibytes, bandwidthGBs, sharedGibibytes] of macs) {
	test(`system_profiler: ${model} with ${cores} cores and ${gibibytes} GiB`, () => {
		const [gpu] = parseSystemProfiler(displays(model, cores), `hw.memsize: ${gibibytes * (2 ** 30)}\niogpu.wired_limit_mb: 0\n`);
		assert.deepEqual(identifyGpu(gpu!), {
			name: model, vendor: 'Apple', cores: Number(cores), unifiedMemory: true, bandwidthBytesPerSecond: bandwidthGBs * 1e9, sharedMemoryBytes: Math.floor(sharedGibibytes * (2 ** 30)),
		});
	});
}

test('system_profiler: a limit that somebody set, an Intel Mac, and nonsense', () => {
	const [gpu] = parseSystemProfiler(displays('Apple M1', '8'), 'hw.memsize: 17179869184\niogpu.wired_limit_mb: 14000\n');
	assert.equal(gpu?.sharedMemoryBytes, 14_000 * mebibyte);
	assert.equal(parseSystemProfiler(displays('Apple M1', '8'), '')[0]?.sharedMemoryBytes, undefined);
	assert.equal(appleWorkingSetBytes(0), 0);
	const intel = JSON.stringify({
		SPDisplaysDataType: [
			{
				_name: 'kHW_IntelUHDGraphics630Item', spdisplays_vendor: 'Intel', spdisplays_vram_shared: '1536 MB', sppci_model: 'Intel UHD Graphics 630',
			},
			{
				_name: 'kHW_AMDRadeonPro5500MItem', spdisplays_vendor: 'sppci_vendor_amd', spdisplays_vram: '8 GB', sppci_model: 'AMD Radeon Pro 5500M',
			},
		],
	});
	assert.deepEqual(parseSystemProfiler(intel, '').map(({vendor, vramTotalBytes, unifiedMemory}) => [vendor, vramTotalBytes, unifiedMemory]), [['Intel', undefined, true], ['AMD', 8192 * mebibyte, false]]);
	assert.throws(() => parseSystemProfiler('{}', ''), /no list of displays/v);
});
