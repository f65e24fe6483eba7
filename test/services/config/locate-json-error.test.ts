import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {locateJsonError} from '../../../source/services/config/locate-json-error.js';

const places: ReadonlyArray<readonly [text: string, line: number, column: number]> = [
	['', 1, 1],
	['{"a": x}', 1, 7],
	['{"a": 1,}', 1, 9],
	['{\n\t"a": 1\n\t"b": 2\n}', 3, 2],
	['{\n"a": "open\n}', 2, 6],
	['[1, 2', 1, 6],
	['{} {}', 1, 4],
	['{a: 1}', 1, 2],
	['[01]', 1, 3],
	['{"a" 1}', 1, 6],
	[String.raw`"\x"`, 1, 1],
];

for (const [text, line, column] of places) {
	test(`finds the mistake in ${JSON.stringify(text)}`, () => {
		assert.deepEqual(locateJsonError(text), {line, column});
	});
}

test('a text nested beyond reason ends the search, not the program', () => {
	assert.deepEqual(locateJsonError('['.repeat(1_000_000)), {line: 1, column: 101});
});

test('agrees with JSON.parse on what is valid, also after any one change', () => {
	const mutation = fc.record({
		value: fc.jsonValue({maxDepth: 4}),
		at: fc.double({min: 0, max: 1, noNaN: true}),
		insert: fc.string({maxLength: 2, unit: fc.constantFrom(...'"{}[],:0-.e \n\\ut')}),
		remove: fc.nat(2),
	});
	fc.assert(fc.property(mutation, fc.boolean(), ({value, at, insert, remove}, isPretty) => {
		const text = JSON.stringify(value, undefined, isPretty ? 2 : 0);
		const offset = Math.floor(at * text.length);
		const changed = text.slice(0, offset) + insert + text.slice(offset + remove);
		assert.equal(locateJsonError(changed) === undefined, isJson(changed), changed);
	}), {numRuns: 1000});
});

function isJson(text: string): boolean {
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
	}
}
