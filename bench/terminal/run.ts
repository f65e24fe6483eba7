/**
Measures Remuda's screen in a real pty: `node --import tsx bench/terminal/run.ts [start|keys|bars|memory]… [options] [-- PROGRAM ARGUMENT…]`.
See README.md beside this file.
*/
import process from 'node:process';
import {parseArgs} from 'node:util';
import {type Program, type Size} from './drive.js';
import {
	measureKeys,
	measureMemory,
	measureRate,
	measureStart,
} from './measurements.js';
import {exampleApp, preparePrograms, remuda} from './programs.js';

const {values, positionals, tokens} = parseArgs({
	allowPositionals: true,
	tokens: true,
	options: {
		runs: {type: 'string', default: '15'},
		presses: {type: 'string', default: '60'},
		seconds: {type: 'string', default: '10'},
		before: {type: 'string', multiple: true, default: []},
		example: {type: 'boolean', default: false},
	},
});
const terminator = tokens.find(token => token.kind === 'option-terminator');
const afterTerminator = terminator === undefined ? [] : process.argv.slice(2 + terminator.index + 1);
const kinds = positionals.slice(0, positionals.length - afterTerminator.length);
const sizes: readonly Size[] = [{columns: 80, rows: 24}, {columns: 120, rows: 40}];

function report(label: string, value: string): void {
	console.log(`${label.padEnd(44)} ${value}`);
}

const inMilliseconds = (value: number) => `${value.toFixed(1)} ms`;

const command = afterTerminator.length > 0 ? afterTerminator : (values.example ? exampleApp : remuda);
const programs = await preparePrograms(command);
const {subject, helloWorld, peers} = programs;

const measurements: Readonly<Record<string, () => Promise<void>>> = {
	async start() {
		const {milliseconds, helloWorldMilliseconds, ratio} = await measureStart(subject, helloWorld, {size: sizes[1]!, runs: Number(values.runs)});
		report('start to first frame, 120×40', `${inMilliseconds(milliseconds)}; Ink hello-world ${inMilliseconds(helloWorldMilliseconds)}; ratio ${ratio.toFixed(2)}`);
	},
	async keys() {
		for (const size of sizes) {
			for (const program of [subject, ...peers]) {
				// eslint-disable-next-line no-await-in-loop -- One program at a time.
				const result = await measureKeys(program, {size, presses: Number(values.presses), before: program === subject ? values.before : []});
				report(`cursor move, ${size.columns}×${size.rows}, ${program.name}`, `${result.medianBytes} B (p95 ${result.p95Bytes.toFixed(0)}); to last byte ${inMilliseconds(result.medianMilliseconds)} (p95 ${inMilliseconds(result.p95Milliseconds)})`);
			}
		}
	},
	async bars() {
		// The example app has four bars that need no downloads to move; another program is brought to its own by `--before`.
		const program: Program = values.before.length > 0 ? subject : {...subject, name: 'example app', command: exampleApp};
		for (const size of sizes) {
			// eslint-disable-next-line no-await-in-loop -- One at a time.
			const bytesPerSecond = await measureRate(program, {size, seconds: Number(values.seconds), before: values.before.length > 0 ? values.before : ['b']});
			report(`four bars at 10 Hz, ${size.columns}×${size.rows}, ${program.name}`, `${(bytesPerSecond / 1024).toFixed(2)} KiB/s`);
		}
	},
	async memory() {
		const bytes = await measureMemory(subject, {size: sizes[1]!, seconds: Number(values.seconds)});
		report('resident memory of the idle app', `${(bytes / 1024 / 1024).toFixed(0)} MiB`);
	},
};

try {
	for (const kind of kinds.length > 0 ? kinds : Object.keys(measurements)) {
		const measure = measurements[kind];
		if (!measure) {
			throw new Error(`No such measurement: ${kind}. There are ${Object.keys(measurements).join(', ')}.`);
		}

		await measure(); // eslint-disable-line no-await-in-loop -- One after the other: they must not disturb each other.
	}
} finally {
	await programs.remove();
}
