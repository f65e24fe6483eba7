import assert from 'node:assert/strict';
import {
	mkdir,
	mkdtemp,
	rm,
	writeFile,
} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {after, test} from 'node:test';
import {readCgroupMemory} from '../../../source/services/hardware/cgroup-memory.js';

const folder = await mkdtemp(path.join(tmpdir(), 'remuda-cgroup-'));
after(async () => {
	await rm(folder, {recursive: true});
});

const systemOf = async (files: Readonly<Record<string, string>>): Promise<string> => {
	const root = await mkdtemp(path.join(folder, 'root-'));
	for (const [name, content] of Object.entries(files)) {
		const file = path.join(root, name);
		// eslint-disable-next-line no-await-in-loop -- A handful of tiny files.
		await mkdir(path.dirname(file), {recursive: true});
		// eslint-disable-next-line no-await-in-loop -- See above.
		await writeFile(file, content);
	}

	return root;
};

const cases: ReadonlyArray<readonly [what: string, files: Readonly<Record<string, string>>, limit: {readonly limitBytes: number; readonly availableBytes: number} | undefined]> = [
	['a container of version 2', {
		'proc/self/cgroup': '0::/\n',
		'sys/fs/cgroup/memory.max': '8000000000\n',
		'sys/fs/cgroup/memory.current': '3000000000\n',
		'sys/fs/cgroup/memory.stat': 'anon 1\ninactive_file 500000000\nactive_file 7\n',
	}, {limitBytes: 8e9, availableBytes: 5.5e9}],
	['a service whose slice is tighter than itself', {
		'proc/self/cgroup': '0::/user.slice/app.service\n',
		'sys/fs/cgroup/user.slice/memory.max': '4000000000\n',
		'sys/fs/cgroup/user.slice/memory.current': '1000000000\n',
		'sys/fs/cgroup/user.slice/app.service/memory.max': '6000000000\n',
		'sys/fs/cgroup/user.slice/app.service/memory.current': '500000000\n',
	}, {limitBytes: 4e9, availableBytes: 3e9}],
	['no limit', {
		'proc/self/cgroup': '0::/user.slice\n',
		'sys/fs/cgroup/user.slice/memory.max': 'max\n',
		'sys/fs/cgroup/user.slice/memory.current': '1000000000\n',
	}, undefined],
	['version 1 in a container, with the path of the host', {
		'proc/self/cgroup': '5:cpu,cpuacct:/docker/abc\n4:memory:/docker/abc\n0::/\n',
		'sys/fs/cgroup/memory/memory.limit_in_bytes': '2000000000\n',
		'sys/fs/cgroup/memory/memory.usage_in_bytes': '1500000000\n',
		'sys/fs/cgroup/memory/memory.stat': 'cache 9\ninactive_file 1\ntotal_inactive_file 1000000000\n',
	}, {limitBytes: 2e9, availableBytes: 1.5e9}],
	['version 1 without a limit', {
		'proc/self/cgroup': '4:memory:/\n',
		'sys/fs/cgroup/memory/memory.limit_in_bytes': '9223372036854771712\n',
		'sys/fs/cgroup/memory/memory.usage_in_bytes': '1500000000\n',
	}, undefined],
	['more in use than the limit', {
		'proc/self/cgroup': '0::/\n',
		'sys/fs/cgroup/memory.max': '1000\n',
		'sys/fs/cgroup/memory.current': '5000\n',
	}, {limitBytes: 1000, availableBytes: 0}],
	['no control groups', {}, undefined],
	['nonsense', {'proc/self/cgroup': 'nonsense\n::\n0::../../etc\n1:memory\n', 'sys/fs/cgroup/memory.max': 'nonsense'}, undefined],
];

for (const [what, files, limit] of cases) {
	test(`control groups: ${what}`, async () => {
		assert.deepEqual(await readCgroupMemory(await systemOf(files)), limit);
	});
}
