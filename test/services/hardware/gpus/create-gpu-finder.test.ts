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

const text = z.string();
const texts = z.record(text, text);
const answerSchema = z.object({output: text, code: z.optional(z.int()), outputs: z.optional(texts)});
const gpuSchema = z.record(text, z.unknown());
const machineSchema = z.object({
	programs: z.record(text, answerSchema),
	files: texts,
	executables: texts,
	expected: z.array(gpuSchema),
	warnings: z.array(text),
});

const write = async (root: string, name: string, content: string, mode?: number): Promise<void> => {
	const file = path.join(root, name);
	await mkdir(path.dirname(file), {recursive: true});
	await writeFile(file, content, {mode});
};

const quote = (words: string) => `'${words.replaceAll('\'', String.raw`'\''`)}'`;

const scriptOf = ({output, code = 0, outputs = {}}: {output: string; code?: number; outputs?: Readonly<Record<string, string>>}) => [
	'#!/bin/sh',
	...Object.entries(outputs).map(([option, words]) => `for given in "$@"; do if [ "$given" = ${quote(option)} ]; then printf %s ${quote(words)}; exit 0; fi; done`),
	`printf %s ${quote(output)}`,
	`exit ${code}`,
	'',
].join('\n');

// A system root and a PATH that have what the machine has, and nothing of this one.
const build = async (name: string) => {
	const content = await readFile(path.join(fixtures, name), 'utf8');
	const machine = machineSchema.parse(JSON.parse(content));
	const root = await mkdtemp(path.join(folder, 'root-'));
	await mkdir(path.join(root, 'bin'));
	await Promise.all([
		...Object.entries(machine.programs).map(async ([program, answer]) => write(root, `bin/${program}`, scriptOf(answer), 0o755)),
		...Object.entries(machine.files).map(async ([file, words]) => write(root, file, words)),
		...Object.entries(machine.executables).map(async ([file, output]) => write(root, file, scriptOf({output}), 0o755)),
	]);
	return {...machine, finder: createGpuFinder({...process.env, PATH: path.join(root, 'bin')}, root)};
};

// The kernel's files are Linux's; on a Mac none of this is looked at.
const files = process.platform === 'linux' ? await readdir(fixtures) : [];
const names = files.filter(file => file.endsWith('.json'));

suite('the GPUs of many machines', {concurrency: 2}, () => {
	for (const name of names) {
		test(path.basename(name, '.json'), async () => {
			const {finder, expected, warnings} = await build(name);
			const found = await finder.find();
			assert.deepEqual(found.gpus, expected);
			assert.deepEqual(warnings.map((pattern, index) => new RegExp(pattern, 'v').test(found.warnings[index] ?? '')), found.warnings.map(() => true), found.warnings.join('\n'));
			const sample = await finder.sample();
			assert.deepEqual(sample, expected);
		});
	}
});
