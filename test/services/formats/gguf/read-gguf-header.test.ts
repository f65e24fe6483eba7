import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {Buffer} from 'node:buffer';
import {
	mkdtemp,
	readFile,
	rm,
	writeFile,
} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {after, test} from 'node:test';
import fc from 'fast-check';
import {gguf, GGMLQuantizationType} from '@huggingface/gguf';
import {RemudaError} from '../../../../source/errors/remuda-error.js';
import {type GgufHeader} from '../../../../source/services/formats/gguf/gguf-header.js';
import {readGgufHeader, readGgufHeaderFrom} from '../../../../source/services/formats/gguf/read-gguf-header.js';
import {
	buildGguf,
	type Entry,
	type Parts,
	text,
	uint32,
	uint64,
} from './build-gguf.js';

const {signal} = new AbortController();
const folder = await mkdtemp(path.join(tmpdir(), 'remuda-gguf-'));
after(async () => {
	await rm(folder, {recursive: true});
});

const readBuffer = async (bytes: Uint8Array): Promise<GgufHeader> => readGgufHeaderFrom('test.gguf', {
	size: bytes.length,
	// Short reads, as a network gives them.
	async read(into, position) {
		const piece = bytes.subarray(position, position + Math.min(into.length, 1000));
		await Promise.resolve();
		into.set(piece);
		return piece.length;
	},
}, {signal});

const starters = ['F16', 'Q8_0', 'Q4_K_M', 'Q2_K'].map(quantization => path.resolve(`starter-model/tinychat-2.6M.${quantization}.gguf`));

for (const file of starters) {
	test(`${path.basename(file)} is read as @huggingface/gguf reads it`, async () => {
		const {metadata, tensorInfos, tensorDataOffset} = await gguf(file, {allowLocalFile: true});
		const header = await readGgufHeader(file, {signal});
		assert.equal(header.version, metadata.version);
		assert.equal(header.dataOffset, Number(tensorDataOffset));
		assert.equal(metadata.tensor_count, BigInt(header.tensors.length));
		assert.equal(metadata.kv_count, BigInt(header.metadata.size));
		assert.deepEqual(header.tensors.map(({name, dimensions, type, offset}) => ({
			name, dimensions, type, offset,
		})), tensorInfos.map(({name, shape, dtype, offset}) => ({
			name, dimensions: shape.map(Number), type: GGMLQuantizationType[dtype], offset: Number(offset),
		})));
		const expected = Object.entries(metadata).filter(([key]) => !['version', 'tensor_count', 'kv_count'].includes(key));
		assert.deepEqual(header.metadata.keys().toArray(), expected.map(([key]) => key));
		// Of long arrays only the length is kept.
		const values = header.metadata.values().map(value => typeof value === 'object' && 'length' in value ? value.length : value).toArray();
		assert.deepEqual(values, expected.map(([, value]) => Array.isArray(value) ? value.length : value as unknown));
	});
}

test('the tensors of a file fill it to its end', async () => {
	const headers = await Promise.all(starters.map(async file => readGgufHeader(file, {signal})));
	assert.deepEqual(headers.map(({tensors, dataOffset}) => {
		const last = tensors.at(-1);
		return dataOffset + (last?.offset ?? 0) + (last?.sizeBytes ?? 0);
	}), headers.map(({fileSize}) => fileSize));
});

const tensor = {
	name: 't', dimensions: [32, 2], type: 0, offset: 0,
};
const hugeTensor = {...tensor, type: 24, dimensions: [0x7F_FF_FF_FF_FF_FF_FF_C0n]};
const oneTensor: Parts = {tensors: [tensor], dataBytes: 256};

const severalEntries: readonly Entry[] = [
	['a', 'string', 'text'],
	['b', 'array', {elementType: 'string', values: ['one', 'two']}],
	['c', 'array', {elementType: 'uint16', values: [1, 2]}],
	['d', 'bool', true],
	['e', 'float64', 1],
];

test('every type of value is read', async () => {
	const entries: Entry[] = [
		['u8', 'uint8', 255],
		['i8', 'int8', -1],
		['u16', 'uint16', 65_535],
		['i16', 'int16', -2],
		['u32', 'uint32', 4_294_967_295],
		['i32', 'int32', -3],
		['f32', 'float32', 1.5],
		['bool', 'bool', true],
		['string', 'string', 'Grüße 🐎'],
		['u64', 'uint64', 0xFF_FF_FF_FF_FF_FF_FF_FFn],
		['i64', 'int64', -4],
		['f64', 'float64', 0.1],
		['__proto__', 'string', 'kept'],
		['array', 'array', {elementType: 'int16', values: [1, -1]}],
		['strings', 'array', {elementType: 'string', values: ['a', '', 'ü']}],
		['empty', 'array', {elementType: 'float64', values: []}],
	];
	const {metadata} = await readBuffer(buildGguf({entries}));
	assert.deepEqual(metadata.entries().toArray(), [
		['u8', 255],
		['i8', -1],
		['u16', 65_535],
		['i16', -2],
		['u32', 4_294_967_295],
		['i32', -3],
		['f32', 1.5],
		['bool', true],
		['string', 'Grüße 🐎'],
		['u64', 0xFF_FF_FF_FF_FF_FF_FF_FFn],
		['i64', -4],
		['f64', 0.1],
		['__proto__', 'kept'],
		['array', {
			kind: 'array', elementType: 'int16', length: 2, values: [1, -1],
		}],
		['strings', {
			kind: 'array', elementType: 'string', length: 3, values: ['a', '', 'ü'],
		}],
		['empty', {
			kind: 'array', elementType: 'float64', length: 0, values: [],
		}],
	]);
});

test('a vocabulary of 248,000 tokens is counted and skipped, in little time and memory, and what follows is read', async () => {
	const tokens = Array.from({length: 248_000}, (_, index) => `token-of-some-length-${index}`);
	const file = path.join(folder, 'large.gguf');
	await writeFile(file, buildGguf({
		...oneTensor,
		entries: [
			['tokens', 'array', {elementType: 'string', values: tokens}],
			['scores', 'array', {elementType: 'float32', values: tokens.map(() => 0)}],
			['long', 'string', 'x'.repeat(2_500_000)],
			['after', 'uint32', 7],
		],
	}));
	const before = process.memoryUsage().arrayBuffers;
	const start = process.cpuUsage();
	const header = await readGgufHeader(file, {signal});
	assert.ok(process.cpuUsage(start).user < 400_000);
	assert.ok(process.memoryUsage().arrayBuffers - before < 4_000_000);
	assert.deepEqual(header.metadata.get('tokens'), {kind: 'array', elementType: 'string', length: 248_000});
	assert.deepEqual(header.metadata.get('scores'), {kind: 'array', elementType: 'float32', length: 248_000});
	assert.deepEqual(header.metadata.get('long'), {kind: 'long-string', sizeBytes: 2_500_000});
	assert.equal(header.metadata.get('after'), 7);
	assert.equal(header.tensors[0]?.sizeBytes, 256);
});

const good: ReadonlyArray<readonly [what: string, parts: Parts]> = [
	['without metadata and tensors', {}],
	['of version 2', {...oneTensor, version: 2}],
	['whose alignment is 1', {
		...oneTensor, entries: [['general.alignment', 'uint32', 1]], alignment: 1,
	}],
	['whose alignment is 64', {
		...oneTensor, entries: [['general.alignment', 'uint32', 64]], alignment: 64,
	}],
	['with a tensor of no elements', {tensors: [{...tensor, dimensions: [32, 0]}]}],
	['with a scalar tensor', {tensors: [{...tensor, dimensions: []}], dataBytes: 4}],
	['with bytes after its data', {...oneTensor, dataBytes: 400}],
	['with padding between tensors', {tensors: [{...tensor, dimensions: [1]}, {...tensor, name: 'u', offset: 32}], dataBytes: 288}],
];

for (const [what, parts] of good) {
	test(`a file ${what} is read`, async () => {
		const header = await readBuffer(buildGguf(parts));
		assert.equal(header.tensors.length, parts.tensors?.length ?? 0);
	});
}

const oneTensorBegins = Buffer.concat([Buffer.from('GGUF'), uint32(3), uint64(1), uint64(0)]);

// The spirit of llama.cpp's tests/test-gguf.cpp, and of the holes that were found in other readers.
const bad: ReadonlyArray<readonly [what: string, bytes: Uint8Array, code: string, message: RegExp]> = [
	['is empty', Buffer.alloc(0), 'not_a_model', /empty/v],
	['has three bytes', Buffer.from('GGU'), 'not_a_model', /too short/v],
	['has a wrong magic', buildGguf({...oneTensor, magic: 'FUGG'}), 'not_a_model', /reverse order/v],
	['is a web page', Buffer.from('<!DOCTYPE html><html><body>Log in</body></html>'), 'not_a_model', /web page/v],
	['is a Git LFS pointer', Buffer.from('version https://git-lfs.github.com/spec/v1\n'), 'not_a_model', /Git LFS/v],
	['is a zip', Buffer.from('PK\u{3}\u{4}archive/data.pkl      '), 'not_a_model', /PyTorch/v],
	['is zeros', Buffer.alloc(5000), 'not_a_model', /zeros/v],
	['begins with an escape sequence', Buffer.from('\u{1B}[2J and so on and on'), 'not_a_model', /begins with/v],
	['has only the magic', Buffer.from('GGUF'), 'broken_model', /ends in its first bytes/v],
	['has version 0', buildGguf({version: 0}), 'broken_model', /version is 0/v],
	['has version 1', buildGguf({version: 1}), 'unsupported_model', /version 1/v],
	['has version 4', buildGguf({version: 4}), 'unsupported_model', /version 4/v],
	['is big-endian', buildGguf({version: 3 * (2 ** 24)}), 'unsupported_model', /big-endian/v],
	['announces −1 tensors', buildGguf({tensorCount: -1}), 'broken_model', /announces Infinity tensors/v],
	['announces −1 entries', buildGguf({entryCount: -1}), 'broken_model', /announces Infinity metadata/v],
	['announces a tensor more than it has', buildGguf({...oneTensor, tensorCount: 2}), 'broken_model', /name of tensor 1|ends in/v],
	['announces 2³² tensors', buildGguf({tensorCount: 2 ** 32}), 'broken_model', /announces/v],
	['announces 2³² entries', buildGguf({entryCount: 2 ** 32}), 'broken_model', /announces/v],
	['has a key of length −1', Buffer.concat([Buffer.from('GGUF'), uint32(3), uint64(0), uint64(1), uint64(-1), Buffer.alloc(40)]), 'broken_model', /key of metadata entry 0/v],
	['has an empty key', buildGguf({entries: [['', 'uint32', 1], ['b', 'uint64', 1]]}), 'broken_model', /key of metadata entry 0 has 0 bytes/v],
	['has a key twice', buildGguf({entries: [['a', 'uint32', 1], ['a', 'uint32', 1]]}), 'broken_model', /“a” is there twice/v],
	['has a key that is not UTF-8', Buffer.concat([Buffer.from('GGUF'), uint32(3), uint64(0), uint64(1), uint64(2), Buffer.from([0xC3, 0x28]), uint32(4), uint32(1)]), 'broken_model', /UTF-8/v],
	['has a value of unknown type', buildGguf({entries: [['a', 13, 0]]}), 'broken_model', /unknown type 13/v],
	['has an array of arrays', buildGguf({entries: [['a', 'array', {elementType: 'array', values: [0]}]]}), 'broken_model', /array of arrays/v],
	['has a boolean of 2', buildGguf({entries: [['a', 'bool', 2]]}), 'broken_model', /boolean of value 2/v],
	['has a string longer than itself', Buffer.concat([Buffer.from('GGUF'), uint32(3), uint64(0), uint64(1), text('a'), uint32(8), uint64(2 ** 40), Buffer.alloc(40)]), 'broken_model', /ends in “a”/v],
	['has an array longer than itself', buildGguf({entries: [['a', 'array', {elementType: 'uint32', values: [1], length: 2n ** 62n}]]}), 'broken_model', /ends in “a”/v],
	['has an array of strings longer than itself', buildGguf({entries: [['a', 'array', {elementType: 'string', values: ['b'], length: 1_000_000}]]}), 'broken_model', /ends in “a”/v],
	['has an array of 2⁶⁴−1 strings', buildGguf({entries: [['a', 'array', {elementType: 'string', values: ['b'], length: -1n}]]}), 'broken_model', /announces/v],
	['has alignment 0', buildGguf({entries: [['general.alignment', 'uint32', 0]]}), 'broken_model', /general\.alignment is 0/v],
	['has alignment 13', buildGguf({entries: [['general.alignment', 'uint32', 13]]}), 'broken_model', /general\.alignment is 13/v],
	['has alignment 2³¹', buildGguf({entries: [['general.alignment', 'uint32', 0x80_00_00_00]]}), 'broken_model', /general\.alignment is 2147483648/v],
	['has an alignment of type int32', buildGguf({entries: [['general.alignment', 'int32', 32]]}), 'broken_model', /of type int32/v],
	['has a tensor without a name', buildGguf({tensors: [{...tensor, name: ''}], dataBytes: 256}), 'broken_model', /name of tensor 0 has 0 bytes/v],
	['has a tensor with a long name', buildGguf({tensors: [{...tensor, name: 'n'.repeat(64)}], dataBytes: 256}), 'broken_model', /name of tensor 0 has 64 bytes/v],
	['has a tensor twice', buildGguf({tensors: [tensor, {...tensor, offset: 256}], dataBytes: 512}), 'broken_model', /“t” is there twice/v],
	['has a tensor of 5 dimensions', buildGguf({tensors: [{...tensor, dimensions: [1, 1, 1, 1, 1]}], dataBytes: 256}), 'broken_model', /5 dimensions/v],
	['has a tensor of 2³²−1 dimensions', Buffer.concat([oneTensorBegins, text('t'), uint32(0xFF_FF_FF_FF), Buffer.alloc(40)]), 'broken_model', /4294967295 dimensions/v],
	['has a tensor with a negative dimension', buildGguf({tensors: [{...tensor, dimensions: [-1n]}], dataBytes: 256}), 'broken_model', /too many elements/v],
	['has a tensor whose elements overflow', buildGguf({tensors: [{...tensor, dimensions: [2n ** 32n, 2n ** 32n]}], dataBytes: 256}), 'broken_model', /too many elements/v],
	['has a tensor whose bytes overflow', buildGguf({tensors: [{...tensor, type: 27, dimensions: [2n ** 62n]}], dataBytes: 256}), 'broken_model', /too large/v],
	['has two tensors whose sum overflows', buildGguf({tensors: [hugeTensor, {...hugeTensor, name: 'u'}], dataBytes: 256}), 'broken_model', /too large/v],
	['has a tensor of unknown type', buildGguf({tensors: [{...tensor, type: 43}], dataBytes: 256}), 'broken_model', /unknown type 43/v],
	['has a tensor of a removed type', buildGguf({tensors: [{...tensor, type: 4}], dataBytes: 256}), 'broken_model', /unknown type 4/v],
	['has rows that no blocks fill', buildGguf({tensors: [{...tensor, type: 12, dimensions: [100, 256]}], dataBytes: 256}), 'broken_model', /Q4_K cannot hold/v],
	['has a tensor that begins late', buildGguf({tensors: [{...tensor, offset: 32}], dataBytes: 512}), 'broken_model', /begins at 32 instead of 0/v],
	['has tensors that overlap', buildGguf({tensors: [tensor, {...tensor, name: 'u', offset: 128}], dataBytes: 512}), 'broken_model', /begins at 128 instead of 256/v],
	['has a tensor at an offset beyond all files', buildGguf({tensors: [{...tensor, offset: -1}], dataBytes: 512}), 'broken_model', /begins at Infinity/v],
	['ends in its data', buildGguf({...oneTensor, dataBytes: 255}), 'broken_model', /ends in the data of the tensor “t”/v],
	['ends before its data', buildGguf({...oneTensor, alignment: 1, dataBytes: 0}), 'broken_model', /ends in the data/v],
];

const catchError = async (promise: Promise<unknown>): Promise<RemudaError> => {
	try {
		await promise;
	} catch (error) {
		if (error instanceof RemudaError) {
			return error;
		}

		throw error;
	}

	throw new Error('It was read.');
};

for (const [what, bytes, code, message] of bad) {
	test(`a file that ${what} is refused, and the error says why`, async () => {
		const error = await catchError(readBuffer(bytes));
		assert.equal(error.code, code);
		assert.equal(error.exitCode, 5);
		assert.match(error.message, message);
		assert.notEqual(error.hint, undefined);
		assert.doesNotMatch(error.message, /\p{Control}/v);
	});
}

test('names in errors carry no escape sequence and no marks that hide text', async () => {
	const name = '\u{1B}]0;owned\u{7}\u{202E}key';
	const error = await catchError(readBuffer(buildGguf({entries: [[name, 'uint32', 1], [name, 'uint32', 1]]})));
	assert.match(error.message, /key” is there twice/v);
	assert.doesNotMatch(error.message, /[\p{Bidi_Control}\p{Control}]/v);
});

test('a file cut at any of its bytes is refused', async () => {
	const bytes = buildGguf({
		...oneTensor,
		entries: severalEntries,
	});
	const codes = await Promise.all(Array.from({length: bytes.length}, async (_, length) => {
		const {code} = await catchError(readBuffer(bytes.subarray(0, length)));
		return code;
	}));
	assert.deepEqual(new Set(codes), new Set(['not_a_model', 'broken_model']));
});

test('what is not a readable file is refused at once', async () => {
	const pipe = path.join(folder, 'pipe.gguf');
	execFileSync('mkfifo', [pipe]);
	const files = [path.join(folder, 'none.gguf'), folder, pipe, path.join(folder, 'none.gguf', 'inside')];
	const errors = await Promise.all(files.map(async file => catchError(readGgufHeader(file, {signal}))));
	assert.deepEqual(errors.map(({code}) => code), ['file_not_found', 'not_a_model', 'not_a_model', 'file_not_found']);
});

test('an aborted signal ends the reading', async () => {
	const reason = new Error('enough');
	await assert.rejects(readGgufHeader(starters[0] ?? '', {signal: AbortSignal.abort(reason)}), reason);
	const controller = new AbortController();
	const bytes = await readFile(starters[0] ?? '');
	const reading = readGgufHeaderFrom('test.gguf', {
		size: bytes.length,
		async read(into, position) {
			await Promise.resolve();
			controller.abort(reason);
			into.set(bytes.subarray(position, position + 10));
			return 10;
		},
	}, {signal: controller.signal});
	await assert.rejects(reading, reason);
});

test('a file with random changes is read or refused, and never more', async () => {
	const original = await readFile(starters[3] ?? '');
	const dataOffset = 32_224;
	const small = buildGguf({
		...oneTensor,
		entries: [...severalEntries, ['general.alignment', 'uint32', 32]],
	});
	const share = fc.double({
		min: 0, max: 1, noNaN: true, maxExcluded: true,
	});
	const change = fc.record({at: share, bytes: fc.uint8Array({minLength: 1, maxLength: 8})});
	const mutation = fc.record({isSmall: fc.boolean(), changes: fc.array(change, {minLength: 1, maxLength: 4}), cut: fc.option(share, {nil: 1, freq: 5})});
	await fc.assert(fc.asyncProperty(mutation, async ({isSmall, changes, cut}) => {
		const bytes = new Uint8Array(isSmall ? small : original);
		for (const {at, bytes: changed} of changes) {
			bytes.set(changed, Math.floor(at * ((isSmall ? small.length : dataOffset) - 8)));
		}

		const outcome = await readBuffer(bytes.subarray(0, Math.ceil(cut * bytes.length))).catch((error: unknown) => error);
		assert.ok('metadata' in new Object(outcome) || outcome instanceof RemudaError, String(outcome));
	}), {numRuns: 1500});
});
