import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {groupVariants} from '../../../source/services/sources/group-variants.js';
import {type TreeEntry} from '../../../source/services/sources/hub-replies.js';
import {isSafePath} from '../../../source/services/sources/safe-path.js';

function entry(path: string, size = 100): TreeEntry {
	return {
		type: 'file', path, size: 130, lfs: {oid: 'a'.repeat(64), size},
	};
}

/**
Each variant as its quantization and the names of its files.
*/
function group(...entries: readonly TreeEntry[]): ReadonlyArray<readonly [quantization: string, ...paths: string[]]> {
	return groupVariants(entries).map(({quantization, files}) => [quantization, ...files.map(file => file.path)] as const);
}

test('one file is one variant, smallest first; other files are none', () => {
	assert.deepEqual(group(entry('M-Q8_0.gguf', 800), entry('M-Q4_K_M.gguf', 400), entry('README.md'), entry('config.json'), entry('model.safetensors')), [
		['Q4_K_M', 'M-Q4_K_M.gguf'],
		['Q8_0', 'M-Q8_0.gguf'],
	]);
});

test('size and hash are those of the content, not of the pointer', () => {
	const [variant] = groupVariants([entry('M-Q8_0.gguf', 800)]);
	assert.deepEqual(variant, {
		path: 'M-Q8_0.gguf',
		quantization: 'Q8_0',
		isAmbiguous: false,
		sizeBytes: 800,
		files: [{
			path: 'M-Q8_0.gguf', sizeBytes: 800, sha256: 'a'.repeat(64), role: 'model',
		}],
	});
});

test('shards are one variant, in order, with the sum of their sizes', () => {
	const variants = groupVariants([entry('Q4/M-Q4_0-00002-of-00003.gguf', 2), entry('Q4/M-Q4_0-00003-of-00003.gguf', 3), entry('Q4/M-Q4_0-00001-of-00003.gguf', 1)]);
	assert.deepEqual(variants.map(({sizeBytes, files}) => [sizeBytes, files.map(file => [file.path, file.role])]), [
		[6, [['Q4/M-Q4_0-00001-of-00003.gguf', 'shard'], ['Q4/M-Q4_0-00002-of-00003.gguf', 'shard'], ['Q4/M-Q4_0-00003-of-00003.gguf', 'shard']]],
	]);
});

test('shards of which one is missing, double or out of range are no variant', () => {
	assert.deepEqual(group(entry('M-Q4_0-00001-of-00003.gguf'), entry('M-Q4_0-00003-of-00003.gguf')), []);
	assert.deepEqual(group(entry('M-Q4_0-00000-of-00002.gguf'), entry('M-Q4_0-00001-of-00002.gguf')), []);
	assert.deepEqual(group(entry('M-Q4_0-00001-of-00000.gguf')), []);
	assert.deepEqual(group(entry('M-Q4_0-00001-of-00002.gguf'), entry('M-Q4_0-00001-of-00002.gguf')), []);
});

test('a projector goes with each variant: F16 before others, and the one beside the model first', () => {
	assert.deepEqual(group(entry('M-Q4_0.gguf'), entry('mmproj-F32.gguf'), entry('mmproj-F16.gguf'), entry('mmproj-BF16.gguf')), [
		['Q4_0', 'M-Q4_0.gguf', 'mmproj-F16.gguf'],
	]);
	assert.deepEqual(group(entry('M-Q4_0.gguf'), entry('M-mmproj.gguf'), entry('M-mmproj-Q8_0.gguf')), [
		['Q4_0', 'M-Q4_0.gguf', 'M-mmproj-Q8_0.gguf'],
	]);
	assert.deepEqual(group(entry('a/M-Q4_0.gguf', 1), entry('b/M-Q8_0.gguf', 2), entry('b/mmproj-F32.gguf'), entry('mmproj-F16.gguf')), [
		['Q4_0', 'a/M-Q4_0.gguf', 'mmproj-F16.gguf'],
		['Q8_0', 'b/M-Q8_0.gguf', 'b/mmproj-F32.gguf'],
	]);
});

test('helpers are no models', () => {
	assert.deepEqual(group(entry('imatrix.gguf'), entry('M.imatrix.gguf'), entry('mtp-M-Q4_0.gguf'), entry('M-eagle3-Q4_0.gguf'), entry('dflash-M.gguf'), entry('dspark-M.gguf')), []);
});

test('a quantization that two models have is ambiguous, and so is none', () => {
	const variants = groupVariants([entry('small-Q4_0.gguf'), entry('large-Q4_0.gguf'), entry('large-Q8_0.gguf'), entry('plain.gguf')]);
	assert.deepEqual(variants.map(({quantization, isAmbiguous}) => [quantization, isAmbiguous]).toSorted(([left], [right]) => String(left).localeCompare(String(right))), [
		['Q4_0', true],
		['Q4_0', true],
		['Q8_0', false],
		['unknown', true],
	]);
});

test('no hostile path ever comes out', () => {
	const segment = fc.oneof(fc.constantFrom('..', '.', '', 'a', 'M-Q4_0', 'C:', '\0', '\u{1B}[2J', '\\'), fc.string({unit: 'binary', maxLength: 6}));
	const path = fc.array(segment, {minLength: 1, maxLength: 4}).map(segments => `${segments.join('/')}.gguf`);
	fc.assert(fc.property(fc.array(path, {maxLength: 8}), paths => {
		const files = groupVariants(paths.map(item => entry(item))).flatMap(variant => variant.files);
		assert.deepEqual(files.filter(file => !isSafePath(file.path) || file.path.startsWith('/')), []);
	}));
});
