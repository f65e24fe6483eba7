import assert from 'node:assert/strict';
import {test} from 'node:test';
import {loadBetween} from '../../../source/services/hardware/cpu-meter.js';
import {instructionSetsOf} from '../../../source/services/hardware/instruction-sets.js';
import {parseMounts, volumesOf} from '../../../source/services/hardware/mounts.js';
import {parseMemoryModules} from '../../../source/services/hardware/read-memory-modules.js';

test('instruction sets are those that llama.cpp has code for', () => {
	assert.deepEqual(instructionSetsOf('fpu vme sse sse4_2 avx f16c fma avx2 avx512f avx512_vnni'), ['sse4.2', 'avx', 'f16c', 'fma', 'avx2', 'avx512', 'avx512-vnni']);
	assert.deepEqual(instructionSetsOf('fp asimd aes asimddp i8mm'), ['neon', 'dotprod', 'i8mm']);
	assert.deepEqual(instructionSetsOf('FPU SSE4.2 AVX1.0 AVX2'), ['sse4.2', 'avx', 'avx2']);
	assert.deepEqual(instructionSetsOf(''), []);
});

const desktop = parseMounts([
	'sysfs /sys sysfs rw 0 0',
	'/dev/nvme0n1p2 / ext4 rw,relatime 0 0',
	'tmpfs /run tmpfs rw 0 0',
	'/dev/nvme0n1p1 /boot/efi vfat rw 0 0',
	'/dev/loop3 /snap/core/1 squashfs ro 0 0',
	String.raw`/dev/sda1 /mnt/big\040disk xfs rw 0 0`,
	'/dev/nvme0n1p2 /home/me/bind ext4 rw 0 0',
	'server:/models /mnt/nas nfs4 rw 0 0',
	'',
].join('\n'));

test('the volume of the models comes first, then the other disks, each once', () => {
	assert.deepEqual(volumesOf(desktop, '/home/me/.remuda/models').map(({mount}) => mount), ['/', '/mnt/big disk']);
	assert.deepEqual(volumesOf(desktop, '/mnt/big disk/models').map(({mount}) => mount), ['/mnt/big disk', '/']);
	assert.deepEqual(volumesOf(desktop, '/mnt/big disk').map(({mount}) => mount), ['/mnt/big disk', '/']);
	assert.deepEqual(volumesOf(desktop, '/mnt/big disk2').map(({mount}) => mount), ['/', '/mnt/big disk']);
});

test('a network volume is asked only where the models are on it', () => {
	assert.deepEqual(volumesOf(desktop, '/mnt/nas/models').map(({mount, kind}) => [mount, kind]), [['/mnt/nas', 'nfs4'], ['/', 'ext4'], ['/mnt/big disk', 'xfs']]);
});

test('in a container the root is a disk, and single files from the host are none', () => {
	const container = parseMounts('overlay / overlay rw 0 0\n/dev/vda1 /etc/hosts ext4 rw 0 0\n/dev/vda1 /data ext4 rw 0 0');
	assert.deepEqual(volumesOf(container, '/root/models').map(({mount}) => mount), ['/', '/data']);
});

test('of two mounts on one place the last one counts', () => {
	const mounts = parseMounts('/dev/a / ext4 rw 0 0\n/dev/b /data ext4 rw 0 0\n/dev/c /data xfs rw 0 0');
	assert.deepEqual(volumesOf(mounts, '/data').map(({device}) => device), ['/dev/c', '/dev/a']);
});

test('the load is what was busy between two readings', () => {
	const core = (busy: number, total: number) => ({busy, total});
	assert.deepEqual(loadBetween([core(10, 100), core(0, 100)], [core(60, 200), core(100, 200)]), {cpuLoadPercent: 75, coreLoadPercents: [50, 100]});
	assert.deepEqual(loadBetween([core(10, 100)], [core(10, 100)]), {cpuLoadPercent: 0, coreLoadPercents: [0]});
	assert.deepEqual(loadBetween([core(10, 100)], [core(5, 90), core(5, 10)]), {cpuLoadPercent: 0, coreLoadPercents: [0, 0]});
});

const memoryDevice = (fields: Readonly<Record<string, string>>) => ['Handle 0x0010, DMI type 17, 92 bytes', 'Memory Device', ...Object.entries(fields).map(([name, value]) => `\t${name}: ${value}`), ''].join('\n');

// As dmidecode(8) prints boards of ASUS, of Lenovo and of QEMU.
test('memory modules: the slowest decides, channels where the board names them', () => {
	const module = {Size: '16 GB', Type: 'DDR5', Speed: '5600 MT/s'};
	const two = [
		memoryDevice({
			...module, Locator: 'DIMM 0', 'Bank Locator': 'P0 CHANNEL A', 'Configured Memory Speed': '5600 MT/s',
		}),
		memoryDevice({
			...module, Locator: 'DIMM 1', 'Bank Locator': 'P0 CHANNEL B', 'Configured Memory Speed': '4800 MT/s',
		}),
		memoryDevice({
			Size: 'No Module Installed', Type: 'Unknown', Locator: 'DIMM 0', 'Bank Locator': 'P0 CHANNEL A',
		}),
	].join('\n');
	assert.deepEqual(parseMemoryModules(two), {kind: 'DDR5-4800', channels: 2});
	assert.deepEqual(parseMemoryModules(memoryDevice({...module, Locator: 'Motherboard', 'Bank Locator': 'Not Specified'})), {kind: 'DDR5-5600'});
	assert.deepEqual(parseMemoryModules(memoryDevice({
		Type: 'LPDDR5', Speed: '6400 MT/s', Locator: 'Controller0-ChannelA', 'Bank Locator': 'BANK 0',
	})), {kind: 'LPDDR5-6400', channels: 1});
	assert.deepEqual(parseMemoryModules(memoryDevice({
		Size: '16 GB', Type: 'RAM', Speed: 'Unknown', Locator: 'DIMM 0',
	})), {});
	assert.deepEqual(parseMemoryModules('# dmidecode 3.5\n/dev/mem: Permission denied\n'), {});
});
