import {Buffer} from 'node:buffer';
import {createRandom} from '../random.js';
import {type RandomTensor} from './shape.js';

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
export function createTensorData(seed: number): (tensor: RandomTensor) => Buffer {
	const random = createRandom(seed);
	const pools = new Map<string, Buffer>();
	return tensor => {
		const {type, dimensions, value = 1} = tensor;
		if (type === 'F32') {
			return Buffer.from(new Float32Array(sizeOf(tensor) / 4).fill(value).buffer);
		}

		const deviation = 1 / Math.sqrt(dimensions[0]!);
		const key = `${type} ${dimensions[0]}`;
		const pool = pools.get(key) ?? makePool(type, deviation, random);
		pools.set(key, pool);
		const bytes = Buffer.allocUnsafe(sizeOf(tensor));
		const start = Math.floor(random() * poolBlocks) * layouts[type].blockBytes;
		for (let written = 0, from = start; written < bytes.length; from = 0) {
			written += pool.copy(bytes, written, from);
		}

		return bytes;
	};
}

function makePool(type: 'F16' | 'Q8_0' | 'Q4_K', deviation: number, random: () => number): Buffer {
	const {blockBytes} = layouts[type];
	const pool = Buffer.allocUnsafe(poolBlocks * blockBytes);
	for (let index = 0; index < pool.length; index++) {
		pool[index] = Math.floor(random() * 256);
	}

	for (let position = 0; position < pool.length; position += blockBytes) {
		switch (type) {
			case 'F16': {
				// Uniform numbers with that deviation lie within its √3 around 0.
				pool.writeUInt16LE(halfOf((random() - 0.5) * 2 * Math.sqrt(3) * deviation), position);
				break;
			}

			case 'Q8_0': {
				// A scale, and 32 numbers from −128 to 127, whose deviation is 74.
				pool.writeUInt16LE(halfOf(deviation / 74), position);
				break;
			}

			case 'Q4_K': {
				// Scale and minimum of all, then those of eight parts in 6 bits each, here 32 everywhere; numbers from 0 to 15 lie about 7.5 with a deviation of 4.6.
				const scale = deviation / 4.6 / 32;
				pool.writeUInt16LE(halfOf(scale), position);
				pool.writeUInt16LE(halfOf(scale * 7.5), position + 2);
				pool.fill(0b10_10_00_00, position + 4, position + 12);
				pool.fill(0, position + 12, position + 16);
				break;
			}
		}
	}

	return pool;
}

function halfOf(value: number): number {
	const [half] = new Uint16Array(new Float16Array([value]).buffer);
	return half!;
}
