import {readFileSync} from 'node:fs';
import process from 'node:process';
import {setTimeout as delay} from 'node:timers/promises';

/**
Whether a process is there, and not one that has ended and only waits for its parent to take notice (where `/proc` tells).
*/
export function isRunning(processId: number): boolean {
	try {
		process.kill(processId, 0);
		return !hasEnded(processId);
	} catch {
		return false;
	}
}

function hasEnded(processId: number): boolean {
	try {
		const text = readFileSync(`/proc/${processId}/stat`, 'utf8');
		return text.charAt(text.lastIndexOf(')') + 2) === 'Z';
	} catch {
		return false;
	}
}

/**
Waits until something is so.
@throws If it is not after 20 s.
*/
export async function until(isSo: () => boolean): Promise<void> {
	const deadline = performance.now() + 20_000;
	while (!isSo()) {
		if (performance.now() > deadline) {
			throw new Error(`Waited in vain for ${isSo.toString()}`);
		}

		// eslint-disable-next-line no-await-in-loop -- Looks again and again.
		await delay(5);
	}
}
