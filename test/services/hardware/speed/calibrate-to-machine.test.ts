import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import {calibrateToMachine, type MeasuredEstimate} from '../../../../source/services/hardware/speed/calibrate-to-machine.js';

function spread(median: number) {
	return {
		median, minimum: median, maximum: median, standardDeviation: 0,
	};
}

function range(expected: number) {
	return {expected, low: expected / 2, high: expected * 2};
}

function measured(modelId: string, ratio: number, device = 'GPU'): MeasuredEstimate {
	return {
		run: {
			modelId, device, generationTokensPerSecond: spread(50 * ratio), promptTokensPerSecond: spread(500),
		},
		estimate: {generationTokensPerSecond: range(50), promptTokensPerSecond: range(500)},
	};
}

suite('a calibration to this machine', () => {
	test('without history changes nothing', () => {
		const {generation, prompt} = calibrateToMachine([]);
		assert.deepEqual(generation, {factor: 1, widthFactor: 1, models: 0});
		assert.equal(prompt.factor, 1);
	});

	test('moves part of the way after one model, almost all after many, and the band narrows', () => {
		const one = calibrateToMachine([measured('a', 0.7)]).generation;
		const many = calibrateToMachine(Array.from({length: 20}, (_, index) => measured(`model ${index}`, 0.7))).generation;
		assert.ok(Math.abs(one.factor - 0.83) < 0.07, String(one.factor));
		assert.ok(Math.abs(many.factor - 0.71) < 0.01, String(many.factor));
		assert.ok(many.widthFactor < one.widthFactor);
		assert.ok(one.widthFactor < 1);
	});

	test('counts a model once, however often it was run', () => {
		const once = calibrateToMachine([measured('a', 0.7), measured('b', 1.2)]);
		const often = calibrateToMachine([measured('a', 0.7), measured('a', 0.7), measured('a', 0.7), measured('b', 1.2)]);
		assert.deepEqual(often, once);
	});

	test('hears only runs on the device asked for, and none that went wrong', () => {
		const history = [measured('a', 0.5, 'CPU'), measured('b', 1.1), measured('c', 0.01), measured('d', NaN), measured('e', 0)];
		const {generation} = calibrateToMachine(history, {device: 'GPU'});
		assert.equal(generation.models, 1);
		assert.ok(generation.factor > 1);
		assert.ok(generation.factor < 1.1);
	});
});
