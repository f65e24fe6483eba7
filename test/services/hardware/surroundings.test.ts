import assert from 'node:assert/strict';
import {
	chmod,
	mkdir,
	mkdtemp,
	rm,
	symlink,
	writeFile,
} from 'node:fs/promises';
import os, {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {after, suite, test} from 'node:test';
import {readCgroupCpu} from '../../../source/services/hardware/cgroup-cpu.js';
import {countUsableCores} from '../../../source/services/hardware/read-cpu.js';
import {readDisks} from '../../../source/services/hardware/read-disks.js';
import {readThermal} from '../../../source/services/hardware/read-thermal.js';
import {readVirtualization} from '../../../source/services/hardware/read-virtualization.js';
import {type Virtualization} from '../../../source/types/hardware.js';
import {systemRootWith} from '../../helpers/system-root.js';

const folder = await mkdtemp(path.join(tmpdir(), 'remuda-surroundings-'));
after(async () => {
	await rm(folder, {recursive: true});
});

type Files = Readonly<Record<string, string>>;

const quotas: ReadonlyArray<readonly [what: string, files: Files, processors: number | undefined]> = [
	['one and a half of version 2', {'proc/self/cgroup': '0::/\n', 'sys/fs/cgroup/cpu.max': '150000 100000\n'}, 1.5],
	['none of version 2', {'proc/self/cgroup': '0::/app\n', 'sys/fs/cgroup/app/cpu.max': 'max 100000\n'}, undefined],
	['the tightest of a group and those around it', {'proc/self/cgroup': '0::/a/b\n', 'sys/fs/cgroup/a/cpu.max': '200000 100000\n', 'sys/fs/cgroup/a/b/cpu.max': '400000 100000\n'}, 2],
	['two of version 1', {'proc/self/cgroup': '4:cpu,cpuacct:/docker/abc\n', 'sys/fs/cgroup/cpu/cpu.cfs_quota_us': '200000\n', 'sys/fs/cgroup/cpu/cpu.cfs_period_us': '100000\n'}, 2],
	['none of version 1', {'proc/self/cgroup': '4:cpu:/\n', 'sys/fs/cgroup/cpu/cpu.cfs_quota_us': '-1\n', 'sys/fs/cgroup/cpu/cpu.cfs_period_us': '100000\n'}, undefined],
	['nonsense', {'proc/self/cgroup': '0::/\n', 'sys/fs/cgroup/cpu.max': '1e9 0\n'}, undefined],
	['nothing', {}, undefined],
];

for (const [what, files, processors] of quotas) {
	test(`quota of processors: ${what}`, async () => {
		const root = await systemRootWith(folder, files);
		assert.equal(await readCgroupCpu(root), processors);
		assert.equal(await countUsableCores(root), Math.min(os.availableParallelism(), Math.ceil(processors ?? Infinity)));
	});
}

const wsl = {'proc/sys/kernel/osrelease': '5.15.167.4-microsoft-standard-WSL2\n', 'proc/cpuinfo': 'flags\t\t: fpu hypervisor sse\n'};

const surroundings: ReadonlyArray<readonly [what: string, files: Files, detected: string | undefined, expected: readonly Virtualization[]]> = [
	['bare metal', {'proc/cpuinfo': 'flags\t\t: fpu sse\n'}, 'none', []],
	['bare metal without systemd', {'proc/cpuinfo': 'flags\t\t: fpu sse\n', 'proc/1/cgroup': '0::/init.scope\n'}, undefined, []],
	['a virtual machine', {}, 'kvm', [{kind: 'machine', name: 'kvm'}]],
	['a virtual machine without systemd', {'proc/cpuinfo': 'processor\t: 0\nflags\t\t: fpu hypervisor sse\n'}, undefined, [{kind: 'machine', name: 'unknown'}]],
	['a container of Docker', {'.dockerenv': ''}, undefined, [{kind: 'container', name: 'docker'}]],
	['a container of Podman in a virtual machine', {'run/.containerenv': 'engine="podman"\n', 'proc/cpuinfo': 'flags\t\t: hypervisor\n'}, undefined, [{kind: 'machine', name: 'unknown'}, {kind: 'container', name: 'podman'}]],
	['a pod of Kubernetes', {'proc/1/cgroup': '4:memory:/kubepods/besteffort/pod1/abc\n'}, undefined, [{kind: 'container', name: 'kubepods'}]],
	['WSL 2', wsl, undefined, [{kind: 'wsl', name: 'WSL 2'}]],
	['Docker in WSL 2', {...wsl, '.dockerenv': ''}, 'microsoft', [{kind: 'wsl', name: 'WSL 2'}, {kind: 'container', name: 'docker'}]],
];

suite('what stands between', () => {
	for (const [what, files, detected, expected] of surroundings) {
		test(what, async () => {
			const root = await systemRootWith(folder, {...files, 'bin/unused': ''});
			if (detected !== undefined) {
				const program = path.join(root, 'bin/systemd-detect-virt');
				await writeFile(program, `#!/bin/sh\nif [ "$1" = --vm ]; then echo ${detected}; [ ${detected} != none ]; else echo none; exit 1; fi\n`);
				await chmod(program, 0o755);
			}

			const found = await readVirtualization({...process.env, PATH: path.join(root, 'bin')}, root);
			assert.deepEqual(found, process.platform === 'linux' ? expected : undefined);
		});
	}
});

const heats: ReadonlyArray<readonly [what: string, files: Files, expected: {readonly cpuCelsius?: number; readonly throttled?: boolean} | undefined]> = [
	['the hottest sensor of the processor, and never throttled', {
		'sys/class/hwmon/hwmon0/name': 'nvme\n',
		'sys/class/hwmon/hwmon0/temp1_input': '99000\n',
		'sys/class/hwmon/hwmon1/name': 'coretemp\n',
		'sys/class/hwmon/hwmon1/temp1_input': '56000\n',
		'sys/class/hwmon/hwmon1/temp2_input': '61250\n',
		'sys/class/hwmon/hwmon1/temp1_max': '100000\n',
		'sys/devices/system/cpu/cpu0/thermal_throttle/package_throttle_count': '0\n',
	}, {cpuCelsius: 61.3, throttled: false}],
	['a zone where there is no sensor', {
		'sys/class/thermal/thermal_zone0/type': 'cpu-thermal\n', 'sys/class/thermal/thermal_zone0/temp': '48312\n', 'sys/class/thermal/thermal_zone1/type': 'gpu-thermal\n', 'sys/class/thermal/thermal_zone1/temp': '70000\n',
	}, {cpuCelsius: 48.3}],
	['throttled, and a sensor that is not connected', {
		'sys/class/hwmon/hwmon0/name': 'k10temp\n', 'sys/class/hwmon/hwmon0/temp1_input': '-273150\n', 'sys/devices/system/cpu/cpu0/thermal_throttle/package_throttle_count': '12\n',
	}, {throttled: true}],
	['a virtual machine', {}, undefined],
];

for (const [what, files, expected] of heats) {
	test(`heat: ${what}`, async () => {
		assert.deepEqual(await readThermal(await systemRootWith(folder, files)), expected);
	});
}

test('a partition has the medium of its disk, and a virtual disk none', async () => {
	const mountsOf = (device: string) => `${device} / ext4 rw 0 0\n`;
	const mediumOf = async (device: string, rotational: string) => {
		const root = await systemRootWith(folder, {'proc/self/mounts': mountsOf(device), 'sys/devices/disk/queue/rotational': `${rotational}\n`, 'sys/devices/disk/partition/size': '1\n'});
		await mkdir(path.join(root, 'sys/class/block'), {recursive: true});
		await symlink('../../devices/disk/partition', path.join(root, 'sys/class/block', path.basename(device)));
		const {disks} = await readDisks({modelsDirectory: folder, systemRoot: root});
		return disks[0]?.medium;
	};

	// The device itself need not be a disk, only be there.
	assert.equal(await mediumOf('/dev/null', '0'), 'solid-state');
	assert.equal(await mediumOf('/dev/zero', '1'), 'spinning');
	assert.equal(await mediumOf('/dev/vda1', '1'), undefined);
	assert.equal(await mediumOf('overlay', '1'), undefined);
});
