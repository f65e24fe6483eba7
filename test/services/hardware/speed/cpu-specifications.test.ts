import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import {describeCpu, memoryBandwidth} from '../../../../source/services/hardware/speed/cpu-specifications.js';

const named: ReadonlyArray<readonly [name: string, bandwidthGBs: number, cores: number]> = [
	['AMD Ryzen 7 7840HS', 89.6, 8],
	['AMD Ryzen 9 5900X 12-Core Processor', 51.2, 12],
	['AMD Ryzen AI Max+ 395', 128, 16],
	['AMD EPYC 7543 32-Core Processor', 204.8, 32],
	['13th Gen Intel(R) Core(TM) i9-13900HK', 89.6, 16],
	['Intel(R) Core(TM) i9-10900X CPU @ 3.70GHz', 93.9, 10],
	['Intel(R) Core(TM) i5-6400 CPU @ 2.70GHz', 34.1, 4],
	['Intel(R) Xeon(R) CPU E5-2680 v4 @ 2.40GHz', 76.8, 14],
	['Intel N150', 38.4, 4],
	['Raspberry Pi 5 Model B', 17.1, 4],
	['AmpereOne A192-32X', 332.8, 192],
];

suite('the memory bandwidth of a CPU', () => {
	for (const [name, bandwidthGBs, cores] of named) {
		test(`by the name ${name}`, () => {
			const described = describeCpu({name});
			assert.deepEqual([described.bandwidthGBs, described.cores, described.assumed], [bandwidthGBs, cores, false]);
		});
	}

	test('figures win over the name', () => {
		const described = describeCpu({
			name: 'AMD Ryzen 7 7840HS', memory: 'DDR5-4800', memoryChannels: 1, physicalCores: 6,
		});
		assert.deepEqual([described.bandwidthGBs, described.cores], [38.4, 6]);
		assert.equal(describeCpu({name: 'AMD Ryzen 7 7840HS', memoryBandwidthGBs: 70}).bandwidthGBs, 70);
	});

	test('an unknown name is assumed to be a usual desktop', () => {
		assert.equal(describeCpu({name: 'Zhaoxin KX-7000'}).assumed, true);
		assert.equal(describeCpu(undefined).assumed, true);
	});

	test('is transfers × 8 bytes × channels', () => {
		assert.equal(memoryBandwidth('DDR4-3200'), 51.2);
		assert.equal(memoryBandwidth('LPDDR5X-8533', 2), 136.528);
		assert.equal(memoryBandwidth('DDR5'), undefined);
	});
});
