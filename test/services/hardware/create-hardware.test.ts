import assert from 'node:assert/strict';
import {
	mkdir,
	mkdtemp,
	readFile,
	rm,
	writeFile,
} from 'node:fs/promises';
import os, {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {after, test} from 'node:test';
import {setImmediate} from 'node:timers/promises';
import {createHardware as createHardwareWith} from '../../../source/services/hardware/create-hardware.js';
import {probeLimitMs} from '../../../source/services/hardware/with-limit.js';
import {openStorage} from '../../../source/services/storage/open-storage.js';

const folder = await mkdtemp(path.join(tmpdir(), 'remuda-hardware-'));
const storage = openStorage({path: path.join(folder, 'remuda.sqlite')});
after(async () => {
	await storage.close();
	await rm(folder, {recursive: true});
});

const {signal} = new AbortController();
const paths = {models: path.join(folder, 'not', 'yet', 'models')};
const createHardware = (options: Omit<Parameters<typeof createHardwareWith>[0], 'storage'>) => createHardwareWith({storage, ...options});

// A program of that name at the beginning of PATH.
const withProgram = async (name: string, script: string): Promise<NodeJS.ProcessEnv> => {
	const directory = await mkdtemp(path.join(folder, 'bin-'));
	const file = path.join(directory, name);
	await writeFile(file, `#!/bin/sh\n${script}\n`, {mode: 0o755});
	return {...process.env, PATH: `${directory}:${process.env.PATH}`};
};

// A process that nobody has waited for yet has no command line any more.
const untilGone = async (id: number): Promise<void> => {
	const commandLine = await readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '');
	if (commandLine === '') {
		return;
	}

	await setImmediate();
	await untilGone(id);
};

test('this machine is described', async () => {
	const report = await createHardware({paths}).probe({signal});
	assert.ok(report.cpu.logicalCores >= 1);
	assert.ok(report.cpu.physicalCores >= 1);
	assert.notEqual(report.cpu.model, '');
	assert.ok(report.memory.totalBytes > 0);
	assert.ok(report.memory.totalBytes <= os.totalmem());
	assert.ok(report.memory.availableBytes > 0);
	assert.ok(report.memory.availableBytes <= report.memory.totalBytes);
	assert.equal(report.operatingSystem.platform, process.platform);
	assert.notEqual(report.operatingSystem.name, '');
	assert.ok((report.disks[0]?.totalBytes ?? 0) >= (report.disks[0]?.freeBytes ?? Infinity));
	assert.ok((report.cpu.usableCores ?? Infinity) <= report.cpu.logicalCores);
	assert.ok((report.cpu.usableCores ?? 0) >= 1);
	assert.deepEqual(report.warnings, []);
});

test('the meters see a core that works', async () => {
	const {meters} = createHardware({paths});
	const first = await meters({signal});
	assert.equal(first.coreLoadPercents.length, os.cpus().length);
	const end = performance.now() + 300;
	while (performance.now() < end) {
		// Busy.
	}

	const {coreLoadPercents, memory, disks} = await meters({signal});
	assert.ok(Math.max(...coreLoadPercents) > 30);
	assert.ok(memory.availableBytes > 0);
	assert.ok(disks.length > 0);
});

test('a container\'s limit lowers the memory', async () => {
	const root = await mkdtemp(path.join(folder, 'root-'));
	await mkdir(path.join(root, 'proc/self'), {recursive: true});
	await mkdir(path.join(root, 'sys/fs/cgroup'), {recursive: true});
	await mkdir(path.join(root, 'etc'));
	await writeFile(path.join(root, 'proc/self/cgroup'), '0::/\n');
	await writeFile(path.join(root, 'sys/fs/cgroup/memory.max'), '200000000\n');
	await writeFile(path.join(root, 'sys/fs/cgroup/memory.current'), '150000000\n');
	await writeFile(path.join(root, 'sys/fs/cgroup/cpu.max'), '50000 100000\n');
	await writeFile(path.join(root, 'etc/os-release'), 'NAME=x\nPRETTY_NAME="Container \u{1B}[31mOS 1"\n');
	const hardware = createHardware({paths, systemRoot: root});
	const {cpu, memory, operatingSystem, disks} = await hardware.probe({signal});
	assert.equal(cpu.usableCores, 1);
	assert.equal(memory.totalBytes, 200_000_000);
	assert.equal(memory.limitBytes, 200_000_000);
	assert.equal(memory.availableBytes, 50_000_000);
	assert.equal(operatingSystem.name, 'Container OS 1');
	// Without a list of mounts the volume of the models is still found.
	assert.equal(disks[0]?.mount, '/');
	const sample = await hardware.meters({signal});
	assert.equal(sample.memory.availableBytes, 50_000_000);
});

test('NVIDIA GPUs are found, and asked again by the meters at most every 2 s', async () => {
	const log = path.join(folder, 'asked');
	const environment = await withProgram('nvidia-smi', `echo x >> '${log}'; echo 'NVIDIA H200, 143771, 143160, 570.86.15'`);
	const hardware = createHardware({paths, environment});
	const {gpus, warnings} = await hardware.probe({signal});
	assert.deepEqual(gpus.map(({name, vramFreeBytes}) => [name, vramFreeBytes]), [['NVIDIA H200', 143_160 * (1024 ** 2)]]);
	assert.deepEqual(warnings, []);
	await hardware.meters({signal});
	const sample = await hardware.meters({signal});
	assert.deepEqual(sample.gpus, gpus);
	assert.equal(await readFile(log, 'utf8'), 'x\n');
});

test('programs of the system see no token', async () => {
	const seen = path.join(folder, 'environment');
	const environment = await withProgram('nvidia-smi', `env > '${seen}'`);
	const directory = (environment.PATH ?? '').split(':', 1)[0] ?? '';
	const seenByOther = path.join(folder, 'environment-of-lspci');
	await writeFile(path.join(directory, 'lspci'), `#!/bin/sh\nenv > '${seenByOther}'\n`, {mode: 0o755});
	await createHardware({paths, environment: {...environment, HF_TOKEN: 'hf_secret', HTTPS_PROXY: 'http://user:secret@127.0.0.1:9'}}).probe({signal});
	const texts = await Promise.all([seen, seenByOther].map(async file => readFile(file, 'utf8')));
	assert.ok(texts.every(text => text.includes('PATH=')));
	assert.doesNotMatch(texts.join('\n'), /secret/v);
});

test('an nvidia-smi that fails becomes a warning', async () => {
	const environment = await withProgram('nvidia-smi', 'echo "could not talk to the driver" >&2; exit 9');
	const {gpus, warnings} = await createHardware({paths, environment}).probe({signal});
	assert.deepEqual(gpus, []);
	assert.equal(warnings.length, 1);
	assert.match(warnings[0] ?? '', /^nvidia-smi: .*could not talk to the driver/v);
});

test('programs that never answer become warnings, and the probe is done in time', async () => {
	const environment = await withProgram('nvidia-smi', 'exec sleep 60');
	const directory = (environment.PATH ?? '').split(':', 1)[0] ?? '';
	const processId = path.join(folder, 'lspci-process');
	await writeFile(path.join(directory, 'lspci'), `#!/bin/sh\necho $$ > '${processId}'\nexec sleep 60\n`, {mode: 0o755});
	const start = performance.now();
	const {warnings, cpu} = await createHardware({paths, environment}).probe({signal});
	assert.ok(performance.now() - start < probeLimitMs * 3);
	assert.deepEqual(warnings.map(warning => warning.replace(/^(?<what>[^:]+):.*$/v, '$<what>')), ['GPUs', 'nvidia-smi']);
	assert.match(warnings.join(' '), /no answer within 2 s\..*no answer within 2 s\./v);
	assert.ok(cpu.logicalCores >= 1);
	// What the probe started is gone too.
	const grandchild = Number(await readFile(processId, 'utf8'));
	assert.ok(grandchild > 0);
	await untilGone(grandchild);
});

test('who aborts does not wait, and does not spoil it for the next', async () => {
	const hardware = createHardware({paths});
	const reason = new Error('enough');
	await assert.rejects(hardware.probe({signal: AbortSignal.abort(reason)}), reason);
	const controller = new AbortController();
	const probing = hardware.probe({signal: controller.signal});
	controller.abort(reason);
	await assert.rejects(probing, reason);
	const metering = hardware.meters({signal: controller.signal});
	await assert.rejects(metering, reason);
	const report = await hardware.probe({signal});
	assert.deepEqual(report.warnings, []);
});
