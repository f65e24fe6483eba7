import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import fc from 'fast-check';
import {calibrateToMachine} from '../../../../source/services/hardware/speed/calibrate-to-machine.js';
import {estimateSpeed} from '../../../../source/services/hardware/speed/estimate-speed.js';
import {type SpeedModel, type SpeedPlan} from '../../../../source/types/speed-subject.js';
import {type SpeedMachine} from '../../../../source/services/hardware/speed/speed-types.js';

const gpu: SpeedMachine = {gpus: [{name: 'NVIDIA GeForce RTX 3090', memoryBytes: 24 * (2 ** 30)}], cpu: {name: 'AMD Ryzen 9 7900X'}};
const llama8b: SpeedModel = {
	weightsBytes: 4_917_737_553, parameters: 8.03e9, layers: 32, kvBytesPerToken: 131_072, quantization: 'Q4_K_M', architecture: 'llama',
};
const llama70b: SpeedModel = {
	weightsBytes: 42_509_438_812, parameters: 70.55e9, layers: 80, kvBytesPerToken: 327_680, quantization: 'Q4_K_M', architecture: 'llama',
};
const onGpu: SpeedPlan = {placement: 'gpu', depthTokens: 256};

function speed(machine: SpeedMachine, model: SpeedModel, plan: SpeedPlan): number {
	return estimateSpeed(machine, model, plan).generationTokensPerSecond.expected;
}

// Published measurements, tokens per second.
const published: ReadonlyArray<readonly [string, SpeedMachine, SpeedModel, SpeedPlan, number]> = [
	['an 8B on an RTX 3090', gpu, llama8b, {...onGpu, oldEngine: true}, 115.4],
	['an 8B on an RTX A6000', {gpus: [{name: 'NVIDIA RTX A6000'}]}, llama8b, {...onGpu, oldEngine: true}, 105.4],
	['a 70B on four RTX 4090', {gpus: Array.from({length: 4}, () => ({name: 'NVIDIA GeForce RTX 4090'}))}, llama70b, {...onGpu, oldEngine: true}, 19.8],
	['an 8B on an Apple M1', {gpus: [{name: 'Apple M1'}]}, llama8b, {...onGpu, oldEngine: true}, 10.2],
	['a 70B on a CPU of 192 cores', {gpus: [], cpu: {name: 'AmpereOne A192-32X'}}, llama70b, {placement: 'cpu', depthTokens: 150}, 3.86],
];

const figure = fc.oneof(fc.constant(0), fc.constant(undefined), fc.constant(NaN), fc.double({min: -1e12, max: 1e15}));
const count = fc.integer({min: 1, max: 2_000_000_000});
const text = fc.string();

const anyGpu = fc.record({
	name: text, memoryBytes: figure, bandwidthGBs: figure, teraflops: figure,
});

const anyModel = fc.record({
	weightsBytes: count, activeBytes: figure, parameters: count, activeParameters: figure, layers: figure, kvBytesPerToken: figure, quantization: text, architecture: text,
});

const anyPlan = fc.record({
	placement: fc.constantFrom('gpu' as const, 'cpu' as const, 'split' as const, 'auto' as const),
	depthTokens: fc.nat(10_000_000),
	promptTokens: figure,
	batch: figure,
	threads: figure,
	gpuLayers: figure,
	contextSize: fc.nat(10_000_000),
});

const property = fc.property(anyGpu, anyModel, anyPlan, (one, model, plan) => {
	const {generationTokensPerSecond, promptTokensPerSecond, timeToFirstTokenMs} = estimateSpeed({gpus: [one], cpu: {name: one.name}}, model, plan);
	const ranges = [generationTokensPerSecond, promptTokensPerSecond, timeToFirstTokenMs];
	return ranges.every(({low, expected, high}) => low > 0 && low <= expected && expected <= high && Number.isFinite(high));
});

suite('the estimated speed', () => {
	for (const [name, machine, model, plan, measured] of published) {
		test(`of ${name} is within 25 % of what was measured`, () => {
			const expected = speed(machine, model, plan);
			assert.ok(Math.abs((expected / measured) - 1) < 0.25, `${expected} against ${measured}`);
		});
	}

	test('falls with the depth of the context, the size of the model and a slower memory', () => {
		assert.ok(speed(gpu, llama8b, {...onGpu, depthTokens: 30_000}) < speed(gpu, llama8b, onGpu));
		assert.ok(speed(gpu, llama70b, onGpu) < speed(gpu, llama8b, onGpu));
		assert.ok(speed({gpus: [{...gpu.gpus[0]!, bandwidthGBs: 400}]}, llama8b, onGpu) < speed(gpu, llama8b, onGpu));
	});

	test('of a split lies between the GPU and the CPU alone, and rises with each layer on the GPU', () => {
		const split = (gpuLayers: number) => speed(gpu, llama70b, {placement: 'split', gpuLayers, depthTokens: 0});
		const speeds = [speed(gpu, llama70b, {placement: 'cpu', depthTokens: 0}), ...[20, 40, 60].map(layers => split(layers)), speed(gpu, llama70b, {...onGpu, depthTokens: 0})];
		assert.deepEqual(speeds, speeds.toSorted((a, b) => a - b));
	});

	test('puts on the GPU what fits: all of a small model, part of a large one', () => {
		const auto: SpeedPlan = {placement: 'auto', depthTokens: 0};
		assert.match(estimateSpeed(gpu, llama8b, auto).explanation[0]!, /^All on NVIDIA GeForce RTX 3090 \(936 GB\/s\).*bound by memory bandwidth/v);
		assert.match(estimateSpeed(gpu, llama70b, auto).explanation.join('\n'), /% of the weights on NVIDIA.*\n.*% of the weights on AMD Ryzen 9 7900X.*\nEach token passes through both sides/v);
	});

	test('of a mixture of experts goes by the active parameters', () => {
		const mixture = {...llama70b, activeParameters: 3e9};
		assert.ok(speed(gpu, mixture, onGpu) > 5 * speed(gpu, llama70b, onGpu));
		assert.ok(speed(gpu, mixture, {placement: 'split', expertLayersOnCpu: 80, depthTokens: 0}) < speed(gpu, mixture, onGpu));
	});

	test('has a band around it, wider where figures are guessed, and says what was assumed', () => {
		const known = estimateSpeed(gpu, llama8b, onGpu);
		const guessed = estimateSpeed({gpus: [{name: 'NVIDIA GeForce RTX 3095'}]}, {...llama8b, layers: undefined}, onGpu);
		const width = ({generationTokensPerSecond: {low, high}}: typeof known) => high / low;
		const {low, expected, high} = known.generationTokensPerSecond;
		assert.deepEqual([low, expected, high], [low, expected, high].toSorted((a, b) => a - b));
		assert.ok(width(guessed) > width(known));
		assert.match(guessed.explanation.join('\n'), /bandwidth of NVIDIA GeForce RTX 3095 is not known.*\nThe number of layers is not known; 34 are assumed/v);
	});

	test('to the first token is the prompt and one token', () => {
		const {promptTokensPerSecond, generationTokensPerSecond, timeToFirstTokenMs} = estimateSpeed(gpu, llama8b, {...onGpu, promptTokens: 2000});
		const milliseconds = (2_000_000 / promptTokensPerSecond.expected) + (1000 / generationTokensPerSecond.expected);
		assert.ok(Math.abs(timeToFirstTokenMs.expected - milliseconds) < 1e-6);
		assert.ok(Math.abs(promptTokensPerSecond.expected - 5000) < 3000, String(promptTokensPerSecond.expected));
	});

	test('moves with a calibration to the machine', () => {
		const estimate = estimateSpeed(gpu, llama8b, onGpu);
		const half = ({expected}: {readonly expected: number}) => ({measured: expected / 2, estimated: expected});
		const asked = {
			modelId: 'b', placement: 'gpu', threads: 1, depthTokens: 256,
		} as const;
		const history = [{
			...asked, modelId: 'a', measuredAt: '2026-01-01T00:00:00.000Z', generation: half(estimate.generationTokensPerSecond), prompt: half(estimate.promptTokensPerSecond),
		}];
		const calibrated = estimateSpeed(gpu, llama8b, onGpu, {calibration: calibrateToMachine(history, asked)!});
		assert.ok(calibrated.generationTokensPerSecond.expected < estimate.generationTokensPerSecond.expected * 0.8);
		assert.match(calibrated.explanation.at(-1)!, /^Moved by −\d+ % after benchmarks of 1 model on this machine/v);
	});

	test('of a tiny model is bounded by the program around it', () => {
		const tiny: SpeedModel = {
			...llama8b, weightsBytes: 1e6, parameters: 1e6, layers: 2, kvBytesPerToken: 512,
		};
		assert.ok(speed(gpu, tiny, onGpu) > 1500);
		assert.ok(speed(gpu, tiny, {...onGpu, overheadMs: 1}) < 1000);
	});

	test('on a processor falls with what attention multiplies: with all heads of queries, and one by one with what fills no vector', () => {
		const plan: SpeedPlan = {placement: 'cpu', threads: 2, depthTokens: 4000};
		const machine: SpeedMachine = {gpus: [], cpu: {name: 'AMD Ryzen 9 7900X', wideVectors: true}};
		const withHeads = (headLength: number, isQuantized = false) => speed(machine, {...llama8b, attention: {queryLength: 32 * 32 * 128, headLength, quantizedCache: isQuantized}}, plan);
		assert.ok(withHeads(128) < speed(machine, llama8b, plan));
		assert.ok(withHeads(32) < withHeads(128));
		assert.ok(withHeads(32, true) > withHeads(32));
	});

	test('does not rise with more threads than cores', () => {
		const machine: SpeedMachine = {gpus: [], cpu: {name: 'AMD Ryzen 9 7900X', physicalCores: 2}};
		const withThreads = (threads: number) => estimateSpeed(machine, llama8b, {placement: 'cpu', depthTokens: 256, threads});
		assert.deepEqual(withThreads(99), withThreads(2));
	});

	test('is a positive number whatever the figures', () => {
		const result = fc.check(property, {numRuns: 300});
		assert.equal(result.counterexample, null, fc.defaultReportMessage(result));
	});
});
