import {createRandom} from '../random.js';
import {type RandomModelShape, type RandomTensor} from './shape.js';

type Layout = {
	/**
	Number in the file.
	*/
	readonly id: number;
	readonly blockLength: number;
	readonly blockBytes: number;
};

export const layouts: Readonly<Record<RandomTensor['type'], Layout>> = {
	F32: {id: 0, blockLength: 1, blockBytes: 4},
	F16: {id: 1, blockLength: 1, blockBytes: 2},
	Q8_0: {id: 8, blockLength: 32, blockBytes: 34},
	Q4_K: {id: 12, blockLength: 256, blockBytes: 144},
};

export function sizeOf({dimensions, type}: RandomTensor): number {
	const {blockLength, blockBytes} = layouts[type];
	return dimensions.reduce((product, length) => product * length, 1) / blockLength * blockBytes;
}

// A multiple of every block, so that a piece can begin at any of them.
const poolBlocks = 4096;

/**
Makes the bytes of tensors: random weights whose rows have a length of about one, so that what is computed neither vanishes nor overflows. The bytes of a large tensor repeat; nothing depends on them.
*/
export function createTensorData(seed: number): (tensor: RandomTensor) => Uint8Array {
	const random = createRandom(seed);
	const pools = new Map<string, Uint8Array<ArrayBuffer>>();
	return tensor => {
		const {type, dimensions, value = 1} = tensor;
		if (type === 'F32') {
			const numbers = new Float32Array(sizeOf(tensor) / 4).fill(value);
			return new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
		}

		const deviation = 1 / Math.sqrt(dimensions[0]!);
		const key = `${type} ${dimensions[0]}`;
		const pool = pools.get(key) ?? makePool(type, deviation, random);
		pools.set(key, pool);
		const bytes = new Uint8Array(sizeOf(tensor));
		const start = Math.floor(random() * poolBlocks) * layouts[type].blockBytes;
		for (let written = 0, from = start; written < bytes.length; from = 0) {
			const piece = pool.subarray(from, from + bytes.length - written);
			bytes.set(piece, written);
			written += piece.length;
		}

		return bytes;
	};
}

const halfBytes = 2;

/**
Sets in a block of random bytes what decides how large its numbers are.
*/
const scaleBlock: Readonly<Record<RandomModelShape['type'], (block: DataView, deviation: number, random: () => number) => void>> = {
	// Uniform numbers with that deviation lie within its √3 around 0.
	F16(block, deviation, random) {
		block.setFloat16(0, (random() - 0.5) * 2 * Math.sqrt(3) * deviation, true);
	},
	// A scale, and 32 numbers from −128 to 127, whose deviation is 74.
	Q8_0(block, deviation) {
		block.setFloat16(0, deviation / 74, true);
	},
	// Scale and minimum of all, then those of eight parts in 6 bits each, here 32 everywhere; numbers from 0 to 15 lie about 7.5 with a deviation of 4.6.
	Q4_K(block, deviation) {
		const scale = deviation / 4.6 / 32;
		block.setFloat16(0, scale, true);
		block.setFloat16(halfBytes, scale * 7.5, true);
		for (let index = 4; index < 16; index++) {
			block.setUint8(index, index < 12 ? 0xA0 : 0);
		}
	},
};

function makePool(type: RandomModelShape['type'], deviation: number, random: () => number): Uint8Array<ArrayBuffer> {
	const {blockBytes} = layouts[type];
	const pool = new Uint8Array(poolBlocks * blockBytes);
	for (let index = 0; index < pool.length; index++) {
		pool[index] = Math.floor(random() * 256);
	}

	for (let position = 0; position < pool.length; position += blockBytes) {
		scaleBlock[type](new DataView(pool.buffer, position, blockBytes), deviation, random);
	}

	return pool;
}
