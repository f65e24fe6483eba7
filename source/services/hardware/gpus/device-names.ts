import {createReadStream} from 'node:fs';
import {readFile} from 'node:fs/promises';
import path from 'node:path';
import {createInterface} from 'node:readline';
import {toLine} from './found-gpu.js';
import {type DrmCard} from './drm-cards.js';

// Of libdrm: exact, because it knows revisions; of AMD only.
const amdList = 'usr/share/libdrm/amdgpu.ids';
// Of the PCI ID project, where distributions put it.
const pciLists = ['usr/share/hwdata/pci.ids', 'usr/share/misc/pci.ids'];
const vendorIds: Readonly<Record<string, string>> = {AMD: '1002', Intel: '8086', NVIDIA: '10de'};

/**
The name of a device by its PCI numbers: as it is sold, where libdrm knows it (`AMD Radeon RX 7900 XTX`), else that of its chip (`Navi 31 [Radeon RX 7900 XT/7900 XTX]`).
*/
export async function nameDevice({vendor, deviceId, revision}: DrmCard, systemRoot: string): Promise<string | undefined> {
	if (deviceId === undefined) {
		return undefined;
	}

	const exact = vendor === 'AMD' ? findAmdName(await readText(path.join(systemRoot, amdList)), deviceId, revision) : undefined;
	return exact ?? findPciName(pciLists.map(list => path.join(systemRoot, list)), vendorIds[vendor] ?? '', deviceId);
}

/**
Reads lines such as `744C,	C8,	AMD Radeon RX 7900 XTX`: device, revision, name.
*/
export function findAmdName(list: string, deviceId: string, revision = ''): string | undefined {
	for (const line of list.split('\n')) {
		const [device = '', itsRevision = '', ...name] = line.split(',').map(field => field.trim());
		if (device.toLowerCase() === deviceId && itsRevision.toLowerCase() === revision.padStart(2, '0')) {
			return toLine(name.join(','));
		}
	}

	return undefined;
}

async function findPciName(files: readonly string[], vendorId: string, deviceId: string): Promise<string | undefined> {
	const [file, ...others] = files;
	if (file === undefined) {
		return undefined;
	}

	try {
		// Vendors are at the margin, their devices behind a tab.
		let isOfVendor = false;
		for await (const line of createInterface({input: createReadStream(file, {encoding: 'utf8'}), crlfDelay: Infinity})) {
			if (/^[\da-f]{4} /v.test(line)) {
				isOfVendor = line.startsWith(vendorId);
			} else if (isOfVendor && line.startsWith(`\t${deviceId} `)) {
				return toLine(line.slice(deviceId.length + 1));
			}
		}

		return undefined;
	} catch {
		return findPciName(others, vendorId, deviceId);
	}
}

async function readText(file: string): Promise<string> {
	try {
		return await readFile(file, 'utf8');
	} catch {
		return '';
	}
}
