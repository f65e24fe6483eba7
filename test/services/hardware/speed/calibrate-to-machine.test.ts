import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import {calibrateToMachine, type CalibrationSubject, type MeasuredEstimate} from '../../../../source/services/hardware/speed/calibrate-to-machine.js';
import {explainCalibration} from '../../../../source/services/hardware/speed/explain-calibration.js';

const subject = {
	modelId: 'asked', weightsBytes: 1e9, placement: 'cpu', threads: 4, depthTokens: 512,
} as const satisfies CalibrationSubject;

function measured(modelId: string, ratio: number, changes: Partial<MeasuredEstimate> = {}): MeasuredEstimate {
	return {
		...subject, modelId, measuredAt: '2026-01-01T00:00:00.000Z', generation: {measured: 50 * ratio, estimated: 50}, prompt: {measured: 500, estimated: 500}, ...changes,
	};
}

function generationOf(history: readonly MeasuredEstimate[]) {
	return calibrateToMachine(history, subject)!.generation;
}

suite('a calibration to this machine', () => {
	test('is none without history of the same kind of placement', () => {
		assert.equal(calibrateToMachine([], subject), undefined);
		assert.equal(calibrateToMachine([measured('a', 0.5, {placement: 'gpu'})], subject), undefined);
	});

	test('moves part of the way after one other model, almost all after many, and the band narrows', () => {
		const one = generationOf([measured('a', 0.7)]);
		const many = generationOf(Array.from({length: 20}, (_, index) => measured(`model ${index}`, 0.7)));
		assert.ok(Math.abs(one.factor - 0.83) < 0.07, String(one.factor));
		assert.ok(Math.abs(many.factor - 0.71) < 0.01, String(many.factor));
		assert.ok(many.widthFactor < one.widthFactor);
		assert.ok(one.widthFactor < 1);
	});

	test('does not narrow the band where models disagree', () => {
		const agreeing = generationOf([0.7, 0.7, 0.7, 0.7].map((ratio, index) => measured(`model ${index}`, ratio)));
		const disagreeing = generationOf([0.3, 2, 0.4, 1.5].map((ratio, index) => measured(`model ${index}`, ratio)));
		assert.ok(agreeing.widthFactor < 0.8);
		assert.ok(disagreeing.widthFactor > 1);
	});

	test('counts another model once, however often it was run', () => {
		const once = generationOf([measured('a', 0.7), measured('b', 1.2)]);
		const often = generationOf([measured('a', 0.7), measured('a', 0.7), measured('a', 0.7), measured('b', 1.2)]);
		assert.deepEqual(often, once);
	});

	test('goes by the model itself where that was measured, however far it is off', () => {
		const history = [measured('asked', 0.1), measured('b', 1.1), measured('c', 1.2)];
		const {generation, own} = calibrateToMachine(history, subject)!;
		assert.ok(generation.factor < 0.15, String(generation.factor));
		assert.ok(generation.widthFactor < generationOf(history.slice(1)).widthFactor);
		assert.equal(own?.generation.measured, 5);
		const otherFile = calibrateToMachine([measured('asked', 0.1, {weightsBytes: 2e9})], subject)!;
		assert.equal(otherFile.own, undefined);
	});

	test('takes of its own benchmarks those most like what is asked', () => {
		const {own, generation} = calibrateToMachine([measured('asked', 0.5, {depthTokens: 8000}), measured('asked', 0.9), measured('asked', 0.3, {threads: 1})], subject)!;
		assert.equal(own?.depthTokens, 512);
		assert.equal(own.runs, 3);
		assert.ok(generation.factor > 0.8);
	});

	test('says what does not count for other models', () => {
		const calibration = calibrateToMachine([measured('b', 1.1), measured('c', 0.01), measured('d', NaN), measured('e', 0)], subject)!;
		assert.equal(calibration.generation.models, 1);
		assert.equal(calibration.outliers, 1);
		assert.ok(calibration.generation.factor > 1);
		assert.ok(calibration.generation.factor < 1.1);
		assert.match(explainCalibration(calibration)[0]!, /^Moved by \+\d % after benchmarks of 1 model on this machine/v);
		assert.match(explainCalibration(calibration)[1]!, /more than four times off/v);
	});
});
