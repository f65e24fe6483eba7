// A thread that reads memory as fast as it can. From source it runs by Node's own stripping of types, so it imports nothing but Node's modules, and types.
import {Buffer} from 'node:buffer';
import process from 'node:process';
import {parentPort, workerData} from 'node:worker_threads';
import type {ReadingTask} from './reading-task.js';

const {threads, bytes, durationMs, control} = workerData as ReadingTask;
const [arrivedSlot, turnSlot, deadlineSlot] = [0, 1, 2];
const signals = new Int32Array(control);
const memory = new ArrayBuffer(bytes);
const numbers = new Float64Array(memory).fill(1.5);
const halves = [Buffer.from(memory, 0, bytes / 2), Buffer.from(memory, bytes / 2)] as const;
const doublesPerLine = 8;
let sink = 0;

// Two ways, because processors and standard libraries differ in which is faster. The C library compares with vectors; the loop touches each line of 64 bytes once, and lets the memory do the rest.
const ways = [
	() => {
		sink += Buffer.compare(...halves);
	},
	() => {
		let sum = 0;
		for (let index = 0; index < numbers.length; index += doublesPerLine) {
			sum += numbers[index]!;
		}

		sink += sum;
	},
];

// All threads begin a round together, or some would have the memory for themselves.
function meet(): void {
	const turn = Atomics.load(signals, turnSlot);
	if (Atomics.add(signals, arrivedSlot, 1) === threads - 1) {
		Atomics.store(signals, arrivedSlot, 0);
		Atomics.add(signals, turnSlot, 1);
		Atomics.notify(signals, turnSlot);
	} else {
		Atomics.wait(signals, turnSlot, turn);
	}
}

const rounds: Array<readonly [start: number, end: number]> = [];
const deadline = performance.now() + durationMs;
do {
	meet();
	const start = Number(process.hrtime.bigint());
	ways[rounds.length % ways.length]!();
	rounds.push([start, Number(process.hrtime.bigint())]);
	if (performance.now() >= deadline) {
		Atomics.store(signals, deadlineSlot, 1);
	}

	// Between this meeting and the next nobody sets the mark, so all see the same.
	meet();
} while (Atomics.load(signals, deadlineSlot) === 0);

parentPort?.postMessage({rounds, sink});
