import assert from 'node:assert/strict';
import {test} from 'node:test';
import {simulateMachine} from '../../../../source/services/hardware/simulate/simulate-machine.js';
import {describeCpu} from '../../../../source/services/hardware/speed/cpu-specifications.js';
import {estimateSpeed} from '../../../../source/services/hardware/speed/estimate-speed.js';
import {toSpeedMachine} from '../../../../source/services/hardware/speed/to-speed-machine.js';
import {machine} from '../../../helpers/hardware-scene.js';

test('a card wins over the GPU in the processor, and what is no GPU for models is left out', () => {
	const integrated = {name: 'AMD Radeon Graphics', vendor: 'AMD', unifiedMemory: true};
	const odd = {name: 'Odd', vendor: 'unknown vendor', unifiedMemory: false};
	assert.deepEqual(toSpeedMachine({...machine, gpus: [odd, integrated, ...machine.gpus]}).gpus.map(({name}) => name), ['NVIDIA GeForce RTX 4070']);
	assert.deepEqual(toSpeedMachine({...machine, gpus: [odd, integrated]}).gpus.map(({name}) => name), ['AMD Radeon Graphics']);
	assert.deepEqual(toSpeedMachine({...machine, gpus: [odd]}).gpus, []);
});

test('what was measured wins over the tables, as a part of the peak that the estimator reckons from', () => {
	const {cpu} = toSpeedMachine(machine, {bytesPerSecond: 34e9});
	assert.equal(cpu?.memoryBandwidthGBs, 40);
	assert.equal(describeCpu(cpu).bandwidthGBs, 40);
	assert.equal(describeCpu(toSpeedMachine(machine).cpu).bandwidthGBs, 83.2);
	assert.equal(toSpeedMachine({...machine, memoryBandwidth: {bytesPerSecond: 17e9, threads: 2}}).cpu?.memoryBandwidthGBs, 20);
});

test('a bandwidth that was measured on a busy machine is told so, with a wider band', () => {
	const model = {weightsBytes: 4e9, parameters: 7e9, quantization: 'Q4_K_M'};
	const estimateWith = (isBusy: boolean) => estimateSpeed(toSpeedMachine({...machine, gpus: []}, {bytesPerSecond: 34e9, whileBusy: isBusy}), model, {placement: 'cpu', depthTokens: 100});
	const [idle, busy] = [estimateWith(false), estimateWith(true)];
	assert.ok(busy.generationTokensPerSecond.high > idle.generationTokensPerSecond.high);
	assert.match(busy.explanation.join(' '), /measured while the machine was busy/v);
	assert.doesNotMatch(idle.explanation.join(' '), /busy/v);
});

test('the kind of memory counts where the channels are known', () => {
	const memory = {...machine.memory, kind: 'DDR5-6000'};
	assert.equal(describeCpu(toSpeedMachine({...machine, memory: {...memory, channels: 4}}).cpu).bandwidthGBs, 192);
	assert.equal(describeCpu(toSpeedMachine({...machine, memory}).cpu).bandwidthGBs, 83.2);
});

test('cores that a container does not give do not count', () => {
	assert.equal(toSpeedMachine({...machine, cpu: {...machine.cpu, usableCores: 4}}).cpu?.physicalCores, 4);
});

test('a simulated machine is estimated as its hardware', () => {
	const model = {
		weightsBytes: 4.68e9, parameters: 7.6e9, layers: 28, kvBytesPerToken: 57_344, quantization: 'Q4_K_M', architecture: 'qwen2',
	};
	const plan = {placement: 'auto', depthTokens: 200} as const;
	const speedOf = (description: string) => estimateSpeed(toSpeedMachine(simulateMachine(description)), model, plan).generationTokensPerSecond.expected;
	const speeds = ['no GPU, i5-12400, 32 GB', 'RTX 4060 Laptop GPU, 32 GB', 'M3 Max, 64 GB', 'RTX 4090, 64 GB'].map(description => speedOf(description));
	assert.deepEqual(speeds.toSorted((a, b) => a - b), speeds);
});
