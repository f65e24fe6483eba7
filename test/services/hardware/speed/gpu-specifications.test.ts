import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import {findGpu} from '../../../../source/services/hardware/speed/gpu-specifications.js';

const named: ReadonlyArray<readonly [name: string, memoryGiB: number | undefined, bandwidthGBs: number]> = [
	['NVIDIA GeForce RTX 3090', 24, 936.2],
	['NVIDIA GeForce RTX 3080', undefined, 760.3],
	['NVIDIA GeForce RTX 3080', 12, 912.4],
	['NVIDIA GeForce RTX 3060', 8, 240],
	['NVIDIA GeForce RTX 3060', 12, 360],
	['NVIDIA GeForce RTX 4070', 12, 504.2],
	['NVIDIA GeForce RTX 4070 Laptop GPU', 8, 256],
	['NVIDIA GeForce RTX 4070 Ti SUPER', 16, 672.3],
	['NVIDIA A40', 48, 695.8],
	['NVIDIA A100-SXM4-80GB', 80, 2040],
	['NVIDIA A100 PCIe 80GB', 80, 1940],
	['AMD Radeon RX 9060 XT', 16, 322.3],
	['AMD Radeon RX 7900 XTX', undefined, 960],
	['AMD Ryzen AI Max+ 395 (Radeon 8060S)', undefined, 256],
	['Intel(R) Arc(TM) A750 Graphics', 8, 512],
	['Apple M3 Max', undefined, 400],
	['Apple M4 Max (40-core GPU)', undefined, 546],
	['NVIDIA Jetson Orin Nano', undefined, 68.22],
];

suite('the figures of a GPU by its name', () => {
	for (const [name, memoryGiB, bandwidthGBs] of named) {
		test(`${name}${memoryGiB === undefined ? '' : ` with ${memoryGiB} GiB`}`, () => {
			const found = findGpu(name, memoryGiB);
			assert.equal(found?.bandwidthGBs, bandwidthGBs);
			assert.equal(found.assumed, false);
		});
	}

	test('an unknown card gets the figures of its series, and says so', () => {
		const found = findGpu('NVIDIA GeForce RTX 5065', 12);
		assert.equal(found?.assumed, true);
		assert.equal(found.architecture, 'Blackwell 2.0');
		assert.ok(Math.abs(found.bandwidthGBs - 650) < 350, `${found.bandwidthGBs} GB/s`);
	});

	test('an unknown laptop card is not taken for a desktop one', () => {
		const [laptop, desktop] = [findGpu('NVIDIA GeForce RTX 5095 Laptop GPU'), findGpu('NVIDIA GeForce RTX 5095')];
		assert.ok(laptop!.bandwidthGBs < desktop!.bandwidthGBs);
	});

	test('a name like nothing known gives nothing', () => {
		assert.equal(findGpu('Mali-G610'), undefined);
		assert.equal(findGpu(''), undefined);
	});
});
