import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import {UsageError} from '../../../../source/errors/usage-error.js';
import {describeMachine} from '../../../../source/services/hardware/simulate/describe-machine.js';
import {simulateMachine} from '../../../../source/services/hardware/simulate/simulate-machine.js';
import {type HardwareReport} from '../../../../source/types/hardware.js';
import {machine} from '../../../helpers/hardware-scene.js';

const gibibyte = 2 ** 30;
const assumptionsOf = (report: HardwareReport) => report.simulated?.assumptions.join(' ') ?? '';

test('a card and memory; what is not said comes from the table, and nothing of this machine’s processor is taken over', () => {
	const report = simulateMachine('RTX 4090, 64 GB', machine);
	assert.deepEqual(report.gpus, [{
		name: 'GeForce RTX 4090', vendor: 'NVIDIA', vramTotalBytes: 24 * gibibyte, vramFreeBytes: 23.5 * gibibyte, unifiedMemory: false, bandwidthBytesPerSecond: 1010e9,
	}]);
	assert.equal(report.memory.totalBytes, 64 * gibibyte);
	assert.ok(report.memory.availableBytes < report.memory.totalBytes);
	assert.deepEqual([report.cpu.model, report.cpu.physicalCores, report.cpu.logicalCores], ['unknown CPU', 8, 8]);
	assert.deepEqual([report.disks, report.operatingSystem.hostname], [[], 'simulated']);
	assert.deepEqual(report.warnings, []);
	assert.equal(report.simulated?.description, 'RTX 4090, 64 GB');
	assert.match(assumptionsOf(report), /has 24 GB of its own\..*taken for a desktop’s card.*No processor is named.*taken to deliver 76\.8 GB\/s at its peak/v);
});

test('several cards, a processor, kinds of memory, in any order', () => {
	const report = simulateMachine('DDR5-5600,64GB RAM ,  Ryzen 9 7950X, 16 cores, 32 threads; 2 × rtx 3090', machine);
	assert.deepEqual(report.gpus.map(({name, bandwidthBytesPerSecond}) => [name, bandwidthBytesPerSecond]), [['GeForce RTX 3090', 936.2e9], ['GeForce RTX 3090', 936.2e9]]);
	assert.deepEqual(report.cpu, {
		model: 'Ryzen 9 7950X', physicalCores: 16, logicalCores: 32, usableCores: 32, instructionSets: ['sse4.2', 'avx', 'f16c', 'fma', 'bmi2', 'avx2', 'avx512', 'avx512-vbmi', 'avx512-vnni', 'avx512-bf16'],
	});
	assert.deepEqual([report.memory.kind, report.memory.channels], ['DDR5-5600', 2]);
	assert.match(assumptionsOf(report), /Two memory channels are assumed/v);
});

test('a chip of Apple is both, and its GPU may use a part of the memory', () => {
	const report = simulateMachine('m3 max, 36 GB', machine);
	assert.deepEqual(report.gpus, [{
		name: 'Apple M3 Max', vendor: 'Apple', unifiedMemory: true, bandwidthBytesPerSecond: 400e9, sharedMemoryBytes: 24 * gibibyte,
	}]);
	assert.equal(report.cpu.model, 'Apple M3 Max');
	assert.equal(report.operatingSystem.platform, 'darwin');
	assert.equal(simulateMachine('M3 Max (30-core GPU), 36 GB').gpus[0]?.bandwidthBytesPerSecond, 300e9);
	assert.equal(simulateMachine('M4 Pro 48 GB').memory.totalBytes, 48 * gibibyte);
});

const sizes: ReadonlyArray<readonly [description: string, name: string, vramGiB: number, bandwidthGBs: number]> = [
	['RTX 3060 8 GB, 16 GB', 'GeForce RTX 3060 8 GB', 8, 240],
	['RTX 3060 12GB, 16 GB', 'GeForce RTX 3060 12 GB', 12, 360],
	['RTX 4090, 24 GB VRAM, 16 GB', 'GeForce RTX 4090', 24, 1010],
	['RTX 4090 Laptop GPU, 32 GB', 'GeForce RTX 4090 Mobile', 16, 576],
	['A100 PCIe 80 GB, 512 GB', 'A100 PCIe 80 GB', 80, 1940],
	['NVIDIA H200, 1 TB', 'H200', 141, 4890],
	['Radeon RX 7900 XT, 32 GB', 'Radeon RX 7900 XT', 20, 800],
	['Intel Arc A770, 32 GB', 'Arc A770', 16, 512],
];

for (const [description, name, vramGiB, bandwidthGBs] of sizes) {
	test(`the card of “${description}”`, () => {
		const [gpu, ...others] = simulateMachine(description).gpus;
		assert.deepEqual([gpu?.name, gpu?.vramTotalBytes, gpu?.bandwidthBytesPerSecond, others.length], [name, vramGiB * gibibyte, bandwidthGBs * 1e9, 0]);
	});
}

test('memory of another size than the table knows is said', () => {
	assert.match(assumptionsOf(simulateMachine('RTX 4090 48 GB, 64 GB')), /The table knows GeForce RTX 4090 with 24 GB/v);
});

test('no GPU, and another amount of memory for the machine as it is', () => {
	assert.deepEqual(simulateMachine('CPU only, 128 GB', machine).gpus, []);
	assert.deepEqual([simulateMachine('128 GB', machine).gpus, simulateMachine('128 GB', machine).cpu.model], [machine.gpus, machine.cpu.model]);
	assert.deepEqual(simulateMachine('i7-13700K, 32 GB, no GPU', machine).gpus, []);
	assert.match(assumptionsOf(simulateMachine('i7-13700K, 32 GB', machine)), /No GPU is named/v);
});

test('a bandwidth that was measured here is kept for this processor only', () => {
	const measured = {...machine, memoryBandwidth: {bytesPerSecond: 60e9, threads: 16, measuredAt: '2026-11-20T00:00:00.000Z'}};
	const same = ['128 GB', 'RTX 4090, Ryzen 9 7950X, 64 GB'].map(description => simulateMachine(description, measured));
	assert.deepEqual(same.map(({memoryBandwidth}) => memoryBandwidth?.bytesPerSecond), [60e9, 60e9]);
	assert.match(same.map(report => assumptionsOf(report)).join(' '), /The processor is this machine’s.*60\.0 GB\/s, as was measured on this machine.*The processor is this machine’s/v);

	assert.equal(simulateMachine('RTX 4090, 64 GB', measured).memoryBandwidth, undefined);
	assert.equal(simulateMachine('RTX 4090, Ryzen 5 5600', measured).memoryBandwidth, undefined);
	assert.equal(simulateMachine('RTX 4090, DDR4-3200', measured).memoryBandwidth, undefined);
	assert.deepEqual(simulateMachine('RTX 4090, 80 GB/s', measured).memoryBandwidth, {bytesPerSecond: 80e9, threads: 8});
});

const cores: ReadonlyArray<readonly [description: string, physicalCores: number, logicalCores: number, architecture: string, said: RegExp]> = [
	['M1, 16 GB', 8, 8, 'arm64', /Apple M1 has 8 cores/v],
	['i7-14700K, 64 GB', 20, 28, 'x64', /has 20 cores \(28 threads\)/v],
	['EPYC 9654, 512 GB', 96, 192, 'x64', /has 96 cores/v],
	['Raspberry Pi 5, 8 GB', 4, 4, 'arm64', /has 4 cores/v],
	['Xeon Gold 6430, 256 GB', 32, 32, 'x64', /is not known: 32 are reckoned with/v],
	['Jetson Orin Nano, 8 GB', 8, 8, 'arm64', /is not known/v],
	['4 threads, 16 GB', 4, 4, 'x64', /No processor is named/v],
];

for (const [description, physicalCores, logicalCores, architecture, said] of cores) {
	test(`the cores of “${description}”`, () => {
		const report = simulateMachine(description, machine);
		assert.deepEqual([report.cpu.physicalCores, report.cpu.logicalCores, report.operatingSystem.architecture], [physicalCores, logicalCores, architecture]);
		assert.match(assumptionsOf(report), said);
	});
}

test('memory is understood with its kind behind it, and with “and” before it', () => {
	const report = simulateMachine('Ryzen 9 7950X, 64 GB DDR5-6000, no GPU');
	assert.deepEqual([report.memory.totalBytes, report.memory.kind], [64 * gibibyte, 'DDR5-6000']);
	assert.equal(simulateMachine('RTX 4090 and 64 GB of RAM').memory.totalBytes, 64 * gibibyte);
});

const refused: ReadonlyArray<readonly [description: string, reason: RegExp]> = [
	['', /needs a description/v],
	[' , ', /needs a description/v],
	['x'.repeat(501), /at most 500/v],
	['RTX 4095, 64 GB', /“RTX 4095” is in no table.*GeForce RTX 4090/v],
	['M9 Max', /no table.*Apple M3 Max/v],
	['64 GB, 32 GB', /again what was said before/v],
	['0 GB', /No machine has/v],
	['9.9.9 GB', /No machine has/v],
	['99999999 TB', /No machine has/v],
	['no GPU, RTX 4090', /is to have none/v],
	['24 GB VRAM, 64 GB', /VRAM needs a GPU/v],
	['999x RTX 4090', /more than Remuda reckons with/v],
	['0x RTX 4090', /more than Remuda reckons with/v],
	['Ryzen 5 5600, i7-13700K', /one processor/v],
	['RTX 4090, -64 GB', /“-64 GB” is no size of memory/v],
	['1e3 GB', /no size of memory/v],
	['64', /no size of memory/v],
	['whatever 64 GB', /no table/v],
	['2 cores, 1 thread', /No processor has 1 threads on 2 cores/v],
	['1 core, 4096 threads', /No processor has 4096 threads on 1 cores/v],
	['2x M3 Max', /one processor/v],
	['\u{1B}[31mevil', /“evil” is in no table/v],
];

for (const [description, reason] of refused) {
	test(`refused: ${JSON.stringify(description.slice(0, 40))}`, () => {
		assert.throws(() => simulateMachine(description, machine), error => error instanceof UsageError && error.code === 'unknown_hardware' && reason.test(`${error.message} ${error.hint}`));
	});
}

suite('a machine in words is read back as that machine', () => {
	const descriptions = [
		'RTX 4090, Ryzen 9 7950X, 64 GB', '2x RTX 3090, i7-13700K, 16 cores, 24 threads, 96 GB, DDR5-5600', 'M3 Max, 128 GB', 'M3 Max (30-core GPU), 36 GB', 'no GPU, EPYC 9654, 96 cores, 512 GB, 12 channels, DDR5-4800', 'RTX 3060 8 GB, RTX 4090, i5-12400, 32 GB', 'GB10', 'Ryzen AI Max+ 395, 128 GB', 'Radeon 780M, Ryzen 7 7840U, 32 GB', 'RTX 4090 Laptop GPU, 8 cores, 24 GB, 80 GB/s', 'H100 80GB HBM3, 1.5 TB', 'MI300X, 64 GB',
	];
	for (const description of descriptions) {
		test(description, () => {
			const {simulated: _, ...report} = simulateMachine(description, machine);
			const words = describeMachine(report);
			const {simulated: __, ...again} = simulateMachine(words, machine);
			assert.equal(describeMachine(again), words);
			assert.deepEqual([again.gpus, again.memory, again.memoryBandwidth], [report.gpus, report.memory, report.memoryBandwidth]);
			assert.deepEqual([again.cpu.model, again.cpu.physicalCores, again.cpu.logicalCores], [report.cpu.model, report.cpu.physicalCores, report.cpu.logicalCores]);
		});
	}

	test('a real machine, whose system tells a little less memory than is built in', () => {
		const real: HardwareReport = {...machine, memory: {...machine.memory, totalBytes: 62.7 * gibibyte}, gpus: [{...machine.gpus[0]!, vramTotalBytes: 12_282 * (2 ** 20)}]};
		assert.equal(describeMachine(real), 'NVIDIA GeForce RTX 4070 12 GB, AMD Ryzen 9 7950X 16-Core Processor, 16 cores, 32 threads, 64 GB');
		assert.equal(simulateMachine(describeMachine(real)).gpus[0]?.name, 'GeForce RTX 4070');
	});

	test('what no table knows is left out', () => {
		const odd: HardwareReport = {...machine, cpu: {...machine.cpu, model: 'unknown CPU'}, gpus: [{name: 'Odd GPU', vendor: 'Odd', unifiedMemory: false}]};
		assert.equal(describeMachine(odd), 'no GPU, 16 cores, 32 threads, 60 GB');
	});
});
