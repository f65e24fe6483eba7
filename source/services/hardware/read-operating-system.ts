import {readFile} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {sanitizeLine} from '../../format/sanitize.js';
import {type HardwareReport} from '../../types/hardware.js';

/**
The operating system as people call it: `Debian GNU/Linux 12 (bookworm)`.
*/
export async function readOperatingSystem(systemRoot: string): Promise<HardwareReport['operatingSystem']> {
	return {
		platform: process.platform,
		name: sanitizeLine(await nameOf(systemRoot)),
		release: sanitizeLine(os.release()),
		architecture: process.arch,
		hostname: sanitizeLine(os.hostname()),
	};
}

async function nameOf(systemRoot: string): Promise<string> {
	if (process.platform !== 'linux') {
		return process.platform === 'darwin' ? 'macOS' : os.version();
	}

	try {
		const release = await readFile(path.join(systemRoot, 'etc/os-release'), 'utf8');
		return /^PRETTY_NAME=["']?(?<name>[^\n"']+)/mv.exec(release)?.groups!.name ?? 'Linux';
	} catch {
		return 'Linux';
	}
}
