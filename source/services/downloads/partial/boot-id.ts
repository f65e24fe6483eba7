import {readFile} from 'node:fs/promises';
import {uptime} from 'node:os';

let reading: Promise<string> | undefined;

/**
Names the run of the operating system: as long as it is the same, what was written to a file is there even if the disk never confirmed it.
*/
export async function readBootId(): Promise<string> {
	reading ??= read();
	return reading;
}

async function read(): Promise<string> {
	try {
		const text = await readFile('/proc/sys/kernel/random/boot_id', 'utf8');
		return text.trim();
	} catch {
		// Other systems tell when they started, with some seconds of play. A wrong "not the same" only costs fetching a few bytes again.
		return `started-${Math.round(((Date.now() / 1000) - uptime()) / 30)}`;
	}
}
