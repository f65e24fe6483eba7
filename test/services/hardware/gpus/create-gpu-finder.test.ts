import assert from 'node:assert/strict';
import {
	mkdir,
	mkdtemp,
	readdir,
	readFile,
	rm,
	writeFile,
} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {after, suite, test} from 'node:test';
import * as z from 'zod/mini';
import {createGpuFinder} from '../../../../source/services/hardware/gpus/create-gpu-finder.js';

const fixtures = path.join(import.meta.dirname, '../../../fixtures/machines');
const folder = await mkdtemp(path.join(tmpdir(), 'remuda-gpus-'));
after(async () => {
	await rm(folder, {recursive: true});
});

const texts = z.record(z.string(), z.string());
const machineSchema = z.object({
	programs: z.record(z.string(), z.object({output: z.string(), code: z.optional(z.int()), outputs: z.optional(texts)})),
	files: texts,
	executables: texts,
	expected: z.array(z.record(z.string(), z.unknown())),
	warnings: z.array(z.string()),
});

const write = async (root: string, name: string, content: string, mode?: number): Promise<void> => {
	const file = path.join(root, name);
	await mkdir(path.dirname(file), {recursive: true});
	await writeFile(file, content, {mode});
};

const quote = (text: string) => `'${text.replaceAll('\'', String.raw`'\''`)}'`;

const scriptOf = ({output, code = 0, outputs = {}}: {output: string; code?: number; outputs?: Readonly<Record<string, string>>}) => [
	'#!/bin/sh',
	...Object.entries(outputs).map(([option, text]) => `for given in "$@"; do if [ "$given" = ${quote(option)} ]; then printf %s ${quote(text)}; exit 0; fi; done`),
	`printf %s ${quote(output)}`,
	`exit ${code}`,
	'',
].join('\n');

// A system root and a PATH that have what the machine has, and nothing of this one.
const build = async (name: string) => {
	const machine = machineSchema.parse(JSON.parse(await readFile(path.join(fixtures, name), 'utf8')));
	const root = await mkdtemp(path.join(folder, 'root-'));
	await mkdir(path.join(root, 'bin'));
	await Promise.all([
		...Object.entries(machine.programs).map(async ([program, answer]) => write(root, `bin/${program}`, scriptOf(answer), 0o755)),
		...Object.entries(machine.files).map(async ([file, content]) => write(root, file, content)),
		...Object.entries(machine.executables).map(async ([file, output]) => write(root, file, scriptOf({output}), 0o755)),
	]);
	return {...machine, finder: createGpuFinder({...process.env, PATH: path.join(root, 'bin')}, root)};
};

suite('the GPUs of many machines', {concurrency: 2, skip: process.platform === 'linux' ? false : 'The kernel’s files are Linux’s.'}, async () => {
	const names = await readdir(fixtures);
	for (const name of names.filter(file => file.endsWith('.json'))) {
		test(path.basename(name, '.json'), async () => {
			const {finder, expected, warnings} = await build(name);
			const found = await finder.find();
			assert.deepEqual(found.gpus, expected);
			assert.equal(found.warnings.length, warnings.length, found.warnings.join('\n'));
			for (const [index, pattern] of warnings.entries()) {
				assert.match(found.warnings[index]!, new RegExp(pattern, 'v'));
			}

			assert.deepEqual(await finder.sample(), expected);
		});
	}
});
