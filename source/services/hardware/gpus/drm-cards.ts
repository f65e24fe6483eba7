import {readdir, readFile} from 'node:fs/promises';
import path from 'node:path';
import {
	known,
	pciAddress,
	toCount,
	toLine,
	vendorOf,
	type FoundGpu,
} from './found-gpu.js';

/**
A GPU as the kernel's graphics driver shows it, with the numbers by which lists of names know it.
*/
export type DrmCard = FoundGpu & {
	/**
	For example `amdgpu`.
	*/
	readonly kernelDriver?: string;
	/**
	Hexadecimal, without `0x`.
	*/
	readonly deviceId?: string;
	readonly revision?: string;
};

const smallestWholeBar = 2 ** 30;

/**
The GPUs of AMD and Intel, and NVIDIA's without their own driver, from `/sys/class/drm`; empty where that is not there.

The files are described in the kernel's documentation: gpu/amdgpu/driver-misc and gpu/amdgpu/thermal, ABI/testing/sysfs-driver-intel-xe; `lmem_total_bytes` is in Intel's own i915.
*/
export async function readDrmCards(systemRoot: string): Promise<readonly DrmCard[]> {
	const directory = path.join(systemRoot, 'sys/class/drm');
	try {
		const names = await readdir(directory);
		const folders = names.filter(name => /^card\d+$/v.test(name)).toSorted((a, b) => a.localeCompare(b, 'en', {numeric: true}));
		const cards = await Promise.all(folders.map(async name => readCard(path.join(directory, name))));
		return cards.filter(card => card !== undefined);
	} catch {
		return [];
	}
}

async function readCard(directory: string): Promise<DrmCard | undefined> {
	const device = path.join(directory, 'device');
	const vendor = vendorOf(await readText(path.join(device, 'vendor')) ?? '');
	if (vendor === undefined) {
		return undefined;
	}

	const [uevent = '', deviceId, revision, productName, memory, temperature, load] = await Promise.all([
		readText(path.join(device, 'uevent')),
		readText(path.join(device, 'device')),
		readText(path.join(device, 'revision')),
		vendor === 'AMD' ? readText(path.join(device, 'product_name')) : undefined,
		vendor === 'AMD' ? readAmdMemory(device) : readIntelMemory(directory),
		readTemperature(device),
		readCount(path.join(device, 'gpu_busy_percent')),
	]);
	const address = pciAddress(/^PCI_SLOT_NAME=(?<address>.+)$/mv.exec(uevent)?.groups!.address);
	return {
		vendor,
		...memory,
		...known({
			address,
			name: toLine(productName),
			deviceId: hexadecimal(deviceId),
			revision: hexadecimal(revision),
			kernelDriver: toLine(/^DRIVER=(?<driver>.+)$/mv.exec(uevent)?.groups!.driver),
			temperatureCelsius: temperature,
			utilizationPercent: load,
		}),
		// Intel's integrated one has always been there.
		...(vendor === 'Intel' && memory.vramTotalBytes === undefined && {unifiedMemory: address === '0000:00:02.0'}),
	};
}

async function readAmdMemory(device: string): Promise<Partial<FoundGpu>> {
	const [total, used, shared, sharedUsed] = await Promise.all(['mem_info_vram_total', 'mem_info_vram_used', 'mem_info_gtt_total', 'mem_info_gtt_used'].map(async name => readCount(path.join(device, name))));
	return known({
		vramTotalBytes: total,
		vramFreeBytes: total === undefined || used === undefined ? undefined : Math.max(0, total - used),
		sharedMemoryBytes: shared,
		sharedMemoryFreeBytes: shared === undefined || sharedUsed === undefined ? undefined : Math.max(0, shared - sharedUsed),
	});
}

async function readIntelMemory(directory: string): Promise<Partial<FoundGpu>> {
	const device = path.join(directory, 'device');
	const [tiles, whole, free, window] = await Promise.all([
		readTiles(device),
		readCount(path.join(directory, 'lmem_total_bytes')),
		readCount(path.join(directory, 'lmem_avail_bytes')),
		readWindow(device),
	]);
	const total = [tiles, whole ?? 0, window].find(bytes => bytes > 0);
	return known({vramTotalBytes: total, vramFreeBytes: whole === total ? free : undefined});
}

async function readTiles(device: string): Promise<number> {
	let sum = 0;
	for (const tile of [0, 1, 2, 3]) {
		// eslint-disable-next-line no-await-in-loop -- Four tiny files.
		sum += await readCount(path.join(device, `tile${tile}/physical_vram_size_bytes`)) ?? 0;
	}

	return sum;
}

/**
The size of the window through which the CPU sees the card's memory (PCI region 2), which is all of that where the firmware resizes it; 0 where it is smaller.
*/
async function readWindow(device: string): Promise<number> {
	const resources = await readText(path.join(device, 'resource')) ?? '';
	const [start, end] = (resources.split('\n', 3)[2] ?? '').split(' ', 2).map(Number);
	const size = start !== undefined && end !== undefined && end > start ? end - start + 1 : 0;
	return size >= smallestWholeBar ? size : 0;
}

async function readTemperature(device: string): Promise<number | undefined> {
	try {
		const sensors = await readdir(path.join(device, 'hwmon'));
		const millidegrees = await readCount(path.join(device, 'hwmon', sensors[0] ?? '', 'temp1_input'));
		return millidegrees === undefined ? undefined : millidegrees / 1000;
	} catch {
		return undefined;
	}
}

async function readCount(file: string): Promise<number | undefined> {
	return toCount(await readText(file));
}

async function readText(file: string): Promise<string | undefined> {
	try {
		const text = await readFile(file, 'utf8');
		return text.slice(0, 10_000).trim();
	} catch {
		return undefined;
	}
}

function hexadecimal(text: string | undefined): string | undefined {
	return /^0x(?<digits>[\da-f]{1,4})$/iv.exec(text ?? '')?.groups!.digits?.toLowerCase();
}
